import { describe, expect, test } from 'vitest';
import type { NewRunEvent } from '../../../src/core/run-folder/event.js';
import { encodeFloats } from '../../../src/core/run-folder/float-list.js';
import { openForReading } from '../../../src/core/store/database.js';
import { baselineScores, textScores } from '../../../src/core/store/metric-queries.js';
import { rebuildDatabase } from '../../../src/core/store/rebuild-database.js';
import { createRecorder } from '../../../src/core/store/recorder.js';
import { sampleMeasures } from '../../../src/core/store/sample-queries.js';
import { temporaryResults } from '../../support/temporary-results.js';
import { allRows, epoch, exampleRun, logOf, samples, started, writeRun } from './example-runs.js';

const MEASURES = { knownWords: 0.75, copiedTexts: 0, trigramDivergence: 0.25, entropy: 1.5 };

function measured(event: NewRunEvent, measures: typeof MEASURES): NewRunEvent {
  if (event.type !== 'samples') throw new Error('only samples are measured');
  return { ...event, measures };
}

const EVENTS: readonly NewRunEvent[] = [
  started(),
  epoch(0, 50),
  measured(samples('epoch', 0, 1, ['early']), { ...MEASURES, entropy: 2 }),
  {
    type: 'baselines',
    models: [
      { name: 'unigram', val: { nll: 60, top1: 0.5 }, test: { nll: 61, top1: 0.5 } },
      { name: '5-gram', val: { nll: 40, top1: 0.6 }, test: { nll: 41, top1: 0.6 } },
    ],
  },
  {
    type: 'evaluated',
    split: 'test',
    epoch: 0,
    nll: 51,
    top1: 0.5,
    textNll: encodeFloats([50, 52]),
  },
  measured(samples('final', 0, 1, ['warm']), MEASURES),
  measured(samples('final', 0, 0.5, ['cold']), { ...MEASURES, entropy: 0.5 }),
];

describe('baselines, scores of single texts and measures of samples', () => {
  test('are recorded with their events, and the same when they are built again', () => {
    const paths = temporaryResults();
    const run = exampleRun();
    writeRun(paths, run, logOf(EVENTS));
    const recorder = createRecorder(paths);
    recorder.ingest(run.id);
    recorder.close();
    const db = openForReading(paths.database);
    expect(baselineScores(db, run.id)).toEqual([
      { model: '5-gram', split: 'test', seq: 4, nll: 41, top1: 0.6 },
      { model: '5-gram', split: 'val', seq: 4, nll: 40, top1: 0.6 },
      { model: 'unigram', split: 'test', seq: 4, nll: 61, top1: 0.5 },
      { model: 'unigram', split: 'val', seq: 4, nll: 60, top1: 0.5 },
    ]);
    expect(textScores(db, run.id, 'test')).toEqual(Float32Array.from([50, 52]));
    expect(textScores(db, run.id, 'val')).toBeNull();
    expect(sampleMeasures(db, run.id, 'final')).toEqual([
      { stage: 'final', epoch: 0, temperature: 0.5, seq: 7, ...MEASURES, entropy: 0.5 },
      { stage: 'final', epoch: 0, temperature: 1, seq: 6, ...MEASURES },
    ]);
    expect(sampleMeasures(db, run.id, 'epoch')).toHaveLength(1);
    const before = allRows(db);
    db.close();
    rebuildDatabase(paths);
    const rebuilt = openForReading(paths.database);
    expect(allRows(rebuilt)).toEqual(before);
    rebuilt.close();
  });

  test('are gone when an attempt reports them again without them', () => {
    const paths = temporaryResults();
    const run = exampleRun();
    writeRun(paths, run, logOf([...EVENTS, started(2, 0), samples('final', 0, 1, ['old'])]));
    const recorder = createRecorder(paths);
    recorder.ingest(run.id);
    recorder.close();
    const db = openForReading(paths.database);
    expect(baselineScores(db, run.id)).toEqual([]);
    expect(textScores(db, run.id, 'test')).toBeNull();
    expect(sampleMeasures(db, run.id, 'final')).toEqual([]);
    expect(sampleMeasures(db, run.id, 'epoch')).toEqual([]);
    db.close();
  });
});

import { mkdirSync, writeFileSync } from 'node:fs';
import { runId, runKey } from '../../src/core/config/run-key.js';
import { runConfigSchema } from '../../src/core/config/run-schema.js';
import type { NewRunEvent } from '../../src/core/run-folder/event.js';
import { resultsPaths, type ResultsPaths } from '../../src/core/run-folder/paths.js';
import type { RunFile } from '../../src/core/run-folder/run-file.js';
import { openForReading, type SweepDatabase } from '../../src/core/store/database.js';
import { createRecorder } from '../../src/core/store/recorder.js';
import {
  sweepRecordFile,
  type SweepRecord,
  type SweepRunRecord,
} from '../../src/core/store/sweep-record.js';
import { exampleRun, logOf, samples, started, writeRun } from '../core/store/example-runs.js';

/** A sampled text that tries to break out of whatever it stands in. */
export const HOSTILE_TEXT = '````\n</details><script>alert(1)</script> | a | `b` \u202e';

/** Names that mean something in Markdown, HTML and XML. */
export const HOSTILE_NAME = 'big|<script>`x`</script>&*y*';

/** Validation NLL of the run `small` after each epoch; the third epoch is the best. */
export const SMALL_NLL = [120.5, 101.25, 95.75, 96.5, 97, 96];
/** Its validation top-1. */
export const SMALL_TOP1 = [0.71, 0.78, 0.806, 0.8, 0.795, 0.801];

/** Run files of the example study, by name. */
export const RUNS = {
  small: exampleRun(1),
  replica: exampleRun(2),
  big: trainRun({ embedding: 48 }),
  broken: trainRun({ embedding: 12 }),
  planned: trainRun({ embedding: 16 }),
} as const;
export const COOL = samplingRun(RUNS.small, [0.1, 1]);

/**
 * A results folder with two sweeps: `q2` (a completed run, its replicate, a diverged run with a hostile name, a failed
 * and a planned one) and `q4` (a sampling of the first).
 */
export function recordStudy(folder: string): { paths: ResultsPaths; db: SweepDatabase } {
  const paths = resultsPaths(folder);
  writeRun(paths, RUNS.small, logOf(trainedEvents(SMALL_NLL, SMALL_TOP1, 98.125, 0.7875)));
  writeRun(paths, RUNS.replica, logOf(trainedEvents([110, 97.75], [0.75, 0.79], 99.625, 0.7815)));
  writeRun(paths, RUNS.big, logOf(divergedEvents()));
  writeRun(paths, RUNS.broken, logOf([started(), failure()]));
  writeRun(paths, RUNS.planned);
  writeRun(paths, COOL, logOf(sampledEvents()));

  const recorder = createRecorder(paths);
  recorder.ingestAll();
  recordSweep('q2', 'Budgets | <b>bold</b>', [
    record('small', RUNS.small, { 'model.embedding': 8 }),
    record('replica', RUNS.replica, { seed: 2 }),
    record(HOSTILE_NAME, RUNS.big, { 'model.embedding': 48 }),
    record('broken', RUNS.broken, { 'model.embedding': 12 }),
    record('planned', RUNS.planned, { 'model.embedding': 16 }),
  ]);
  recordSweep('q4', null, [record('cool', COOL, {})]);
  recorder.close();
  return { paths, db: openForReading(paths.database) };

  function recordSweep(name: string, title: string | null, runs: SweepRunRecord[]): void {
    const sweep: SweepRecord = {
      name,
      title,
      definitionFile: `experiments/${name}.yaml`,
      definitionText: `name: ${name}\n# \`\`\` </details>\n`,
      objective: name === 'q2' ? { metric: 'val.nll', goal: 'minimize' } : null,
      recordedAt: '2026-01-02T03:00:00.000Z',
      runs,
    };
    mkdirSync(paths.sweep(name), { recursive: true });
    writeFileSync(sweepRecordFile(paths.sweep(name)), JSON.stringify(sweep));
    recorder.recordSweep(sweep);
  }
}

function record(
  name: string,
  runFile: RunFile,
  changes: Readonly<Record<string, unknown>>,
): SweepRunRecord {
  return { name, runId: runFile.id, changes, replicate: null };
}

function trainRun(model: { embedding: number }): RunFile {
  const base = exampleRun(1);
  if (base.config.kind !== 'train') throw new Error('the example run trains');
  const config = { ...base.config, model: { ...base.config.model, ...model } };
  const key = runKey(config, base.dataFingerprint);
  return { ...base, id: runId(key), key, config, parameters: 5_097_821 };
}

function samplingRun(source: RunFile, temperatures: number[]): RunFile {
  const config = runConfigSchema.parse({
    kind: 'sample',
    sourceKey: source.key,
    model: source.config.model,
    sample: { temperatures },
    seed: 1,
  });
  const key = runKey(config, null);
  return { ...source, id: runId(key), key, config, dataFingerprint: null };
}

function trainedEvents(
  nll: readonly number[],
  top1: readonly number[],
  testNll: number,
  testTop1: number,
): NewRunEvent[] {
  const best = nll.indexOf(Math.min(...nll));
  return [
    started(),
    ...nll.flatMap((value, epoch): NewRunEvent[] => [
      epochEvent(epoch, value, top1[epoch] ?? 0, value === Math.min(...nll.slice(0, epoch + 1))),
      samples('epoch', epoch, 1, [`a text of epoch ${epoch}`]),
    ]),
    { type: 'evaluated', split: 'test', epoch: best, nll: testNll, top1: testTop1 },
    samples('final', best, 1, [
      HOSTILE_TEXT,
      '',
      ...Array.from({ length: 10 }, (_, index) => `plain text ${index}`),
    ]),
    { type: 'completed', reason: 'early-stopping', seconds: 125 },
  ];
}

function divergedEvents(): NewRunEvent[] {
  return [
    started(),
    epochEvent(0, 163.1875, 0.6712, true),
    {
      type: 'diverged',
      epoch: 1,
      nll: 'NaN',
      message: 'the training NLL of epoch 1 is NaN | <b>',
      seconds: 9,
    },
  ];
}

function failure(): NewRunEvent {
  return { type: 'failed', message: 'out of memory', stack: null };
}

function sampledEvents(): NewRunEvent[] {
  return [
    started(),
    samples('final', 2, 0.1, ['the the the']),
    samples('final', 2, 1, ['a warm text']),
    { type: 'completed', reason: 'sampled', seconds: 4 },
  ];
}

function epochEvent(epoch: number, nll: number, top1: number, improved: boolean): NewRunEvent {
  return {
    type: 'epoch',
    epoch,
    step: (epoch + 1) * 8,
    train: { nll: nll + 1.5, top1: top1 - 0.01 },
    val: { nll, top1 },
    improved,
    trainSeconds: 4,
    evaluateSeconds: 1,
    textsPerSecond: 64,
    stepSeconds: 0.5,
  };
}

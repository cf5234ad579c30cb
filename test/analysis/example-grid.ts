import { loadSection, type SectionData } from '../../src/analysis/report/section-data.js';
import { runId, runKey } from '../../src/core/config/run-key.js';
import type { NewRunEvent } from '../../src/core/run-folder/event.js';
import { resultsPaths } from '../../src/core/run-folder/paths.js';
import type { RunFile } from '../../src/core/run-folder/run-file.js';
import { openForReading } from '../../src/core/store/database.js';
import { createRecorder } from '../../src/core/store/recorder.js';
import {
  epoch,
  exampleRun,
  exampleSweep,
  logOf,
  started,
  writeRun,
} from '../core/store/example-runs.js';
import { temporaryFolder } from '../support/temporary-folder.js';

/** A run of these fields that completes with this validation NLL; one that is stopped for `isStopped`. */
export interface GridRun {
  readonly embedding?: number;
  readonly learningRate?: number;
  readonly seed?: number;
  readonly nll: number;
  readonly isStopped?: boolean;
}

/** The section of a sweep `grid` of such runs. */
export function gridSection(runs: readonly GridRun[]): SectionData {
  const paths = resultsPaths(temporaryFolder());
  const files = runs.map((run) => {
    const file = runFileOf(run);
    writeRun(paths, file, logOf([started(), epoch(0, run.nll), endOf(run)]));
    return file;
  });
  const recorder = createRecorder(paths);
  recorder.ingestAll();
  recorder.recordSweep(exampleSweep('grid', files));
  recorder.close();
  const db = openForReading(paths.database);
  const section = loadSection(db, 'grid');
  db.close();
  return section;
}

/** A full grid of 3 widths and 2 learning rates: NLL = 100 − 10 · (width step) + 4 for the lower rate. */
export const FULL_GRID: readonly GridRun[] = [8, 16, 24].flatMap((embedding, step) =>
  [1e-3, 1e-4].map((learningRate, low) => ({
    embedding,
    learningRate,
    nll: 100 - 10 * step + 4 * low,
  })),
);

function runFileOf({ embedding, learningRate, seed = 1 }: GridRun): RunFile {
  const base = exampleRun(seed);
  if (base.config.kind !== 'train') throw new Error('the example run trains');
  const { model, train } = base.config;
  const config = {
    ...base.config,
    model: { ...model, embedding: embedding ?? model.embedding },
    train: { ...train, learningRate: learningRate ?? train.learningRate },
  };
  const key = runKey(config, base.dataFingerprint);
  return { ...base, id: runId(key), key, config };
}

function endOf({ isStopped = false }: GridRun): NewRunEvent {
  return isStopped
    ? { type: 'stopped', reason: 'asked' }
    : { type: 'completed', reason: 'max-epochs', seconds: 1 };
}

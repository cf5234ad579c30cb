import { runId, runKey } from '../../src/core/config/run-key.js';
import type { NewRunEvent } from '../../src/core/run-folder/event.js';
import { writeLease } from '../support/write-lease.js';
import type { ResultsPaths } from '../../src/core/run-folder/paths.js';
import type { RunFile } from '../../src/core/run-folder/run-file.js';
import { createRecorder } from '../../src/core/store/recorder.js';
import {
  checkpoint,
  epoch,
  exampleRun,
  exampleSweep,
  logOf,
  progress,
  samples,
  started,
  wholeRun,
  writeRun,
} from '../core/store/example-runs.js';
import { temporaryResults } from '../support/temporary-results.js';

/** A sweep in the middle of its work: one run of each kind of state. */
export interface ExampleStudy {
  readonly paths: ResultsPaths;
  readonly runs: Readonly<Record<StudyRun, RunFile>>;
}

const NAMES = ['done', 'better', 'busy', 'killed', 'broken', 'wild', 'later'] as const;
export type StudyRun = (typeof NAMES)[number];

const LEARNING_RATES = [0.01, 0.001];

/** Records the example study into a results folder of its own; the run `busy` is held by this process. */
export function createExampleStudy(paths: ResultsPaths = temporaryResults()): ExampleStudy {
  const files = NAMES.map((_, index) => studyRun(index));
  const runs = Object.fromEntries(NAMES.map((name, index) => [name, files[index]!])) as Record<
    StudyRun,
    RunFile
  >;
  for (const name of NAMES) writeRun(paths, runs[name], logFor(name));
  holdLease(paths, runs.busy.id);
  const recorder = createRecorder(paths);
  recorder.ingestAll();
  recorder.recordSweep({
    ...exampleSweep('study', files),
    title: 'Seven runs',
    runs: NAMES.map((name, index) => ({
      name,
      runId: runs[name].id,
      changes: { 'train.learningRate': LEARNING_RATES[index % 2], seed: index + 1 },
      replicate: null,
    })),
  });
  recorder.close();
  return { paths, runs };
}

/** Adds events to a run of the study, as its worker and the coordinator do together. */
export function continueRun(
  { paths, runs }: ExampleStudy,
  name: StudyRun,
  events: readonly NewRunEvent[],
): void {
  writeRun(paths, runs[name], (logFor(name) ?? '') + restOfLog(name, events));
  const recorder = createRecorder(paths);
  recorder.ingest(runs[name].id);
  recorder.close();
}

/** Takes the lease of a run for this process. */
export function holdLease(paths: ResultsPaths, id: string): void {
  writeLease(paths.run(id).attempt(1).lease);
}

function studyRun(index: number): RunFile {
  const file = exampleRun(index + 1);
  const { config } = file;
  if (config.kind !== 'train') return file;
  const changed = {
    ...config,
    train: { ...config.train, learningRate: LEARNING_RATES[index % 2]! },
  };
  const key = runKey(changed, file.dataFingerprint);
  return { ...file, config: changed, key, id: runId(key), parameters: 1000 * (index + 1) };
}

function eventsFor(name: StudyRun): NewRunEvent[] {
  switch (name) {
    case 'done':
      return wholeRun();
    case 'better':
      return [
        started(),
        epoch(0, 48),
        checkpoint('best', 0),
        samples('epoch', 0, 1, ['first words']),
        epoch(1, 38.5),
        checkpoint('best', 1),
        samples('epoch', 1, 1, ['second words', 'and others']),
        samples('final', 1, 1, ['last words']),
        { type: 'completed', reason: 'max-epochs', seconds: 20 },
      ];
    case 'busy':
      return [started(), epoch(0, 55), epoch(1, 52), progress(2, 4)];
    case 'killed':
      return [started(), epoch(0, 60)];
    case 'broken':
      return [started(), { type: 'failed', message: 'no memory left', stack: null }];
    case 'wild':
      return [
        started(),
        epoch(0, 70),
        { type: 'diverged', epoch: 1, nll: 'NaN', message: 'the NLL is NaN', seconds: 9 },
      ];
    case 'later':
      return [];
  }
}

function logFor(name: StudyRun): string | undefined {
  const events = eventsFor(name);
  return events.length === 0 ? undefined : logOf(events);
}

/** Lines after those that the run has, numbered on. */
function restOfLog(name: StudyRun, events: readonly NewRunEvent[]): string {
  const before = eventsFor(name);
  return logOf([...before, ...events])
    .split('\n')
    .slice(before.length)
    .join('\n');
}

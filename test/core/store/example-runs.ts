import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { runId, runKey } from '../../../src/core/config/run-key.js';
import { runConfigSchema } from '../../../src/core/config/run-schema.js';
import type { NewRunEvent } from '../../../src/core/run-folder/event.js';
import type { AttemptHeader } from '../../../src/core/run-folder/attempt-header.js';
import {
  checkpointFile,
  type ResultsPaths,
  resultsPaths,
  type RunPaths,
} from '../../../src/core/run-folder/paths.js';
import { RUN_FORMAT, type RunFile } from '../../../src/core/run-folder/run-file.js';
import { openForReading, type SweepDatabase } from '../../../src/core/store/database.js';
import { createRecorder } from '../../../src/core/store/recorder.js';
import type { SweepRecord } from '../../../src/core/store/sweep-record.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

/** A small run that differs from others by its seed. */
export function exampleRun(seed = 1): RunFile {
  const config = runConfigSchema.parse({
    kind: 'train',
    model: { tokens: 20, embedding: 8, neurons: 2, heads: 2, blocks: 1 },
    train: { maxEpochs: 5 },
    sample: {},
    dataset: { source: 'headlines', limit: 256 },
    seed,
  });
  const dataFingerprint = 'd'.repeat(64);
  const key = runKey(config, dataFingerprint);
  return {
    formatVersion: RUN_FORMAT,
    id: runId(key),
    key,
    config,
    dataFingerprint,
    parameters: 1234,
    baseFolder: '/somewhere',
    createdAt: `2026-01-02T03:04:${String(seed % 60).padStart(2, '0')}.000Z`,
  };
}

/** Fields in which a run differs from {@link exampleRun}. */
export interface ExampleFields {
  readonly seed?: number;
  readonly tokens?: number;
  readonly embedding?: number;
  readonly learningRate?: number;
  /** Training texts; null for all. */
  readonly limit?: number | null;
}

/** An {@link exampleRun} with some fields of its own, and the key that they make. */
export function exampleRunWith({
  seed,
  tokens,
  embedding,
  learningRate,
  limit,
}: ExampleFields): RunFile {
  const base = exampleRun(seed);
  if (base.config.kind !== 'train') throw new Error('the example run trains');
  const { model, train } = base.config;
  const config = {
    ...base.config,
    model: {
      ...model,
      tokens: tokens ?? model.tokens,
      embedding: embedding ?? model.embedding,
    },
    train: { ...train, learningRate: learningRate ?? train.learningRate },
    dataset: limit === undefined ? base.config.dataset : { ...base.config.dataset, limit },
  };
  // Other texts have another fingerprint.
  const dataFingerprint =
    limit === undefined ? base.dataFingerprint : String(limit ?? 0).padStart(64, '0');
  const key = runKey(config, dataFingerprint);
  return { ...base, id: runId(key), key, config, dataFingerprint };
}

/** A run as it is recorded. */
export interface RecordedExample {
  readonly file: RunFile;
  readonly events: readonly NewRunEvent[];
}

/** What `look` finds in the database of a sweep of these runs, each with its events. */
export function inRecordedSweep<T>(
  name: string,
  runs: readonly RecordedExample[],
  look: (db: SweepDatabase) => T,
): T {
  return inRecordedSweeps({ [name]: runs }, look);
}

/** {@link inRecordedSweep} of several sweeps by their name. */
export function inRecordedSweeps<T>(
  sweeps: Readonly<Record<string, readonly RecordedExample[]>>,
  look: (db: SweepDatabase) => T,
): T {
  const paths = resultsPaths(temporaryFolder());
  for (const { file, events } of Object.values(sweeps).flat()) writeRun(paths, file, logOf(events));
  const recorder = createRecorder(paths);
  recorder.ingestAll();
  for (const [name, runs] of Object.entries(sweeps)) {
    const files = runs.map(({ file }) => file);
    recorder.recordSweep(exampleSweep(name, files));
  }
  recorder.close();
  const db = openForReading(paths.database);
  try {
    return look(db);
  } finally {
    db.close();
  }
}

export function exampleSweep(name: string, runs: readonly RunFile[]): SweepRecord {
  return {
    name,
    title: `The sweep ${name}`,
    definitionFile: `experiments/${name}.yaml`,
    definitionText: `name: ${name}\n`,
    objective: { metric: 'val.nll', goal: 'minimize' },
    recordedAt: '2026-01-02T03:00:00.000Z',
    runs: runs.map(({ id, config }, index) => ({
      name: `case-${String.fromCharCode(97 + index)}`,
      runId: id,
      changes: { seed: config.seed },
      replicate: null,
    })),
  };
}

/** Writes `run.json` and, unless it is left out, the log of a first attempt. */
export function writeRun(paths: ResultsPaths, runFile: RunFile, log?: string | Uint8Array): void {
  const run = paths.run(runFile.id);
  mkdirSync(run.folder, { recursive: true });
  writeFileSync(run.runFile, JSON.stringify(runFile));
  if (log !== undefined) writeAttempt(run, 1, log);
}

/** Writes the log of an attempt with its first line. @param after what it goes on from */
export function writeAttempt(
  run: RunPaths,
  number: number,
  log: string | Uint8Array,
  { after, seq }: Pick<AttemptHeader, 'after' | 'seq'> = { after: null, seq: 0 },
): void {
  const { folder, events } = run.attempt(number);
  mkdirSync(folder, { recursive: true });
  const time = '2026-01-02T00:00:00.000Z';
  const header: AttemptHeader = { type: 'attempt', attempt: number, after, seq, time };
  writeFileSync(events, `${JSON.stringify(header)}\n`);
  appendFileSync(events, log);
}

/** The log of a run's first attempt. */
export function logFile(paths: ResultsPaths, runId: string): string {
  return paths.run(runId).attempt(1).events;
}

/** Lines of `events.jsonl` after the first one, a second apart. @param before number of the event before them */
export function logOf(events: readonly NewRunEvent[], before = 0): string {
  const lines = events.map((event, index) => {
    const time = new Date(Date.UTC(2026, 0, 2) + index * 1000).toISOString();
    return `${JSON.stringify({ seq: before + index + 1, time, ...event })}\n`;
  });
  return lines.join('');
}

export function started(attempt = 1, fromEpoch = 0): NewRunEvent {
  return {
    type: 'started',
    attempt,
    fromEpoch,
    actual: {
      parameters: 1234,
      dataFingerprint: 'd'.repeat(64),
      texts: { train: 256, val: 64, test: 64 },
      optimizer: 'adamw',
      engine: 'onnx',
      engineVersion: '1.30.0',
      device: 'cpu',
      threads: 2,
      microBatch: 8,
    },
    environment: {
      host: 'machine',
      pid: 4242,
      node: 'v20.20.2',
      sweep: '0.1.0',
      gitCommit: 'abc',
      gitDirty: true,
    },
  };
}

/** Lower is better: the validation NLL of an epoch is given. */
export function epoch(number: number, valNll: number, improved = true): NewRunEvent {
  return {
    type: 'epoch',
    epoch: number,
    step: (number + 1) * 8,
    train: { nll: valNll + 1, top1: 0.25 },
    val: { nll: valNll, top1: 0.5 - valNll / 1000 },
    improved,
    trainSeconds: 4,
    evaluateSeconds: 1,
    textsPerSecond: 64,
    stepSeconds: 0.5,
  };
}

export function progress(number: number, step: number): NewRunEvent {
  return {
    type: 'progress',
    epoch: number,
    split: 'train',
    step,
    steps: 8,
    nll: 60,
    textsPerSecond: 64,
  };
}

export function checkpoint(kind: 'last' | 'best', number: number): NewRunEvent {
  const file = checkpointFile(kind);
  return { type: 'checkpoint', kind, epoch: number, file, bytes: 99, sha256: 'f'.repeat(64) };
}

export function samples(
  stage: 'epoch' | 'final',
  number: number,
  temperature: number,
  texts: string[],
): NewRunEvent {
  return { type: 'samples', stage, epoch: number, temperature, texts, seconds: 1 };
}

/** A run from its start to its end: three epochs of which the second is the best. */
export function wholeRun(): NewRunEvent[] {
  return [
    started(),
    progress(0, 4),
    epoch(0, 50),
    checkpoint('last', 0),
    checkpoint('best', 0),
    samples('epoch', 0, 1, ['early', 'drossel “ü”']),
    epoch(1, 40),
    checkpoint('last', 1),
    checkpoint('best', 1),
    samples('epoch', 1, 1, ['later']),
    progress(2, 7),
    epoch(2, 45, false),
    checkpoint('last', 2),
    { type: 'evaluated', split: 'val', epoch: 1, nll: 40, top1: 0.46 },
    { type: 'evaluated', split: 'test', epoch: 1, nll: 41, top1: 0.45 },
    samples('final', 1, 0.5, ['cold', 'colder']),
    samples('final', 1, 1, ['warm']),
    { type: 'completed', reason: 'early-stopping', seconds: 30 },
  ];
}

const TABLES = [
  'sweeps',
  'sweep_runs',
  'runs',
  'epochs',
  'metrics',
  'evaluations',
  'samples',
  'sample_measures',
  'text_scores',
  'baselines',
  'checkpoints',
];

/** Every row of every table, to compare two databases. */
export function allRows(db: SweepDatabase): Record<string, unknown[]> {
  return Object.fromEntries(
    TABLES.map((table) => [table, db.prepare(`SELECT * FROM ${table} ORDER BY 1, 2, 3`).all()]),
  );
}

import { z } from 'zod';
import { runConfigSchema } from '../config/run-schema.js';
import { booleanColumn, jsonColumn } from './parse-rows.js';

const integer = z.int();
const number = z.number();
const text = z.string();

/** One place where a run appears: the same run may be part of several sweeps. */
export const appearanceSchema = z.object({
  sweep: text,
  /** Place in that sweep's list of runs, from 0. */
  position: integer,
  /** Name of the run in that sweep. */
  name: text,
  /** What differs from the sweep's base: dotted key to value. */
  changes: z.record(z.string(), z.unknown()),
  /** 1 for the first of several runs that differ by seed only; null when the sweep does not replicate. */
  replicate: integer.nullable(),
});

/** Identity and configuration: known before the run starts. */
const plannedColumns = {
  id: text,
  key: text,
  kind: z.enum(['train', 'sample']),
  /** Key of the run whose best checkpoint is sampled. */
  sourceKey: text.nullable(),
  config: jsonColumn(runConfigSchema),
  dataFingerprint: text.nullable(),
  parameters: integer,
  tokens: integer,
  embedding: integer,
  neurons: integer,
  heads: integer,
  blocks: integer,
  dropout: number,
  seed: integer,
  /** The columns from here to `dataSource` are null for a run that only samples. */
  learningRate: number.nullable(),
  weightDecay: number.nullable(),
  batchSize: integer.nullable(),
  maxEpochs: integer.nullable(),
  patience: integer.nullable(),
  dataLimit: integer.nullable(),
  dataSource: text.nullable(),
  createdAt: text,
  /** What people wrote on it. */
  note: text.nullable(),
  tags: jsonColumn(z.array(text)),
};

/** How far the run got and how it ended. */
const courseColumns = {
  /** Time of the first event of the first attempt. */
  startedAt: text.nullable(),
  /** Time of the last attempt's outcome. */
  endedAt: text.nullable(),
  /** How often a worker started on this run. */
  attempts: integer,
  /** How the last attempt ended; null while none has. For the state shown to users see run-state.ts. */
  outcome: z.enum(['completed', 'diverged', 'failed', 'stopped']).nullable(),
  /** Why it completed or was stopped: `early-stopping`, `max-epochs`, `sampled`, or the word of who stopped it. */
  outcomeReason: text.nullable(),
  /** The message of a run that diverged or failed. */
  outcomeMessage: text.nullable(),
  /** Epoch in which the run diverged. */
  outcomeEpoch: integer.nullable(),
  /** Sums over the recorded epochs. */
  trainSeconds: number.nullable(),
  evaluateSeconds: number.nullable(),
  /** Seconds of all attempts together, lost work included. */
  totalSeconds: number.nullable(),
  /** Means over the recorded epochs. */
  textsPerSecond: number.nullable(),
  stepSeconds: number.nullable(),
  lastEventAt: text.nullable(),
  /** The latest attempt that counts; 0 when none does. */
  attempt: integer,
  eventsBytes: integer,
  lastSeq: integer,
};

/** What the worker really used; null before it started. */
const actualColumns = {
  device: text.nullable(),
  engine: text.nullable(),
  engineVersion: text.nullable(),
  threads: integer.nullable(),
  microBatch: integer.nullable(),
  textsTrain: integer.nullable(),
  textsVal: integer.nullable(),
  textsTest: integer.nullable(),
  node: text.nullable(),
  sweepVersion: text.nullable(),
  gitCommit: text.nullable(),
  gitDirty: booleanColumn.nullable(),
  host: text.nullable(),
  pid: integer.nullable(),
};

/** Scores; null until there are any. */
const scoreColumns = {
  /** Number of epochs trained. */
  epochs: integer,
  /** Scores of the last epoch. */
  finalTrainNll: number.nullable(),
  finalTrainTop1: number.nullable(),
  finalValNll: number.nullable(),
  finalValTop1: number.nullable(),
  /** Number of the event that has them. */
  finalSeq: integer.nullable(),
  /** The epoch with the lowest validation NLL (the first of equals), from 0, and its scores. */
  bestEpoch: integer.nullable(),
  bestTrainNll: number.nullable(),
  bestTrainTop1: number.nullable(),
  bestValNll: number.nullable(),
  bestValTop1: number.nullable(),
  /** Number of the event that has them. */
  bestSeq: integer.nullable(),
  /** Scores of the best checkpoint on the test texts. */
  testNll: number.nullable(),
  testTop1: number.nullable(),
  /** Number of the event that has them. */
  testSeq: integer.nullable(),
};

const progressColumns = {
  progressEpoch: integer.nullable(),
  progressSplit: z.enum(['train', 'val', 'test']).nullable(),
  progressStep: integer.nullable(),
  progressSteps: integer.nullable(),
  progressNll: number.nullable(),
  progressRate: number.nullable(),
};

/** One row of `runs` with the places where the run appears. */
export const runRowSchema = z.object({
  ...plannedColumns,
  ...courseColumns,
  ...actualColumns,
  ...scoreColumns,
  ...progressColumns,
  /** Every sweep that has this run. */
  appearances: jsonColumn(z.array(appearanceSchema)),
});

/** Where a run stands; see the event `progress`. */
export interface RunProgress {
  readonly epoch: number;
  /** The split that is worked on: `train` is training, the others are evaluation. */
  readonly split: 'train' | 'val' | 'test';
  readonly step: number;
  readonly steps: number;
  /** Mean NLL so far. */
  readonly nll: number;
  readonly textsPerSecond: number;
}

type Columns = z.infer<typeof runRowSchema>;

/** A run with everything that listing, comparing and analysing needs. */
export interface RunRow extends Omit<Columns, keyof typeof progressColumns> {
  /** Name in the sweep that was asked for, else in the first sweep that has the run, else its id. */
  readonly name: string;
  /** What differs from the base of that sweep. */
  readonly changes: Readonly<Record<string, unknown>>;
  readonly replicate: number | null;
  /** Null between epochs and when nothing has been reported. */
  readonly progress: RunProgress | null;
}

/**
 * A checked row as the rest of the program sees it.
 *
 * @param sweep the sweep whose name and changes are shown, when the run is part of it
 */
export function toRunRow(columns: Columns, sweep?: string): RunRow {
  const { progressEpoch, progressSplit, progressStep, progressSteps, ...others } = columns;
  const { progressNll, progressRate, ...row } = others;
  const appearance = row.appearances.find((one) => one.sweep === sweep) ?? row.appearances[0];
  const hasProgress =
    progressEpoch !== null &&
    progressSplit !== null &&
    progressStep !== null &&
    progressSteps !== null &&
    progressNll !== null &&
    progressRate !== null;
  return {
    ...row,
    name: appearance?.name ?? row.id,
    changes: appearance?.changes ?? {},
    replicate: appearance?.replicate ?? null,
    progress: hasProgress
      ? {
          epoch: progressEpoch,
          split: progressSplit,
          step: progressStep,
          steps: progressSteps,
          nll: progressNll,
          textsPerSecond: progressRate,
        }
      : null,
  };
}

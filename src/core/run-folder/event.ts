import { z } from 'zod';
import { FAILURE_CAUSES } from './failure.js';
import { floatListSchema } from './float-list.js';

/** JSON has no NaN or infinities, and a diverged loss is exactly that: they are written as words. */
const anyNumber = z.union([z.number(), z.enum(['NaN', 'Infinity', '-Infinity'])]);

const scoresSchema = z.strictObject({
  /** Nats per text, mean over the texts. */
  nll: z.number(),
  /** Share of positions where the argmax is right, mean over the texts. */
  top1: z.number(),
});

/** See core/text-metrics; null for what could not be compared, because the texts of the source were not there. */
const sampleMeasuresSchema = z.strictObject({
  /** Share of the sampled words that occur in the training texts. */
  knownWords: z.number().nullable(),
  /** Share of the sampled texts that are a training text. */
  copiedTexts: z.number().nullable(),
  /** Jensen-Shannon divergence of character trigrams from the test texts, in bits. */
  trigramDivergence: z.number().nullable(),
  /** Mean entropy of the next-character distribution at the temperature, in nats. */
  entropy: z.number(),
});

/** What the worker really used; a difference from the plan fails the run. */
export const actualSchema = z.strictObject({
  parameters: z.int(),
  /** SHA-256 of the cleaned texts; null for a run that only samples. */
  dataFingerprint: z.string().nullable(),
  texts: z.strictObject({ train: z.int(), val: z.int(), test: z.int() }).nullable(),
  optimizer: z.string().nullable(),
  engine: z.string(),
  engineVersion: z.string(),
  device: z.string(),
  threads: z.int(),
  microBatch: z.int(),
});

/** Where and with what the worker runs. */
export const environmentSchema = z.strictObject({
  host: z.string(),
  pid: z.int(),
  node: z.string(),
  sweep: z.string(),
  /** Commit of the working directory; null outside a repository. */
  gitCommit: z.string().nullable(),
  gitDirty: z.boolean().nullable(),
});

const stamp = { seq: z.int().positive(), time: z.iso.datetime() };

/**
 * One line of `events.jsonl`.
 *
 * `seq` counts from 1 without gaps over all attempts of a run. Epochs count from 0, as in the reference study. The events
 * of an epoch come together with its checkpoint, so that a killed worker leaves all of them or none; only where a
 * damaged checkpoint makes a run go on from an earlier one are epochs reported again, with the same numbers.
 */
export const eventSchema = z.discriminatedUnion('type', [
  z.strictObject({
    ...stamp,
    type: z.literal('started'),
    /** 1 for the first worker process of this run. */
    attempt: z.int().positive(),
    /** First epoch of this attempt: 0, or the one after the checkpoint it continues from. */
    fromEpoch: z.int().nonnegative(),
    actual: actualSchema,
    environment: environmentSchema,
    /** What a user should know about this start, such as a damaged checkpoint and what was done instead. */
    notices: z.array(z.string()).optional(),
  }),
  /** A sign of life, every few seconds; replaced by the next one. */
  z.strictObject({
    ...stamp,
    type: z.literal('progress'),
    epoch: z.int().nonnegative(),
    /** The split that is worked on: `train` is training, the others are evaluation. */
    split: z.enum(['train', 'val', 'test']),
    /** Batches done, and batches there are. */
    step: z.int().nonnegative(),
    steps: z.int().positive(),
    /** Mean NLL so far. */
    nll: z.number(),
    textsPerSecond: z.number(),
  }),
  z.strictObject({
    ...stamp,
    type: z.literal('epoch'),
    epoch: z.int().nonnegative(),
    /** Optimizer steps since the start of the run. */
    step: z.int().nonnegative(),
    /** Training scores are means over the epoch's batches, with dropout; validation scores are after it, without. */
    train: scoresSchema,
    val: scoresSchema,
    improved: z.boolean(),
    trainSeconds: z.number(),
    evaluateSeconds: z.number(),
    textsPerSecond: z.number(),
    /** Mean duration of one optimizer step. */
    stepSeconds: z.number(),
  }),
  z.strictObject({
    ...stamp,
    type: z.literal('checkpoint'),
    kind: z.enum(['last', 'best']),
    epoch: z.int().nonnegative(),
    file: z.string(),
    bytes: z.int().positive(),
    sha256: z.string(),
  }),
  z.strictObject({
    ...stamp,
    type: z.literal('samples'),
    /** `epoch`: while training, after that epoch; `final`: from the best checkpoint. */
    stage: z.enum(['epoch', 'final']),
    epoch: z.int().nonnegative(),
    temperature: z.number().positive(),
    texts: z.array(z.string()),
    /** How the texts stand to those that the model learned from; the first versions did not write it. */
    measures: sampleMeasuresSchema.optional(),
    seconds: z.number(),
  }),
  /** Final scores of the best checkpoint. */
  z.strictObject({
    ...stamp,
    type: z.literal('evaluated'),
    split: z.enum(['train', 'val', 'test']),
    /** Epoch of the best checkpoint. */
    epoch: z.int().nonnegative(),
    nll: z.number(),
    top1: z.number(),
    /** NLL of each text in the order of the split, see float-list.ts; the first versions did not write it. */
    textNll: floatListSchema.optional(),
  }),
  /** Scores of models of counted characters on the run's own texts, told once with the final scores. */
  z.strictObject({
    ...stamp,
    type: z.literal('baselines'),
    models: z.array(
      z.strictObject({
        /** Such as `unigram`. */
        name: z.string(),
        val: scoresSchema,
        test: scoresSchema,
      }),
    ),
  }),
  z.strictObject({
    ...stamp,
    type: z.literal('completed'),
    reason: z.enum(['early-stopping', 'max-epochs', 'sampled']),
    /** Seconds of this attempt, from the start of the worker. */
    seconds: z.number(),
  }),
  z.strictObject({
    ...stamp,
    type: z.literal('diverged'),
    epoch: z.int().nonnegative(),
    /** The training or validation NLL that was seen. */
    nll: anyNumber,
    message: z.string(),
    seconds: z.number(),
  }),
  z.strictObject({
    ...stamp,
    type: z.literal('failed'),
    message: z.string(),
    /** Present when it was not an error a user can act on. */
    stack: z.string().nullable(),
    /** Whether another try can end better; logs of earlier versions leave it out. */
    cause: z.enum(FAILURE_CAUSES).optional(),
  }),
  /** The worker was asked to end; the run goes on when it is started again. */
  z.strictObject({ ...stamp, type: z.literal('stopped'), reason: z.string() }),
]);

export type RunEvent = z.infer<typeof eventSchema>;
type WithoutStamp<E> = E extends RunEvent ? Omit<E, 'seq' | 'time'> : never;
/** An event before the log gives it its number and time. */
export type NewRunEvent = WithoutStamp<RunEvent>;
export type Actual = z.infer<typeof actualSchema>;
export type Environment = z.infer<typeof environmentSchema>;

/** Writes a loss that may not be finite. */
export function encodeNumber(value: number): number | 'NaN' | 'Infinity' | '-Infinity' {
  if (Number.isNaN(value)) return 'NaN';
  if (value === Infinity) return 'Infinity';
  if (value === -Infinity) return '-Infinity';
  return value;
}

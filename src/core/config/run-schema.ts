import { z } from 'zod';
import { datasetSchema } from './dataset-schema.js';

/** Size of the decoder-transformer. The defaults are the reference study's smallest model. */
export const modelSchema = z
  .strictObject({
    tokens: z
      .int()
      .min(2)
      .max(4096)
      .default(150)
      .describe('Length of a text in tokens, the start token included; longer texts are cut.'),
    embedding: z.int().positive().default(20).describe('Width D of the token embedding.'),
    neurons: z.int().positive().default(10).describe('Hidden width of the MLP as a multiple of D.'),
    heads: z.int().positive().default(5).describe('Attention heads, each of the full width D.'),
    blocks: z.int().positive().default(5).describe('Post-norm transformer blocks.'),
    dropout: z
      .number()
      .min(0)
      .lt(1)
      .default(0.1)
      .describe('Dropout rate on the sum of token and position embedding.'),
  })
  .describe('Size of the decoder-transformer.');

/** How a model is trained. The defaults are the reference study's. */
export const trainSchema = z
  .strictObject({
    optimizer: z.literal('adamw').default('adamw').describe('AdamW with decoupled weight decay.'),
    learningRate: z.number().positive().default(1e-3).describe('Step size of the optimizer.'),
    beta1: z.number().min(0).lt(1).default(0.9).describe('Decay of the first moment.'),
    beta2: z.number().min(0).lt(1).default(0.999).describe('Decay of the second moment.'),
    epsilon: z.number().positive().default(1e-8).describe('Added to the denominator.'),
    weightDecay: z.number().min(0).default(0.01).describe('Decoupled weight decay.'),
    batchSize: z.int().positive().default(32).describe('Texts per optimizer step.'),
    maxEpochs: z.int().positive().default(1000).describe('Stop after this many epochs.'),
    patience: z
      .int()
      .nonnegative()
      .default(10)
      .describe('Stop when the validation NLL has not improved for more than this many epochs.'),
  })
  .describe('How the model is trained.');

/** Which texts are sampled, and when. */
export const sampleSchema = z
  .strictObject({
    count: z.int().nonnegative().default(64).describe('Texts to sample each time.'),
    temperatures: z
      .array(z.number().positive())
      .min(1)
      .default([1])
      .describe('Softmax temperatures; `count` texts are sampled at each.'),
    during: z
      .union([z.enum(['improvements', 'never']), z.array(z.int().nonnegative())])
      .default('improvements')
      .describe(
        'When to sample while training: at each improvement of the validation NLL, never, or ' +
          'after the epochs of a list (counted from 0). The best model is always sampled at the end.',
      ),
  })
  .describe('Which texts are sampled, and when.');

const seed = z.int().nonnegative().default(1).describe('Seed of all randomness of the run.');

/** A run that trains the decoder-transformer: one point of a sweep with every default filled in. */
export const trainRunConfigSchema = z.strictObject({
  kind: z.literal('train'),
  // Without a default: what is not there does not change the run key.
  trainer: z
    .literal('trivial')
    .optional()
    .describe(
      'Leave it out to train the decoder-transformer. `trivial` trains nothing and reports random scores: it is ' +
        'there to measure what everything around training takes.',
    ),
  model: modelSchema,
  train: trainSchema,
  sample: sampleSchema,
  dataset: datasetSchema,
  seed,
});

/** A run that only samples the best checkpoint of another run. */
export const sampleRunConfigSchema = z.strictObject({
  kind: z.literal('sample'),
  /** Key of the run whose best checkpoint is sampled. */
  sourceKey: z.string().regex(/^[0-9a-f]{64}$/),
  /** Model of that run: its shapes are needed to read the checkpoint. */
  model: modelSchema,
  sample: sampleSchema.omit({ during: true }),
  seed,
});

export const runConfigSchema = z.discriminatedUnion('kind', [
  trainRunConfigSchema,
  sampleRunConfigSchema,
]);

export type ModelConfig = z.infer<typeof modelSchema>;
export type SampleConfig = z.infer<typeof sampleSchema>;
export type TrainRunConfig = z.infer<typeof trainRunConfigSchema>;
export type SampleRunConfig = z.infer<typeof sampleRunConfigSchema>;
/** One fully resolved configuration with its seed. */
export type RunConfig = z.infer<typeof runConfigSchema>;

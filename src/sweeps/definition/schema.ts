import { z } from 'zod';
import { DEVICE_NAMES, DEVICE_PATTERN } from '../../core/engine/devices.js';
import { DURATION_RULE, parseDuration } from './duration.js';
import { DEFAULT_RETENTION, retentionSchema } from '../../core/run-folder/retention.js';
import { axesShape, overridesShape } from './overrides-schema.js';

/** Metrics by which runs can be compared: a split and a score of it. */
export const METRICS = [
  'train.nll',
  'train.top1',
  'val.nll',
  'val.top1',
  'test.nll',
  'test.top1',
] as const;
export type Metric = (typeof METRICS)[number];

/** Longest accepted name: it becomes the name of a folder. */
const MAX_NAME_LENGTH = 100;

/** A name that is safe as a folder below the results folder: it cannot be `..` or hold a separator. */
const nameSchema = z
  .string()
  .max(MAX_NAME_LENGTH)
  .regex(/^[A-Za-z0-9_][A-Za-z0-9._-]*$/, {
    error: 'must consist of letters, digits, . _ and -, and start with a letter, a digit or _',
  });

const objectiveSchema = z
  .strictObject({
    metric: z.enum(METRICS).default('val.nll').describe('The metric that is compared.'),
    goal: z
      .enum(['minimize', 'maximize'])
      .optional()
      .describe('Which end is better; by default minimize for nll, maximize for top1.'),
  })
  .describe('What "best" means, at the best checkpoint of each run.');

const budgetSchema = z
  .string()
  .min(1)
  .describe(
    'What the number of parameters must satisfy: "< 100k", "~ 5M" (within 15 %), ">= 50k && < 100k".',
  );

const fromSchema = z
  .strictObject({
    sweep: z
      .string()
      .min(1)
      .optional()
      .describe('Another definition, relative to this file; left out in a run: this sweep.'),
    runs: z.array(z.string().min(1)).min(1).optional().describe('Choose among these runs only.'),
    select: z.literal('best').default('best').describe('Which run is taken.'),
    by: objectiveSchema.optional().describe('Instead of the objective of that sweep.'),
    take: z
      .enum(['configuration', 'checkpoint'])
      .default('configuration')
      .describe(
        'configuration: train anew with its configuration; checkpoint: only sample its best model.',
      ),
  })
  .describe("Stand on another run's result.");

/** One explicit case: its own fields beside `name`, dotted or nested. */
const runEntrySchema = z.strictObject({
  name: nameSchema.describe('Name of the run, unique in this file.'),
  budget: budgetSchema.optional(),
  from: fromSchema.optional(),
  notes: z.string().optional().describe('For readers; changes nothing.'),
  ...overridesShape(),
});

const durationSchema = z
  .string({ error: DURATION_RULE })
  .refine((text) => parseDuration(text) !== null, { error: DURATION_RULE });

/** A definition file, as it is written. */
export const definitionSchema = z
  .strictObject({
    name: nameSchema.describe('Name of the sweep: letters, digits, . _ and -.'),
    title: z.string().optional().describe('Heading of the report.'),
    description: z.string().optional().describe('What the sweep is to find out.'),
    dataset: z
      .strictObject(overridesShape('dataset'))
      .optional()
      .describe('Where the texts come from; the same as base.dataset.'),
    base: z.strictObject(overridesShape()).optional().describe('What all runs share.'),
    objective: objectiveSchema.optional(),
    budget: budgetSchema.optional(),
    from: fromSchema.required({ sweep: true }).optional(),
    runs: z.array(runEntrySchema).min(1).optional().describe('Explicit cases.'),
    grid: z
      .strictObject(axesShape())
      .optional()
      .describe('Every combination of these values, for each of the explicit cases.'),
    zip: z
      .strictObject(axesShape())
      .optional()
      .describe('The first values together, the second values together, and so on.'),
    device: z
      .string()
      .regex(DEVICE_PATTERN, { error: `must be one of ${DEVICE_NAMES.join(', ')}` })
      .optional()
      .describe(
        'Where the runs are trained; --device wins over it. By default auto, the first that works: it changes no run key.',
      ),
    retries: z
      .int()
      .nonnegative()
      .default(2)
      .describe(
        'Further tries of a run that failed of what can pass (killed, hung, device lost, disk full); no part of a run key.',
      ),
    timeout: durationSchema
      .optional()
      .describe(
        'The longest that a run may take in one go, such as 2h; by default as long as it takes.',
      ),
    gracePeriod: durationSchema
      .default('30s')
      .describe('Time that a run which is to end has for its current step before it is killed.'),
    stopAfter: z
      .int()
      .positive()
      .default(3)
      .describe(
        'The sweep stops when its first runs, this many, fail alike, or when all runs (two or more) that share a value fail; --keep-going goes on.',
      ),
    checkpoints: z
      .strictObject({
        keep: retentionSchema
          .default(DEFAULT_RETENTION)
          .describe(
            'best: the best model of each run, once it has ended; last: the last one too; a number: the models of ' +
              'so many latest improvements, the best among them, and the last; improvements: of all of them.',
          ),
      })
      .optional()
      .describe('Which models of a run stay on disk; it changes no run key.'),
    replicates: z
      .int()
      .positive()
      .default(1)
      .describe('Repeat each run with this many seeds: seed, seed + 1, ...'),
    where: z
      .string()
      .min(1)
      .optional()
      .describe('Keep only the runs for which this holds, such as: model.embedding <= 64'),
  })
  .describe('Definition of a sweep.');

/** The definition file as a JSON Schema (draft 2020-12), for editors and for the messages about a wrong value. */
export function definitionJsonSchema(): z.core.JSONSchema.BaseSchema {
  return z.toJSONSchema(definitionSchema, { io: 'input' });
}

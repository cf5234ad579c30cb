import { z } from 'zod';
import { datasetSchema } from '../../core/config/dataset-schema.js';
import {
  modelSchema,
  sampleSchema,
  trainSchema,
  trainRunConfigSchema,
} from '../../core/config/run-schema.js';

/** One value of a run's configuration that a definition can set. */
export interface Field {
  /** Dotted name, such as `train.learningRate`. */
  readonly key: string;
  /** What the value must be; without its default. */
  readonly schema: z.ZodType;
  readonly description: string | undefined;
  /** The documented default; undefined where there is none. */
  readonly default: unknown;
}

/** The fields of a run that only samples another run's checkpoint. */
export const SAMPLING_KEYS: readonly string[] = ['sample.count', 'sample.temperatures', 'seed'];

/** Every field of a training run by its dotted name, in the order in which they are documented. */
export const FIELDS: ReadonlyMap<string, Field> = new Map(
  [
    ...fieldsOf('model', modelSchema),
    ...fieldsOf('train', trainSchema),
    ...fieldsOf('sample', sampleSchema),
    ...datasetFields(),
    ...fieldsOf('seed', trainRunConfigSchema.shape.seed),
    ...fieldsOf('trainer', trainRunConfigSchema.shape.trainer),
  ].map((field) => [field.key, field]),
);

/** Names of the groups of fields, such as `model` and `dataset.clean`, with their descriptions. */
export const GROUPS: ReadonlyMap<string, string | undefined> = collectGroups();

/** Fields of all data sources together; a resolved configuration allows those of its own source only. */
function datasetFields(): readonly Field[] {
  const sources = datasetSchema.options.map((option) => option.shape.source.value);
  const merged = new Map<string, Field>();
  for (const option of datasetSchema.options)
    for (const field of fieldsOf('dataset', option))
      if (!merged.has(field.key)) merged.set(field.key, field);
  merged.set('dataset.source', {
    key: 'dataset.source',
    schema: z.enum(sources),
    description: 'Where the texts come from.',
    default: 'headlines',
  });
  return [...merged.values()];
}

function fieldsOf(key: string, schema: z.ZodType): readonly Field[] {
  const { inner, description, fallback } = unwrap(schema);
  if (!(inner instanceof z.ZodObject))
    return [{ key, schema: inner, description, default: fallback }];
  return Object.entries(inner.shape).flatMap(([name, child]) =>
    fieldsOf(`${key}.${name}`, zodType(child)),
  );
}

function unwrap(schema: z.ZodType): {
  inner: z.ZodType;
  description: string | undefined;
  fallback: unknown;
} {
  let inner = schema;
  let description = schema.description;
  let fallback: unknown;
  while (
    inner instanceof z.ZodDefault ||
    inner instanceof z.ZodPrefault ||
    inner instanceof z.ZodOptional
  ) {
    if (inner instanceof z.ZodDefault) fallback = inner.def.defaultValue;
    inner = zodType(inner.unwrap());
    description ??= inner.description;
  }
  return { inner, description, fallback };
}

function zodType(schema: unknown): z.ZodType {
  if (schema instanceof z.ZodType) return schema;
  throw new TypeError('not a zod schema');
}

function collectGroups(): Map<string, string | undefined> {
  const descriptions = new Map([
    ['model', modelSchema.description],
    ['train', trainSchema.description],
    ['sample', sampleSchema.description],
    ['dataset', 'Where the texts come from and how they are cleaned.'],
  ]);
  const groups = new Map<string, string | undefined>();
  for (const key of FIELDS.keys()) {
    const segments = key.split('.');
    for (let length = 1; length < segments.length; length++) {
      const name = segments.slice(0, length).join('.');
      groups.set(name, descriptions.get(name));
    }
  }
  return groups;
}

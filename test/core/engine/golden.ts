import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { ModelConfig } from '../../../src/core/config/run-schema.js';
import { parameterLayout } from '../../../src/core/model/layout.js';
import { parameterCount } from '../../../src/core/model/parameter-count.js';

// One array of numbers, nested to any depth.
const nested: z.ZodType<Nested> = z.lazy(() => z.union([z.number(), z.array(nested)]));
type Nested = number | Nested[];

const schema = z.object({
  config: z.object({
    tokens: z.number(),
    embedding: z.number(),
    neurons: z.number(),
    heads: z.number(),
    blocks: z.number(),
  }),
  tokens: nested,
  parameters: z.record(z.string(), nested),
  logProbs: nested,
  logProbsAtTemperature: z.object({ '0.1': nested, '0.5': nested }),
  loss: z.number(),
  top1: nested,
  gradients: z.record(z.string(), nested),
  adamwLosses: z.array(z.number()),
  parametersAfter20Steps: z.record(z.string(), nested),
});

const path = new URL('../../fixtures/golden/arm-small.json', import.meta.url);
const raw = schema.parse(JSON.parse(readFileSync(path, 'utf8')));

const model: ModelConfig = { ...raw.config, dropout: 0 };

/** What PyTorch computed for a small model and three texts (`arm_torch.py golden`). */
export const golden = {
  model,
  batch: { tokens: Int32Array.from(flat(raw.tokens)), texts: 3 },
  parameters: flatVector(raw.parameters),
  gradients: flatVector(raw.gradients),
  parametersAfter20Steps: flatVector(raw.parametersAfter20Steps),
  logProbabilities: {
    1: flat(raw.logProbs),
    0.5: flat(raw.logProbsAtTemperature['0.5']),
    0.1: flat(raw.logProbsAtTemperature['0.1']),
  },
  loss: raw.loss,
  top1: flat(raw.top1),
  adamwLosses: raw.adamwLosses,
};

function flat(value: Nested): readonly number[] {
  return typeof value === 'number' ? [value] : value.flatMap(flat);
}

function flatVector(named: Readonly<Record<string, Nested>>): Float32Array {
  const vector = new Float32Array(parameterCount(model));
  for (const { name, offset } of parameterLayout(model)) vector.set(flat(named[name]!), offset);
  return vector;
}

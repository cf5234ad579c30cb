import { expect, test } from 'vitest';
import { modelSchema } from '../../../src/core/config/run-schema.js';
import { encodePrompt } from '../../../src/core/data/prompt.js';
import { initialiseParameters } from '../../../src/core/model/initialise.js';
import {
  type CheckpointSampling,
  sampleCheckpoint,
} from '../../../src/core/trainer/decoder/sample-checkpoint.js';

const model = modelSchema.parse({ tokens: 14, embedding: 4, neurons: 2, heads: 1, blocks: 1 });

async function textsOf(changes: Partial<CheckpointSampling>): Promise<string[]> {
  const texts: string[] = [];
  const sampling = {
    model,
    parameters: initialiseParameters(model, 1),
    count: 3,
    temperature: 1,
    prompt: new Int32Array(),
    seed: 1,
    threads: 1,
    device: 'auto',
  };
  for await (const text of sampleCheckpoint({ ...sampling, ...changes })) texts.push(text);
  return texts;
}

test('asking for more texts does not change the first ones', async () => {
  const few = await textsOf({ count: 3 });
  const many = await textsOf({ count: 19 });
  expect(many).toHaveLength(19);
  expect(many.slice(0, 3)).toEqual(few);
  expect(new Set(many).size).toBeGreaterThan(15);
});

test('every text begins with the prompt, and another seed gives others', async () => {
  const prompt = encodePrompt('anna ', model.tokens);
  const texts = await textsOf({ count: 10, prompt });
  for (const text of texts) expect(text).toMatch(/^anna /);
  expect(await textsOf({ count: 10, prompt, seed: 2 })).not.toEqual(texts);
});

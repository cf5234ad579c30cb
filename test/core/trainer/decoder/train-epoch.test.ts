import { expect, it } from 'vitest';
import { trainRunConfigSchema } from '../../../../src/core/config/run-schema.js';
import { encodeSplit } from '../../../../src/core/data/batches.js';
import type { EngineState } from '../../../../src/core/engine/engine.js';
import { createOnnxEngine } from '../../../../src/core/engine/onnx/onnx-engine.js';
import { initialiseParameters } from '../../../../src/core/model/initialise.js';
import { trainEpoch } from '../../../../src/core/trainer/decoder/train-epoch.js';

const config = trainRunConfigSchema.parse({
  kind: 'train',
  model: { tokens: 8, embedding: 4, neurons: 2, heads: 1, blocks: 1 },
  train: { batchSize: 4 },
  sample: {},
  dataset: { source: 'headlines' },
});
const texts = Array.from({ length: 27 }, (_, index) => 'some headlines'.slice(index % 9));
const split = encodeSplit(texts, config.model.tokens);

it('an epoch is the same when the engine takes several steps in one call', async () => {
  const [single, blocks] = [await epochWith(1), await epochWith(3)];
  expect(single.result).toMatchObject({ type: 'trained', steps: 7 });
  expect(blocks).toEqual(single);
});

/** One epoch with an engine, without the time it took. */
async function epochWith(
  stepsPerCall: number,
): Promise<{ readonly result: object; readonly state: EngineState }> {
  const { model, train, seed } = config;
  const engine = await createOnnxEngine({
    ...{ model, optimizer: train, batchSize: train.batchSize, threads: 1, stepsPerCall },
    parameters: initialiseParameters(model, seed),
  });
  const ignore = (): void => undefined;
  const context = { signal: new AbortController().signal, report: ignore, begins: ignore };
  const result = await trainEpoch(engine, split, 0, config, context);
  const state = await engine.snapshot();
  await engine.dispose();
  return { result: { ...result, seconds: 0 }, state };
}

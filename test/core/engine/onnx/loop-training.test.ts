import { InferenceSession } from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import type { EngineState, StepInput } from '../../../../src/core/engine/engine.js';
import { LoopTraining } from '../../../../src/core/engine/onnx/loop-training.js';
import { createOnnxEngine } from '../../../../src/core/engine/onnx/onnx-engine.js';
import { createSession } from '../../../../src/core/engine/onnx/session.js';
import { initialiseParameters } from '../../../../src/core/model/initialise.js';
import { Generator } from '../../../../src/core/random/generator.js';
import { expectClose } from '../closeness.js';

const model = { tokens: 8, embedding: 4, neurons: 2, heads: 2, blocks: 2, dropout: 0.1 };
const adamw = {
  learningRate: 1e-3,
  beta1: 0.9,
  beta2: 0.999,
  epsilon: 1e-8,
  weightDecay: 0.01,
};
const parameters = initialiseParameters(model, 4);

describe('several steps in one call', () => {
  it('give the same bits as one step per call, also when the last batch is smaller', async () => {
    const inputs = [7, 7, 8, 3, 7].map(someInput);
    const shared = { model, optimizer: adamw, batchSize: 8, parameters, threads: 1, microBatch: 2 };
    const single = await createOnnxEngine(shared);
    const blocks = await createOnnxEngine({ ...shared, stepsPerCall: 5 });
    expect([single.block, blocks.block?.size]).toEqual([undefined, 5]);

    const expected = [];
    for (const { batch, ...options } of inputs) expected.push(await single.step(batch, options));
    expect(await blocks.block?.steps(inputs)).toEqual(expected);
    expect(await blocks.snapshot()).toEqual(await single.snapshot());
    await Promise.all([single.dispose(), blocks.dispose()]);
  });
});

describe('a loop that runs out of memory', () => {
  it('goes on with half the texts at once: the steps are the same', async () => {
    const [small, large] = [await trainedWith(2), await trainedWith(8)];
    expect([small.microBatch, large.microBatch]).toEqual([2, 8]);
    expectClose(small.firstMoments, large.firstMoments, { relative: 1e-5, absolute: 1e-6 });
  });
});

/** Two steps in one call, with sessions that fail when more than `fitting` texts are computed at once. */
async function trainedWith(
  fitting: number,
): Promise<{ readonly microBatch: number; readonly firstMoments: Float32Array }> {
  const createLimited = async (bytes: Uint8Array, threads: number): Promise<InferenceSession> => {
    const session = await createSession(bytes, threads);
    const run = session.run.bind(session);
    session.run = (feeds: InferenceSession.FeedsType) =>
      (feeds['textWeights']?.dims.at(-1) ?? 0) > fitting
        ? Promise.reject(new Error('CUDA failure 2: out of memory'))
        : run(feeds);
    return session;
  };
  const gradientOnly = { ...adamw, beta1: 0, learningRate: 0 };
  const training = new LoopTraining(
    { model, optimizer: gradientOnly, microBatch: 8, threads: 1 },
    createLimited,
  );
  const zeros = new Float32Array(parameters.length);
  const before: EngineState = { parameters, firstMoments: zeros, secondMoments: zeros, step: 0 };
  const { state } = await training.steps(before, [8, 8].map(someInput));
  await training.release();
  return { microBatch: training.microBatch, firstMoments: state.firstMoments };
}

function someInput(texts: number, seed: number): StepInput {
  const generator = Generator.fromSeed(seed, 'texts');
  const tokens = Int32Array.from({ length: texts * model.tokens }, () => generator.integer(0, 28));
  const dropoutMask = Float32Array.from({ length: tokens.length * model.embedding }, () =>
    generator.uniform() < 0.1 ? 0 : 1 / 0.9,
  );
  return { batch: { tokens, texts }, dropoutMask };
}

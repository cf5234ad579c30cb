import { InferenceSession } from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import type { Scores } from '../../../../src/core/engine/engine.js';
import { FlatEngine } from '../../../../src/core/engine/onnx/flat-engine.js';
import { MicroBatch } from '../../../../src/core/engine/onnx/out-of-memory.js';
import { WEBGPU_DIALECT } from '../../../../src/core/engine/onnx/providers/webgpu.js';
import { createSession } from '../../../../src/core/engine/onnx/session.js';
import { initialiseParameters } from '../../../../src/core/model/initialise.js';
import { expectClose } from '../closeness.js';

const model = { tokens: 6, embedding: 4, neurons: 2, heads: 1, blocks: 1, dropout: 0 };
const adamw = {
  learningRate: 1e-3,
  beta1: 0, // the first moment after a step is the gradient itself
  beta2: 0.999,
  epsilon: 1e-8,
  weightDecay: 0.01,
};

describe('a device that runs out of memory', () => {
  it('gets half the texts at once, and then half of those: the step is the same', async () => {
    const [small, large] = [await trainedWith(2), await trainedWith(8)];
    expect([small.microBatch, large.microBatch]).toEqual([2, 8]);
    expectClose(small.gradient, large.gradient, { relative: 1e-5, absolute: 1e-6 });
  });

  it('scores half the texts at once, too', async () => {
    const [small, large] = [await trainedWith(2), await trainedWith(8)];
    expect(small.scores.nll).toHaveLength(8);
    expectClose(small.scores.nll, large.scores.nll, { relative: 1e-5, absolute: 1e-6 });
    expect(small.scores.top1).toEqual(large.scores.top1);
  });

  it('is left alone after any other error', async () => {
    const microBatch = new MicroBatch(8);
    const broken = microBatch.attempt(() => Promise.reject(new Error('no such input')));
    await expect(broken).rejects.toThrow('no such input');
    expect(microBatch.size).toBe(8);
  });

  it('is said to be too small when not even one text fits', async () => {
    const cause = new Error('Failed to allocate memory for requested buffer of size 4096');
    const attempt = new MicroBatch(4).attempt(() => Promise.reject(cause));
    await expect(attempt).rejects.toMatchObject({
      code: 'unavailable',
      message:
        'the device ran out of memory with the gradient of a single text\n' +
        '    Train a smaller model, or on a device with more memory.',
      cause,
    });
  });
});

/** One step of 8 texts, which are scored before, with sessions that fail when more than `fitting` texts are computed at once. */
async function trainedWith(fitting: number): Promise<{
  readonly microBatch: number;
  readonly gradient: Float32Array;
  readonly scores: Scores;
}> {
  const createLimited = async (bytes: Uint8Array): Promise<InferenceSession> => {
    const session = await createSession(bytes, 1);
    const run = session.run.bind(session);
    session.run = (feeds: InferenceSession.FeedsType) => {
      const texts = feeds['tokens']?.dims[0] ?? 0;
      return texts > fitting
        ? Promise.reject(new Error('Failed to allocate memory for requested buffer of size 99'))
        : run(feeds);
    };
    return session;
  };
  const engine = await FlatEngine.create(
    {
      model,
      optimizer: adamw,
      batchSize: 8,
      parameters: initialiseParameters(model, 4),
      microBatch: 8,
    },
    { device: 'cpu', dialect: WEBGPU_DIALECT, threads: 1, createSession: createLimited },
  );
  const tokens = Int32Array.from({ length: 8 * model.tokens }, (_, index) => index % 27);
  const scores = await engine.evaluate({ tokens, texts: 8 });
  await engine.step({ tokens, texts: 8 });
  const { firstMoments: gradient } = await engine.snapshot();
  const { microBatch } = engine.identity;
  await engine.dispose();
  return { microBatch, gradient, scores };
}

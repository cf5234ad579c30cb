import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it, vi } from 'vitest';
import type { ModelConfig } from '../../../../src/core/config/run-schema.js';
import type { AdamwOptions, Engine } from '../../../../src/core/engine/engine.js';
import { createOnnxEngine } from '../../../../src/core/engine/onnx/onnx-engine.js';
import { createTfjsEngine } from '../../../../src/core/engine/tfjs/tfjs-engine.js';
import { initialiseParameters } from '../../../../src/core/model/initialise.js';
import { dropoutMask } from '../../../../src/core/random/dropout-mask.js';
import { Generator } from '../../../../src/core/random/generator.js';
import { testEngine } from '../../../contracts/engine.js';
import { expectClose } from '../closeness.js';

testEngine('the tfjs engine', (options) => createTfjsEngine({ ...options, backend: 'javascript' }));

const model: ModelConfig = {
  tokens: 12,
  embedding: 6,
  neurons: 3,
  heads: 2,
  blocks: 2,
  dropout: 0.1,
};
const TEXTS = 5;
const optimizer: AdamwOptions = {
  learningRate: 1e-2,
  beta1: 0.9,
  beta2: 0.999,
  epsilon: 1e-8,
  weightDecay: 0.01,
};
const options = { model, optimizer, batchSize: TEXTS, parameters: initialiseParameters(model, 7) };

describe('tfjs and onnx', () => {
  it('agree on losses, scores and sampled texts over several steps', async () => {
    const onnx = await createOnnxEngine({ ...options, threads: 1 });
    const tfjs = await createTfjsEngine({ ...options, backend: 'javascript' });
    for (let step = 0; step < 8; step++) {
      const expected = await onnx.step(...stepInputs(step));
      const actual = await tfjs.step(...stepInputs(step));
      expectClose(actual.nll, expected.nll, { relative: 1e-4, absolute: 0 });
      expectClose(actual.top1, expected.top1);
    }
    const generator = Generator.fromSeed(1, 'sampling').state();
    for (const temperature of [1, 0.5]) {
      const request = { count: 70, temperature, generator };
      expect(await tfjs.sample(request)).toEqual(await onnx.sample(request));
    }
    await Promise.all([onnx.dispose(), tfjs.dispose()]);
  });
});

describe('micro-batches of the tfjs engine', () => {
  it.each([1, 2, 5])('give the gradient of the whole batch in parts of %i', async (microBatch) => {
    const gradientOnly = { ...options, optimizer: { ...optimizer, beta1: 0 } };
    const [whole, parts] = await Promise.all(
      [TEXTS, microBatch].map((size) =>
        createTfjsEngine({ ...gradientOnly, backend: 'javascript', microBatch: size }),
      ),
    );
    for (const engine of [whole!, parts!]) await engine.step(...stepInputs(0));
    expectClose((await parts!.snapshot()).firstMoments, (await whole!.snapshot()).firstMoments);
  });
});

describe('memory of the tfjs engine', () => {
  it('holds no more tensors after more steps, evaluations and samples, and none after its end', async () => {
    const before = tf.memory().numTensors;
    const engine = await createTfjsEngine({ ...options, backend: 'javascript', microBatch: 2 });
    await useOnce(engine, 0);
    const afterOnce = tf.memory().numTensors;
    for (let step = 1; step < 4; step++) await useOnce(engine, step);
    expect(tf.memory().numTensors).toBe(afterOnce);
    await engine.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('identity of the tfjs engine', () => {
  it('says what it runs on, and tfjs prints nothing', async () => {
    const warn = vi.spyOn(console, 'warn');
    const engine = await createTfjsEngine({ ...options, backend: 'javascript' });
    await engine.step(...stepInputs(0));
    expect(engine.identity).toEqual({
      engine: 'tfjs',
      device: 'cpu',
      version: 'tfjs 4.22.0',
      threads: 1,
      microBatch: TEXTS,
    });
    expect(warn).not.toHaveBeenCalled();
    warn.mockRestore();
    await engine.dispose();
  });
});

async function useOnce(engine: Engine, step: number): Promise<void> {
  const [batch, stepOptions] = stepInputs(step);
  await engine.step(batch, stepOptions);
  await engine.evaluate(batch);
  await engine.logProbabilities(batch, 0.5);
  await engine.sample({
    count: 2,
    temperature: 1,
    generator: Generator.fromSeed(step, 'x').state(),
  });
  await engine.restore(await engine.snapshot());
}

function stepInputs(step: number): Parameters<Engine['step']> {
  const generator = Generator.fromSeed(step, 'step');
  const tokens = Int32Array.from({ length: TEXTS * model.tokens }, (_, index) =>
    index % model.tokens === 0 ? 28 : generator.integer(0, 27),
  );
  const mask = dropoutMask(tokens.length * model.embedding, model.dropout, generator);
  return [{ tokens, texts: TEXTS }, { dropoutMask: mask }];
}

import { describe, expect, it } from 'vitest';
import { createOnnxEngine } from '../../../../src/core/engine/onnx/onnx-engine.js';
import { initialiseParameters } from '../../../../src/core/model/initialise.js';
import { parameterLayout } from '../../../../src/core/model/layout.js';
import { Generator } from '../../../../src/core/random/generator.js';
import { testEngine } from '../../../contracts/engine.js';
import { expectClose } from '../closeness.js';
import { tinyModel as model } from '../tiny-model.js';

testEngine('the onnx engine', (options) => createOnnxEngine({ ...options, threads: 1 }));

describe('micro-batches of the onnx engine', () => {
  it.each([1, 2, 3, 4])(
    'gives the gradient of the whole batch in parts of %i',
    async (microBatch) => {
      const whole = await gradientIn(7);
      expectClose(await gradientIn(microBatch), whole, { relative: 1e-5, absolute: 1e-5 });
      expect(whole.some((value) => Math.abs(value) > 0.1)).toBe(true);
    },
  );
});

describe('attention of the onnx engine', () => {
  it('gives the bias of the keys a gradient of exactly 0, as softmax does not see it', async () => {
    const gradient = await gradientIn(7);
    for (const { name, offset, size } of parameterLayout(model)) {
      const part = gradient.subarray(offset, offset + size);
      const isKeyBias = name.endsWith('attn.k.bias');
      expect(part.some((value) => value !== 0)).toBe(!isKeyBias);
    }
  });
});

describe('identity of the onnx engine', () => {
  it('says what it runs on', async () => {
    const engine = await createOnnxEngine(optionsFor(4));
    expect(engine.identity).toEqual({
      engine: 'onnx',
      device: 'cpu',
      version: expect.stringMatching(/^onnxruntime \d+\.\d+\.\d+$/) as string,
      threads: 1,
      microBatch: 4,
    });
    await engine.dispose();
  });
});

describe('memory of the onnx engine', () => {
  it('is asked for before any of it is taken: training that cannot fit is refused', async () => {
    const endless = { ...model, tokens: 2 ** 20, heads: 64 };
    const options = { ...optionsFor(1), model: endless, parameters: new Float32Array(0) };
    await expect(createOnnxEngine(options)).rejects.toThrow(
      /^training needs about [\d.]+ [TP]B of memory, and this machine has [\d.]+ GB\n/,
    );
  });
});

async function gradientIn(microBatch: number): Promise<Float32Array> {
  const engine = await createOnnxEngine(optionsFor(microBatch));
  const generator = Generator.fromSeed(2, 'texts');
  const tokens = Int32Array.from({ length: 7 * model.tokens }, () => generator.integer(0, 28));
  const dropoutMask = Float32Array.from({ length: tokens.length * model.embedding }, () =>
    generator.uniform() < 0.1 ? 0 : 1 / 0.9,
  );
  await engine.step({ tokens, texts: 7 }, { dropoutMask });
  const { firstMoments } = await engine.snapshot();
  await engine.dispose();
  return firstMoments;
}

function optionsFor(microBatch: number): Parameters<typeof createOnnxEngine>[0] {
  return {
    model,
    // With beta1 = 0 the first moment after a step is the gradient itself.
    optimizer: { learningRate: 1e-3, beta1: 0, beta2: 0.999, epsilon: 1e-8, weightDecay: 0.01 },
    batchSize: 7,
    parameters: initialiseParameters(model, 4),
    threads: 1,
    microBatch,
  };
}

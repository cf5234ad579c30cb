import { describe, expect, it } from 'vitest';
import { createEngine } from '../../../src/core/engine/select-engine.js';
import { initialiseParameters } from '../../../src/core/model/initialise.js';

const model = { tokens: 4, embedding: 3, neurons: 2, heads: 1, blocks: 1, dropout: 0 };
const options = {
  model,
  optimizer: { learningRate: 1e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0.01 },
  batchSize: 2,
  parameters: initialiseParameters(model, 1),
  threads: 1,
};

describe('createEngine', () => {
  it('gives the onnx engine on the CPU for cpu', async () => {
    const engine = await createEngine({ ...options, device: 'cpu' });
    expect(engine.identity).toMatchObject({ engine: 'onnx', device: 'cpu' });
    await engine.dispose();
  });

  it('gives the tfjs engine in pure JavaScript for tfjs-cpu', async () => {
    const engine = await createEngine({ ...options, device: 'tfjs-cpu' });
    expect(engine.identity).toMatchObject({ engine: 'tfjs', device: 'cpu' });
    await engine.dispose();
  });

  it('gives an engine that works for auto', async () => {
    const engine = await createEngine({ ...options, device: 'auto' });
    const { nll } = await engine.step({ tokens: new Int32Array(8), texts: 2 });
    expect(nll.every(Number.isFinite)).toBe(true);
    await engine.dispose();
  });

  it('says which devices there are when it is asked for another', async () => {
    await expect(createEngine({ ...options, device: 'tpu' })).rejects.toMatchObject({
      name: 'SweepError',
      code: 'unavailable',
      message: expect.stringMatching(/^device must be one of auto, cpu, webgpu, /) as string,
    });
  });
});

import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { testGolden } from '../../../contracts/engine.js';
import type { Engine } from '../../../../src/core/engine/engine.js';
import { createOnnxEngine } from '../../../../src/core/engine/onnx/onnx-engine.js';
import { probeOnnxProvider } from '../../../../src/core/engine/onnx/probe.js';
import { initialiseParameters } from '../../../../src/core/model/initialise.js';
import { Generator } from '../../../../src/core/random/generator.js';
import { expectClose } from '../closeness.js';

const driver = process.env['VK_DRIVER_FILES'] ?? '';
const adamw = {
  learningRate: 1e-3,
  beta1: 0.9,
  beta2: 0.999,
  epsilon: 1e-8,
  weightDecay: 0.01,
};
const model = { tokens: 12, embedding: 8, neurons: 2, heads: 2, blocks: 2, dropout: 0.1 };
const software = { provider: 'webgpu', allowSoftwareAdapter: true } as const;

if (existsSync(driver)) {
  // The rest of the contract is kept by the same engine on the CPU, see flat-engine.test.ts.
  describe('the onnx engine on WebGPU agrees with PyTorch', () => {
    testGolden((options) => createOnnxEngine({ ...options, threads: 1, ...software }));
  });
  describe('the onnx engine on WebGPU', testOnWebgpu);
} else {
  it('computes on WebGPU', ({ skip }) => {
    skip(`there is no SwiftShader (${driver}): apt-get install chromium`);
  });
}

function testOnWebgpu(): void {
  it('trains, evaluates, restores and samples as on the CPU', async () => {
    const [cpu, gpu] = await Promise.all([create({}), create(software)]);
    const { batch, dropoutMask } = someBatch();
    for (let step = 0; step < 3; step++) {
      const [expected, actual] = await both(cpu, gpu, (engine) =>
        engine.step(batch, { dropoutMask }),
      );
      expectClose(actual.nll, expected.nll);
      expectClose(actual.top1, expected.top1);
    }
    const state = await gpu.snapshot();
    expect(state.step).toBe(3);
    expectClose(state.secondMoments, (await cpu.snapshot()).secondMoments);

    await both(cpu, gpu, (engine) => engine.restore(state));
    expect(await gpu.snapshot()).toEqual(state);
    const [expected, actual] = await both(cpu, gpu, (engine) => engine.evaluate(batch));
    expectClose(actual.nll, expected.nll);
    const generator = Generator.fromSeed(5, 'sampling').state();
    const [expectedTexts, texts] = await both(cpu, gpu, (engine) =>
      engine.sample({ count: 2, temperature: 0.7, generator }),
    );
    expect(texts).toEqual(expectedTexts);
    await both(cpu, gpu, (engine) => engine.dispose());
  });

  it('computes no node on the CPU', async () => {
    const program = fileURLToPath(
      new URL('../../../fixtures/programs/list-placements.ts', import.meta.url),
    );
    const command = ['--import', 'tsx', program];
    const options = { maxBuffer: 2 ** 26 };
    const { stdout, stderr } = await promisify(execFile)(process.execPath, command, options);
    const placements = (stdout + stderr).match(/(All nodes|Node\(s\)) placed on \[\w+\]/g);
    expect(placements).toEqual(
      Array.from({ length: 5 }, () => 'All nodes placed on [WebGpuExecutionProvider]'),
    );
  });

  it('uses a software adapter only when that is accepted', async () => {
    expect(await probeOnnxProvider('webgpu', { allowSoftwareAdapter: true })).toEqual({
      usable: true,
      adapter: 'SwiftShader',
    });
    const message = 'WebGPU has only a software adapter here (SwiftShader)';
    const fix = 'Install the Vulkan driver of the GPU, or ask for webgpu:software by name.';
    expect(await probeOnnxProvider('webgpu')).toEqual({ usable: false, reason: message, fix });
    await expect(create({ provider: 'webgpu' })).rejects.toMatchObject({
      code: 'unavailable',
      diagnostics: [{ message, fix }],
    });
  });
}

function create(
  choice: Pick<Parameters<typeof createOnnxEngine>[0], 'provider' | 'allowSoftwareAdapter'>,
): Promise<Engine> {
  const parameters = initialiseParameters(model, 4);
  return createOnnxEngine({
    ...{ model, optimizer: adamw, batchSize: 3, parameters, threads: 1, microBatch: 2 },
    ...choice,
  });
}

async function both<T>(
  cpu: Engine,
  gpu: Engine,
  call: (engine: Engine) => Promise<T>,
): Promise<readonly [T, T]> {
  return [await call(cpu), await call(gpu)];
}

function someBatch(): {
  readonly batch: { readonly tokens: Int32Array; readonly texts: number };
  readonly dropoutMask: Float32Array;
} {
  const generator = Generator.fromSeed(2, 'texts');
  const tokens = Int32Array.from({ length: 3 * model.tokens }, () => generator.integer(0, 28));
  const dropoutMask = Float32Array.from({ length: tokens.length * model.embedding }, () =>
    generator.uniform() < 0.1 ? 0 : 1 / 0.9,
  );
  return { batch: { tokens, texts: 3 }, dropoutMask };
}

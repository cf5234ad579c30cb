import { describe, expect, it } from 'vitest';
import { Graph } from '../../../../../src/core/engine/onnx/graph.js';
import { LanePool } from '../../../../../src/core/engine/onnx/lanes/lane-pool.js';
import { ShrinkingSession } from '../../../../../src/core/engine/onnx/shrinking-session.js';
import { LazySession } from '../../../../../src/core/engine/onnx/lazy-session.js';
import { createOnnxEngine } from '../../../../../src/core/engine/onnx/onnx-engine.js';
import { scale } from '../../../../../src/core/engine/onnx/primitives/elementwise.js';
import { floats, readFloats } from '../../../../../src/core/engine/onnx/session.js';
import { initialiseParameters } from '../../../../../src/core/model/initialise.js';
import { Generator } from '../../../../../src/core/random/generator.js';
import { testEngine } from '../../../../contracts/engine.js';
import { expectClose } from '../../closeness.js';
import { tinyModel as model } from '../../tiny-model.js';

testEngine('the onnx engine in two lanes', (options) =>
  createOnnxEngine({ ...options, threads: 2 }),
);

describe('an engine with several lanes', () => {
  it('trains, scores and samples as with one, but for rounding', async () => {
    const one = await journeyWith(1);
    for (const threads of [2, 3]) {
      const several = await journeyWith(threads);
      expectClose(several.gradient, one.gradient, { relative: 1e-4, absolute: 1e-4 });
      expectClose(several.nll, one.nll, { relative: 1e-5, absolute: 1e-5 });
      expectClose(several.logProbabilities, one.logProbabilities, {
        relative: 1e-4,
        absolute: 1e-5,
      });
      expect(several.texts).toEqual(one.texts);
    }
  });

  it('gives the same bits each time', async () => {
    expect(await journeyWith(2)).toEqual(await journeyWith(2));
  });
});

describe('a pool of lanes', () => {
  it('gives the outputs in the order of the feeds, and needs not all lanes', async () => {
    const pool = createPool(3);
    const doubled = pool.session(doubling);
    for (const values of [[1], [1, 2], [1, 2, 3]]) {
      const outputs = await doubled.run(values.map((value) => ({ input: floats(of(value)) })));
      expect(outputs.map(({ output }) => [...readFloats(output)])).toEqual(
        values.map((value) => [2 * value]),
      );
    }
    await doubled.release();
    await pool.close();
  });

  it('fails with what went wrong in another lane, and works on', async () => {
    const pool = createPool(2);
    const doubled = pool.session(doubling);
    const good = { input: floats(of(1)) };
    await expect(doubled.run([good, { wrong: floats(of(1)) }])).rejects.toThrow(/input/);
    expect(await doubled.run([good, good])).toHaveLength(2);
    await pool.close();
  });

  it('goes on with half the texts when memory runs out in any lane', async () => {
    const pool = createPool(2);
    const session = new ShrinkingSession(8, () => pool.session(doubling));
    const sizes: number[] = [];
    const done = await session.attempt((_, size) => {
      sizes.push(size);
      return size > 2
        ? Promise.reject(new Error('Failed to allocate memory for requested buffer of size 9'))
        : Promise.resolve('done');
    });
    expect([done, sizes, session.size]).toEqual(['done', [8, 4, 2], 2]);
    await pool.close();
  });
});

function createPool(lanes: number): LanePool {
  return new LanePool(lanes, (build) => new LazySession(build, 1));
}

function doubling(): Uint8Array {
  const graph = new Graph();
  graph.output(scale(graph, graph.input([1], 'float32', 'input'), 2), 'output');
  return graph.encode();
}

function of(value: number): Float32Array {
  return Float32Array.of(value);
}

async function journeyWith(threads: number): Promise<{
  readonly gradient: Float32Array; // of the last step
  readonly nll: Float64Array;
  readonly logProbabilities: Float32Array;
  readonly texts: Int32Array;
}> {
  const engine = await createOnnxEngine({
    model,
    // With beta1 = 0 the first moment after a step is the gradient itself. The steps are small, as AdamW makes of the
    // rounding of a gradient that is truly 0 a step of the full size.
    optimizer: { learningRate: 1e-6, beta1: 0, beta2: 0.999, epsilon: 1e-8, weightDecay: 0.01 },
    batchSize: 7,
    parameters: initialiseParameters(model, 4),
    threads,
    microBatch: 2,
  });
  const generator = Generator.fromSeed(2, 'texts');
  for (const texts of [7, 7, 1, 4]) {
    const tokens = Int32Array.from({ length: texts * model.tokens }, () =>
      generator.integer(0, 28),
    );
    const dropoutMask = Float32Array.from({ length: tokens.length * model.embedding }, () =>
      generator.uniform() < 0.1 ? 0 : 1 / 0.9,
    );
    await engine.step({ tokens, texts }, { dropoutMask });
  }
  const tokens = Int32Array.from({ length: 70 * model.tokens }, () => generator.integer(0, 28));
  const batch = { tokens, texts: 70 };
  const { nll } = await engine.evaluate(batch);
  const logProbabilities = await engine.logProbabilities(batch, 0.5);
  const texts = await engine.sample({ count: 70, temperature: 1, generator: generator.state() });
  const { firstMoments: gradient } = await engine.snapshot();
  await engine.dispose();
  return { gradient, nll, logProbabilities, texts };
}

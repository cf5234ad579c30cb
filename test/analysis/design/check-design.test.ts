import { describe, expect, it } from 'vitest';
import { checkDesign } from '../../../src/analysis/design/check-design.js';
import type { DesignRun } from '../../../src/analysis/design/design-points.js';
import { exampleRun } from '../../core/store/example-runs.js';

/** Runs with these models and training fields. */
function design(
  ...changes: { model?: object; train?: object; seed?: number; sample?: object }[]
): DesignRun[] {
  const { config, dataFingerprint } = exampleRun(1);
  if (config.kind !== 'train') throw new Error('the example run trains');
  return changes.map(({ model = {}, train = {}, sample = {}, seed = 1 }) => ({
    config: {
      ...config,
      model: { ...config.model, ...model },
      train: { ...config.train, ...train },
      sample: { ...config.sample, ...sample },
      seed,
    },
    parameters: 1,
    trainingTexts: null,
    dataFingerprint,
  }));
}

describe('checkDesign', () => {
  it('names keys that move together and the smallest r that can be significant', () => {
    const runs = design(
      { model: { blocks: 1, embedding: 8 } },
      { model: { blocks: 2, embedding: 16 } },
      { model: { blocks: 3, embedding: 24 } },
      { model: { blocks: 4, embedding: 30 } },
    );
    expect(checkDesign(runs).notes).toEqual([
      '4 runs: only |r| > 0.95 can be significant (p < 0.05)',
      'model.embedding and model.blocks move together (r = 0.998): no analysis of these runs can tell them apart',
    ]);
  });

  it('counts replicates once, and neither seeds nor samples as configurations', () => {
    const runs = design(
      { seed: 1, model: { blocks: 1 } },
      { seed: 2, model: { blocks: 1 }, sample: { count: 8 } },
      { seed: 1, model: { blocks: 2 } },
      { seed: 2, model: { blocks: 2 } },
      { seed: 1, model: { blocks: 3 } },
    );
    const { points, notes } = checkDesign(runs);
    expect(points).toBe(3);
    expect(notes).toEqual([
      '3 configurations (replicates count once): only |r| > 0.997 can be significant (p < 0.05)',
    ]);
  });

  it('finds nothing wrong with a full grid', () => {
    const levels = [1, 2, 3, 4];
    const runs = design(
      ...levels.flatMap((blocks) =>
        [1e-4, 3e-4, 1e-3].map((learningRate) => ({ model: { blocks }, train: { learningRate } })),
      ),
    );
    expect(checkDesign(runs)).toMatchObject({ points: 12, confounded: [], notes: [] });
  });

  it('takes a swept learning rate by its logarithm', () => {
    const runs = design(
      { model: { blocks: 1 }, train: { learningRate: 1e-5 } },
      { model: { blocks: 2 }, train: { learningRate: 1e-4 } },
      { model: { blocks: 3 }, train: { learningRate: 1e-3 } },
      { model: { blocks: 4 }, train: { learningRate: 1e-2 } },
    );
    expect(checkDesign(runs).confounded).toMatchObject([
      { keys: ['model.blocks', 'train.learningRate'], r: expect.closeTo(1, 9) as number },
    ]);
  });

  it('says nothing of one run, and of two that they can be compared only', () => {
    expect(checkDesign(design({})).notes).toEqual([]);
    expect(checkDesign(design({}, { model: { blocks: 2 } })).notes).toEqual([
      '2 runs: they can be compared, not correlated',
    ]);
  });
});

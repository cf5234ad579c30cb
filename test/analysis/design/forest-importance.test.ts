import { describe, expect, it } from 'vitest';
import { forestImportance } from '../../../src/analysis/design/forest-importance.js';
import type { ScoredDesign } from '../../../src/analysis/design/scored-design.js';

const KINDS = ['relu', 'gelu', 'silu'];
const UNCONFOUNDED = { confounded: [] };

/** A full grid of 4 rates, 3 kinds and 2 lengths (24 configurations) with this objective. */
function grid(objective: (rate: number, kind: number, length: number) => number): ScoredDesign {
  const cells = [0, 1, 2, 3].flatMap((rate) =>
    [0, 1, 2].flatMap((kind) => [0, 1].map((length) => [rate, kind, length] as const)),
  );
  const points = cells.map((cell, at) => ({
    runIds: [`id${at}`],
    name: `run ${at}`,
    value: objective(...cell),
  }));
  const rates = [1e-5, 1e-4, 1e-3, 1e-2];
  const lengths = [20, 40];
  return {
    points,
    keys: [
      { key: 'rate', scale: 'log', values: cells.map(([at]) => rates[at] ?? 0), levels: rates },
      {
        key: 'kind',
        scale: 'categories',
        values: cells.map(([, at]) => KINDS[at] ?? ''),
        levels: KINDS,
      },
      {
        key: 'length',
        scale: 'linear',
        values: cells.map(([, , at]) => lengths[at] ?? 0),
        levels: lengths,
      },
    ],
  };
}

describe('forestImportance', () => {
  it('finds a key that rises and falls and a category, and gives nothing to a key that does nothing', () => {
    const found = forestImportance(
      'val.nll',
      grid((rate, kind) => 100 + 8 * (rate === 1 ? 0 : 1) + 3 * (kind === 2 ? 1 : 0)),
      UNCONFOUNDED,
    );
    expect(found).toMatchObject({ n: 24, reason: null });
    expect(found?.rSquared).toBeGreaterThan(0.8);
    const [rate, kind, length] = found?.keys ?? [];
    expect(rate?.mean).toBeGreaterThan(kind?.mean ?? NaN);
    expect(kind?.interval?.low).toBeGreaterThan(0.05);
    expect(Math.abs(length?.mean ?? NaN)).toBeLessThan(0.05);
    expect(rate?.n).toBe(20);
  });

  it('does not depend on the unit of the objective', () => {
    const objective = (rate: number, kind: number): number => rate ** 2 + kind;
    const one = forestImportance('a', grid(objective), UNCONFOUNDED);
    const other = forestImportance(
      'a',
      grid((rate, kind) => objective(rate, kind) / 1024),
      UNCONFOUNDED,
    );
    expect(other?.keys.map((key) => key.mean)).toEqual(
      one?.keys.map((key): unknown => expect.closeTo(key.mean, 8)),
    );
  });

  it('says that it has nothing where the forest explains nothing', () => {
    // Parity of all three: each fifth held out is the opposite of its neighbours.
    const odd = forestImportance(
      'val.nll',
      grid((a, b, c) => (a + b + c) % 2),
      UNCONFOUNDED,
    );
    expect(odd?.rSquared).toBeLessThanOrEqual(0);
    expect(odd).toMatchObject({
      keys: [],
      reason:
        'the forest predicts configurations that it has not seen no better than their mean: what it makes of the keys is chance',
    });
    expect(
      forestImportance(
        'val.nll',
        grid(() => 5),
        UNCONFOUNDED,
      ),
    ).toMatchObject({
      rSquared: null,
      keys: [],
      reason: 'val.nll is the same for all configurations',
    });
  });

  it('names a key that moves together with another', () => {
    const found = forestImportance(
      'val.nll',
      grid((rate) => rate),
      {
        confounded: [{ keys: ['rate', 'depth'], r: 0.99 }],
      },
    );
    expect(found?.keys.map((key) => key.confoundedWith)).toEqual(['depth', null, null]);
  });

  it('is null for two keys or nineteen configurations', () => {
    const { points, keys } = grid((rate) => rate);
    const few = { points, keys: keys.slice(1) };
    expect(forestImportance('val.nll', few, UNCONFOUNDED)).toBeNull();
    const short = { points: points.slice(5), keys };
    expect(forestImportance('val.nll', short, UNCONFOUNDED)).toBeNull();
  });
});

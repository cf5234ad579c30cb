import { RandomForestRegression } from 'ml-random-forest';
import type { Generator } from '../../core/random/generator.js';
import { shuffledIndices } from '../../core/random/shuffle.js';
import type { FeatureRow, Predictor } from './permutation-importance.js';

/** As is usual for cross-validation (T. Hastie and others, The Elements of Statistical Learning, 2009, 7.10). */
const FOLDS = 5;
/** Enough that more of them do not change the second digit of R². */
const TREES = 50;

/**
 * Forests of regression trees (L. Breiman, Random Forests, Machine Learning 45, 2001), each grown without a fifth of the
 * rows. A row is predicted by the forest that has not seen it, so that what is learned by heart explains nothing. Each
 * split looks at every key: designs have few.
 *
 * **Determinism**: the same rows and the same state of the generator give the same predictions.
 *
 * @param rows at least 10, with the same number of columns each; `values` are their y
 */
export function heldOutForest(
  rows: readonly FeatureRow[],
  values: readonly number[],
  generator: Generator,
): Predictor {
  const order = [...shuffledIndices(rows.length, generator)];
  const fold = new Map(order.map((row, at) => [row, at % FOLDS]));
  const forests = Array.from({ length: FOLDS }, (_, held) => {
    const seen = [...rows.keys()].filter((row) => fold.get(row) !== held);
    return grow(
      seen.map((row) => (rows[row] ?? []).flat()),
      seen.map((row) => values[row] ?? NaN),
      generator.integer(0, 2 ** 31 - 1),
    );
  });
  return (asked) => {
    const predicted = new Array<number>(asked.length).fill(NaN);
    for (const [held, forest] of forests.entries()) {
      const places = [...asked.keys()].filter((row) => fold.get(row) === held);
      const found = forest.predict(places.map((row) => (asked[row] ?? []).flat()));
      for (const [at, row] of places.entries()) predicted[row] = found[at] ?? NaN;
    }
    return predicted;
  };
}

function grow(
  rows: readonly (readonly number[])[],
  values: readonly number[],
  seed: number,
): RandomForestRegression {
  const forest = new RandomForestRegression({
    seed,
    nEstimators: TREES,
    maxFeatures: rows[0]?.length ?? 1,
    replacement: false,
    useSampleBagging: true,
    noOOB: true,
    // The library's "gain" is the error that a split leaves. Without a threshold below 0 it refuses one that leaves none
    // (at the root it still does: an objective of exactly two values, which no run has).
    treeOptions: { minNumSamples: 3, gainThreshold: -1 },
  });
  forest.train(rows, values);
  return forest;
}

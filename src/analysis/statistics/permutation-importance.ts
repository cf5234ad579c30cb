import type { Generator } from '../../core/random/generator.js';
import { shuffledIndices } from '../../core/random/shuffle.js';

/** One row of a design: the numbers of each key, several for a key of categories. */
export type FeatureRow = readonly (readonly number[])[];

/** Predicts the value of each row; which rows are asked for, and their order, are always the same. */
export type Predictor = (rows: readonly FeatureRow[]) => readonly number[];

export interface PermutationLosses {
  /** 1 − Σ(y − ŷ)²/Σ(y − ȳ)² of the rows as they are. */
  readonly rSquared: number;
  /** For each key, how much of R² is lost in each repetition. */
  readonly losses: readonly (readonly number[])[];
}

/**
 * Permutation importance (L. Breiman, Random Forests, Machine Learning 45, 2001, section 10; A. Fisher, C. Rudin and
 * F. Dominici, All Models are Wrong, but Many are Useful, JMLR 20, 2019): how much worse the prediction gets when the
 * values of one key are shuffled over the rows, as the R² that is lost: Σ(y − ŷ′)² − Σ(y − ŷ)², by Σ(y − ȳ)².
 *
 * @param rows at least 2; `values` are their y, not all the same
 * @param repetitions shufflings of each key
 */
export function permutationLosses(
  predict: Predictor,
  { rows, values }: { readonly rows: readonly FeatureRow[]; readonly values: readonly number[] },
  { repetitions, generator }: { readonly repetitions: number; readonly generator: Generator },
): PermutationLosses {
  const centre = values.reduce((sum, value) => sum + value, 0) / values.length;
  const total = squaredError(
    values,
    values.map(() => centre),
  );
  const error = squaredError(values, predict(rows));
  const keys = rows[0]?.length ?? 0;
  const losses = Array.from({ length: keys }, (_, key) =>
    Array.from({ length: repetitions }, () => {
      const order = shuffledIndices(rows.length, generator);
      const permuted = rows.map((row, at) => row.with(key, rows[order[at] ?? at]?.[key] ?? []));
      return (squaredError(values, predict(permuted)) - error) / total;
    }),
  );
  return { rSquared: 1 - error / total, losses };
}

function squaredError(values: readonly number[], predicted: readonly number[]): number {
  return values.reduce((sum, value, at) => sum + (value - (predicted[at] ?? NaN)) ** 2, 0);
}

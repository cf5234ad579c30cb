import { Generator } from '../../core/random/generator.js';

/** Mean difference over the same texts, with its interval. */
export interface PairedDifference {
  /** Texts. */
  readonly n: number;
  /** Mean of other − reference: above 0 the reference has the lower NLL. */
  readonly difference: number;
  /** 95 % percentile interval over the resamples. */
  readonly interval: { readonly low: number; readonly high: number; readonly level: 0.95 };
}

/** Enough that the ends of a 95 % interval stand on 50 resamples each. */
const RESAMPLES = 2000;

/**
 * Compares models text by text with a reference: the texts are drawn again with replacement, for all models the same
 * ones (B. Efron and R. Tibshirani, An introduction to the bootstrap, 1993, chapter 13; P. Koehn, Statistical
 * significance tests for machine translation evaluation, EMNLP 2004). It knows how the score depends on which texts were
 * held out, not how it depends on the seed of training.
 *
 * **Determinism**: the same values give the same interval.
 *
 * @param reference score of each text, at least one; `others` have the same length
 */
export function pairedBootstrap(
  reference: ArrayLike<number>,
  others: readonly ArrayLike<number>[],
): PairedDifference[] {
  const n = reference.length;
  const differences = others.map((other) =>
    Float64Array.from({ length: n }, (_, text) => (other[text] ?? NaN) - (reference[text] ?? NaN)),
  );
  const means = resampledMeans(differences);
  return differences.map((values, index) => ({
    n,
    difference: values.reduce((sum, value) => sum + value, 0) / n,
    interval: percentileInterval(means[index] ?? new Float64Array()),
  }));
}

/**
 * 95 % percentile interval of the ratio of two means over the same texts, other / reference, by the bootstrap of
 * {@link pairedBootstrap}.
 *
 * @param reference score of each text, at least one, of a mean that is not 0; `other` has the same length
 */
export function pairedRatio(
  reference: ArrayLike<number>,
  other: ArrayLike<number>,
): PairedDifference['interval'] {
  const [below, above] = resampledMeans([reference, other]);
  return percentileInterval(
    Float64Array.from(above ?? [], (mean, at) => mean / (below?.[at] ?? NaN)),
  );
}

/** @param values one for each resample */
function percentileInterval(values: Float64Array): PairedDifference['interval'] {
  const sorted = values.toSorted();
  const at = (share: number): number => sorted[Math.round(share * (RESAMPLES - 1))] ?? NaN;
  return { low: at(0.025), high: at(0.975), level: 0.95 };
}

/**
 * Means of several columns over the same resamples of their rows.
 *
 * @param columns all of the same length, at least 1
 * @returns for each column, its mean in each resample
 */
export function resampledMeans(columns: readonly ArrayLike<number>[]): Float64Array[] {
  const n = columns[0]?.length ?? 0;
  const means = columns.map(() => new Float64Array(RESAMPLES));
  const generator = Generator.fromSeed(1, 'paired-bootstrap');
  const drawn = new Int32Array(n);
  for (let resample = 0; resample < RESAMPLES; resample++) {
    for (let row = 0; row < n; row++) drawn[row] = Math.floor(generator.uniformFloat32() * n);
    for (const [index, values] of columns.entries()) {
      let sum = 0;
      for (const row of drawn) sum += values[row] ?? NaN;
      const ofColumn = means[index];
      if (ofColumn !== undefined) ofColumn[resample] = sum / n;
    }
  }
  return means;
}

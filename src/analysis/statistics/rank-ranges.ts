import { resampledMeans } from './paired-bootstrap.js';

/** The places from 1 that a model may have, as far as the texts can tell; both are the same where nothing is open. */
export interface RankRange {
  readonly best: number;
  readonly worst: number;
}

/**
 * Places by a score of which less is better, with ties where the texts cannot tell models apart: the best place is one
 * more than the number of models that are better for certain, and likewise from the other end (H. Goldstein and
 * M. Healy, The graphical presentation of a collection of means, Journal of the Royal Statistical Society A 158, 1995,
 * on reading ranks by intervals of differences). Better for certain: the 95 % percentile interval of the paired
 * difference, over the same resamples as in {@link pairedBootstrap}, does not contain 0. Intervals are not corrected for
 * the number of pairs.
 *
 * @param scores score of each text for each model, all of the same length, at least one
 */
export function rankRanges(scores: readonly ArrayLike<number>[]): RankRange[] {
  const means = resampledMeans(scores);
  const better = scores.map(() => 0);
  const worse = scores.map(() => 0);
  for (const [one, ofOne] of means.entries())
    for (const [other, ofOther] of means.entries()) {
      if (other <= one) continue;
      const sign = certainSign(ofOne, ofOther);
      if (sign === 0) continue;
      const [winner, loser] = sign < 0 ? [one, other] : [other, one];
      better[loser] = (better[loser] ?? 0) + 1;
      worse[winner] = (worse[winner] ?? 0) + 1;
    }
  return scores.map((_, model) => ({
    best: 1 + (better[model] ?? 0),
    worst: scores.length - (worse[model] ?? 0),
  }));
}

/** Sign of the differences where at least 97.5 % of the resamples have the same; 0 where they do not. */
function certainSign(one: Float64Array, other: Float64Array): -1 | 0 | 1 {
  let below = 0;
  let above = 0;
  for (const [resample, value] of one.entries()) {
    const difference = value - (other[resample] ?? NaN);
    if (difference < 0) below += 1;
    else if (difference > 0) above += 1;
  }
  const enough = 0.975 * one.length;
  if (below > enough) return -1;
  return above > enough ? 1 : 0;
}

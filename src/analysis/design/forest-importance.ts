import { Generator } from '../../core/random/generator.js';
import { shuffledIndices } from '../../core/random/shuffle.js';
import { heldOutForest } from '../statistics/held-out-forest.js';
import { permutationLosses, type FeatureRow } from '../statistics/permutation-importance.js';
import { summarize, type Summary } from '../statistics/summary.js';
import type { DesignCheck } from './check-design.js';
import type { ScoredDesign, ScoredKey } from './scored-design.js';

/** How much a forest that predicts the objective from the swept keys needs each of them. */
export interface ForestImportance {
  /** The objective's metric, such as `val.nll`. */
  readonly metric: string;
  /** Configurations that the forest was grown on. */
  readonly n: number;
  readonly runIds: readonly string[];
  /** Of configurations that the forest has not seen; null when the objective is the same everywhere. */
  readonly rSquared: number | null;
  /** Why there are no keys; null when there are. */
  readonly reason: string | null;
  /** In the order of the configuration. */
  readonly keys: readonly PermutedKey[];
}

/** R² that is lost when the values of a key are shuffled: mean and interval over the shufflings. */
export interface PermutedKey extends Summary {
  readonly key: string;
  /** A key that moves together with it, so that the forest may use either; null for none. */
  readonly confoundedWith: string | null;
}

/** With fewer configurations a fifth of them says little of how well the forest predicts. */
const MIN_POINTS = 20;
/** With two keys the heat map shows all there is. */
const MIN_KEYS = 3;
/** A forest on more takes seconds and says the same. */
const MAX_POINTS = 200;
const REPETITIONS = 20;

/**
 * Permutation importance of the swept keys; null for fewer than 20 configurations or three keys. Unlike the main effects
 * it needs no balance, counts interactions, and finds effects that rise and fall.
 *
 * **Determinism**: the same design gives the same numbers.
 */
export function forestImportance(
  metric: string,
  design: ScoredDesign,
  { confounded }: Pick<DesignCheck, 'confounded'>,
): ForestImportance | null {
  const keys = design.keys.filter(({ levels }) => levels.length > 1);
  if (design.points.length < MIN_POINTS || keys.length < MIN_KEYS) return null;
  const generator = Generator.fromSeed(1, 'forest-importance');
  const chosen = choosePoints(design.points.length, generator);
  const points = chosen.flatMap((at) => design.points[at] ?? []);
  const common = { metric, n: points.length, runIds: points.flatMap((point) => point.runIds) };
  const values = standardize(points.map((point) => point.value));
  if (values === null) {
    const reason = `${metric} is the same for all configurations`;
    return { ...common, rSquared: null, reason, keys: [] };
  }
  const encoded = keys.map(encodeKey);
  const rows = chosen.map((at): FeatureRow => encoded.map((column) => column[at] ?? []));
  const predict = heldOutForest(rows, values, generator);
  const { rSquared, losses } = permutationLosses(
    predict,
    { rows, values },
    { repetitions: REPETITIONS, generator },
  );
  if (rSquared <= 0) {
    const reason =
      'the forest predicts configurations that it has not seen no better than their mean: ' +
      'what it makes of the keys is chance';
    return { ...common, rSquared, reason, keys: [] };
  }
  const permuted = keys.flatMap(({ key }, at): PermutedKey[] => {
    const summary = summarize(losses[at] ?? []);
    const pair = confounded.find((one) => one.keys.includes(key))?.keys;
    const confoundedWith = pair?.find((name) => name !== key) ?? null;
    return summary === null ? [] : [{ key, ...summary, confoundedWith }];
  });
  return { ...common, rSquared, reason: null, keys: permuted };
}

/** All places, or 200 of them by chance, in their order. */
function choosePoints(count: number, generator: Generator): number[] {
  const shuffled = [...shuffledIndices(count, generator)];
  return shuffled.slice(0, MAX_POINTS).sort((a, b) => a - b);
}

/** Mean 0 and standard deviation 1: the forest must not depend on the metric's unit. Null for values that are the same. */
function standardize(values: readonly number[]): number[] | null {
  const summary = summarize(values);
  if (summary?.sd == null || summary.sd === 0) return null;
  const { mean, sd } = summary;
  return values.map((value) => (value - mean) / sd);
}

/** The numbers of a key for each point: on its scale, or one for each category (0 or 1). */
function encodeKey({ scale, values, levels }: ScoredKey): number[][] {
  return values.map((value) => {
    if (typeof value === 'string') return levels.map((level) => (level === value ? 1 : 0));
    return [scale === 'log' ? Math.log(value) : value];
  });
}

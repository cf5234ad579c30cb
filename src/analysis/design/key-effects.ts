import { summarize, type Summary } from '../statistics/summary.js';
import { varianceShare } from '../statistics/variance-share.js';
import type { DesignCheck } from './check-design.js';
import type { ScoredDesign, ScoredKey, ScoredPoint } from './scored-design.js';

/** What each swept key does to the objective. */
export interface KeyEffects {
  /** The objective's metric, such as `val.nll`. */
  readonly metric: string;
  /** In the order of the configuration. */
  readonly keys: readonly KeyEffect[];
}

/** Main effects of one key: means of the objective at each of its values, whatever the other keys are. */
export interface KeyEffect {
  readonly key: string;
  /** Why there are no effects; null when there are. */
  readonly reason: string | null;
  /** Largest mean minus smallest. */
  readonly range: number | null;
  /** Share of the variance between configurations; null in a design that is not balanced. */
  readonly varianceShare: number | null;
  /** Whether the other keys take the same values at each value of this one; null for a key without effects. */
  readonly isBalanced: boolean | null;
  readonly levels: readonly LevelEffect[];
}

/** The configurations at one value of a key; replicates are one configuration, by their mean. */
export interface LevelEffect extends Summary {
  readonly value: number | string;
  /** Mean here minus mean of all configurations. */
  readonly effect: number;
  readonly runIds: readonly string[];
}

/**
 * Main effects by the means of a factorial design (D. C. Montgomery, Design and Analysis of Experiments, 5.3): the mean
 * over the configurations at each value of a key, with Student's interval of that mean. The interval contains what the
 * other keys do. A key has effects only when two of its values occur in two configurations or more, and no other key
 * moves together with it.
 */
export function keyEffects(
  metric: string,
  design: ScoredDesign,
  { confounded }: Pick<DesignCheck, 'confounded'>,
): KeyEffects {
  const keys = design.keys.map((key): KeyEffect => {
    const partner = confounded.find(({ keys }) => keys.includes(key.key))?.keys;
    const other = partner?.find((name) => name !== key.key) ?? null;
    const groups = key.levels.map((level) => pointsAt(design, key, level));
    const reason = reasonAgainst(key, groups, other);
    if (reason !== null) {
      const nothing = { range: null, varianceShare: null, isBalanced: null, levels: [] };
      return { key: key.key, reason, ...nothing };
    }
    const levels = levelEffects(design, key, groups);
    const means = levels.map((level) => level.mean);
    const isBalanced = hasBalance(design, key);
    const values = groups.map((group) => group.map((point) => point.value));
    return {
      key: key.key,
      reason: null,
      range: Math.max(...means) - Math.min(...means),
      varianceShare: isBalanced ? varianceShare(values) : null,
      isBalanced,
      levels,
    };
  });
  return { metric, keys };
}

function pointsAt({ points }: ScoredDesign, key: ScoredKey, level: number | string): ScoredPoint[] {
  return points.filter((_, index) => key.values[index] === level);
}

function reasonAgainst(
  { key, levels }: ScoredKey,
  groups: readonly (readonly ScoredPoint[])[],
  other: string | null,
): string | null {
  if (levels.length === 0) return 'no configuration has a result yet';
  if (levels.length === 1) return 'only one of its values has a result';
  if (other !== null) return `it moves together with ${other}: their effects cannot be told apart`;
  const repeated = groups.filter((group) => group.length > 1).length;
  if (repeated >= 2) return null;
  return `fewer than two values of ${key} occur in two configurations or more: an interval needs that`;
}

function levelEffects(
  { points }: ScoredDesign,
  { levels }: ScoredKey,
  groups: readonly (readonly ScoredPoint[])[],
): LevelEffect[] {
  const all = summarize(points.map((point) => point.value));
  return groups.flatMap((group, index) => {
    const value = levels[index];
    const summary = summarize(group.map((point) => point.value));
    if (value === undefined || summary === null || all === null) return [];
    const runIds = group.flatMap((point) => point.runIds);
    return [{ value, ...summary, effect: summary.mean - all.mean, runIds }];
  });
}

/** Whether the same combinations of the other keys occur at each value. */
function hasBalance({ points, keys }: ScoredDesign, key: ScoredKey): boolean {
  const others = keys.filter((one) => one !== key);
  const combinations = new Map<number | string, string[]>();
  points.forEach((_, index) => {
    const level = key.values[index] ?? '';
    const combination = JSON.stringify(others.map((one) => one.values[index]));
    combinations.set(level, [...(combinations.get(level) ?? []), combination]);
  });
  const texts = [...combinations.values()].map((list) => list.toSorted().join());
  return new Set(texts).size === 1;
}

import { pearson } from '../statistics/pearson.js';
import { smallestSignificantR } from '../statistics/smallest-significant-r.js';
import { formatBelowOne } from '../tables/format.js';
import {
  designPoints,
  sweptKeys,
  type DesignPoint,
  type DesignRun,
  type SweptKey,
} from './design-points.js';

/** What no analysis of these runs will be able to say, known before they run. */
export interface DesignCheck {
  /** Configurations; replicates of one count once. */
  readonly points: number;
  /** The smallest |r| that can be significant at 5 % over these points; null for fewer than 3. */
  readonly smallestSignificantR: number | null;
  /** Keys that cannot be told apart. */
  readonly confounded: readonly ConfoundedKeys[];
  /** The same in sentences, for a reader. */
  readonly notes: readonly string[];
}

export interface ConfoundedKeys {
  readonly keys: readonly [string, string];
  /** Null for keys that are not numbers: each value of one then comes with one value of the other. */
  readonly r: number | null;
}

/** From |r| = 0.95 on, keys share 90 % of their variance: what is left does not tell their effects apart. */
const CONFOUNDED = 0.95;
/** From this many points on, the smallest significant r is small enough to say nothing of it. */
const MANY_POINTS = 12;
/** Pairs that are written out: a design of many keys has hundreds. */
const MAX_NOTES = 6;

/** Looks at the runs of a sweep that train; runs of unknown configuration are left out by the caller. */
export function checkDesign(runs: readonly DesignRun[]): DesignCheck {
  const points = designPoints(runs);
  const keys = sweptKeys(points);
  const confounded = points.length < 3 ? [] : findConfounded(keys);
  const smallest = points.length < 3 ? null : smallestSignificantR(points.length);
  return {
    points: points.length,
    smallestSignificantR: smallest,
    confounded,
    notes: [
      ...(keys.length === 0 ? [] : sizeNotes(points.length, runCount(points), smallest)),
      ...confounded.slice(0, MAX_NOTES).map(confoundedNote),
      ...(confounded.length > MAX_NOTES
        ? [`and ${confounded.length - MAX_NOTES} more pairs of keys that move together`]
        : []),
    ],
  };
}

function runCount(points: readonly DesignPoint<DesignRun>[]): number {
  return points.reduce((sum, { replicates }) => sum + replicates.length, 0);
}

function sizeNotes(points: number, runs: number, smallest: number | null): string[] {
  const count =
    runs === points ? `${points} runs` : `${points} configurations (replicates count once)`;
  if (smallest === null)
    return points === 2 ? [`${count}: they can be compared, not correlated`] : [];
  if (points >= MANY_POINTS) return [];
  // Rounded up: what is said to be enough must be enough. Four points give 0.95 but for rounding.
  const digits = smallest > 0.99 ? 3 : 2;
  const shown = (Math.ceil(smallest * 10 ** digits - 1e-6) / 10 ** digits).toFixed(digits);
  return [`${count}: only |r| > ${shown} can be significant (p < 0.05)`];
}

function confoundedNote({ keys: [one, other], r }: ConfoundedKeys): string {
  const how = r === null ? '' : ` (r = ${formatBelowOne(r, 2)})`;
  return `${one} and ${other} move together${how}: no analysis of these runs can tell them apart`;
}

function findConfounded(keys: readonly SweptKey[]): ConfoundedKeys[] {
  return keys.flatMap((one, index) =>
    keys.slice(index + 1).flatMap((other) => confoundedPair(one, other) ?? []),
  );
}

function confoundedPair(one: SweptKey, other: SweptKey): ConfoundedKeys | null {
  const keys = [one.key, other.key] as const;
  if (isNumeric(one) && isNumeric(other)) {
    const { r } = pearson(onScale(one), onScale(other), 'configurations');
    if (r !== null) return Math.abs(r) >= CONFOUNDED ? { keys, r } : null;
  }
  return isOneToOne(one.values, other.values) ? { keys, r: null } : null;
}

type NumericKey = SweptKey & { readonly values: readonly number[] };

function isNumeric(key: SweptKey): key is NumericKey {
  return typeof key.values[0] === 'number';
}

function onScale({ key, isLog, values }: NumericKey): { name: string; values: readonly number[] } {
  return { name: key, values: isLog ? values.map(Math.log) : values };
}

/** Whether each value of one comes with one value of the other, and the other way round. */
function isOneToOne(
  one: readonly (string | number)[],
  other: readonly (string | number)[],
): boolean {
  const pairs = new Set(one.map((value, index) => JSON.stringify([value, other[index]])));
  return pairs.size === new Set(one).size && pairs.size === new Set(other).size;
}

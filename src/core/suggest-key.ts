import { closest, distance } from 'fastest-levenshtein';

/** A key this far from what was written, as a share of its length, is no longer a guess worth printing. */
const MAX_DISTANCE_SHARE = 0.4;

/**
 * The valid key that was probably meant, or undefined when none is close.
 *
 * Case does not count, and a dotted key is also found by its last part: `learning_rate` gives `train.learningRate`.
 */
export function suggestKey(written: string, valid: readonly string[]): string | undefined {
  const wanted = normalise(written);
  const lastPart = (key: string): string => key.slice(key.lastIndexOf('.') + 1);
  const byForm = new Map<string, string>();
  for (const key of valid) if (!byForm.has(normalise(key))) byForm.set(normalise(key), key);
  for (const key of valid) {
    const short = normalise(lastPart(key));
    if (!byForm.has(short)) byForm.set(short, key);
  }
  if (byForm.size === 0) return undefined;
  const form = closest(wanted, [...byForm.keys()]);
  const isClose =
    distance(wanted, form) <= Math.max(1, Math.floor(wanted.length * MAX_DISTANCE_SHARE));
  return isClose ? byForm.get(form) : undefined;
}

/** The line with the way out: the key that was probably meant, else all that are valid. */
export function suggestionFor(written: string, valid: readonly string[], list = valid): string {
  const key = suggestKey(written, valid);
  return key === undefined ? `Known: ${list.join(', ')}.` : `Did you mean ${key}?`;
}

function normalise(key: string): string {
  return key.toLowerCase().replaceAll(/[_-]/g, '');
}

import type { Overrides } from '../definition/definition.js';
import type { Replicate } from './replicates.js';

/**
 * The name of a case: the name of its run, then what the grid and zip choose, then the seed of its replicate.
 *
 * Two cases never share a name: short keys are unique among the keys that are swept, and a text that could be mistaken
 * for something else is quoted. A case without any of these has no name of its own.
 *
 * @example `under-100k/learningRate=0.001,batchSize=32/seed=2`
 */
export function caseName(
  entry: string | undefined,
  chosen: Overrides,
  { seed }: Replicate,
  shortKeys: ReadonlyMap<string, string>,
): string | undefined {
  const choices = [...chosen].map(
    ([key, { value }]) => `${shortKeys.get(key) ?? key}=${formatValue(value)}`,
  );
  const parts: string[] = [];
  if (entry !== undefined) parts.push(entry);
  if (choices.length > 0) parts.push(choices.join(','));
  if (seed !== undefined) parts.push(`seed=${String(seed.value)}`);
  return parts.length === 0 ? undefined : parts.join('/');
}

/** The shortest endings of dotted keys that tell them apart: `learningRate`, but `splits.val` beside `split.val`. */
export function shortenKeys(keys: readonly string[]): ReadonlyMap<string, string> {
  return new Map(keys.map((key) => [key, shortenKey(key, keys)]));
}

function shortenKey(key: string, keys: readonly string[]): string {
  const segments = key.split('.');
  for (let length = 1; length < segments.length; length++) {
    const ending = segments.slice(-length).join('.');
    const sharing = keys.filter((other) => other === ending || other.endsWith(`.${ending}`));
    if (sharing.length === 1) return ending;
  }
  return key;
}

/** A value as it stands in a name. */
function formatValue(value: unknown): string {
  if (typeof value === 'string' && /^[\w.-]+$/.test(value)) return value;
  return JSON.stringify(value);
}

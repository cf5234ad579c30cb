import type { Definition, Override, RunEntry } from '../definition/definition.js';

/** One of the repetitions of a run. */
export interface Replicate {
  /** From 1. */
  readonly number: number;
  /** Its seed; undefined when runs are not repeated and keep the seed of their configuration. */
  readonly seed: Override | undefined;
}

/** The seed of the first replicate where nothing states one. */
const FIRST_SEED = 1;

/**
 * One repetition of a run, by its index from 0: seeds `seed`, `seed + 1`, ..., counted from the seed that the definition
 * states, so that they are known before the result that a run stands on.
 */
export function replicateAt(
  { replicates, base, set }: Definition,
  entry: RunEntry | undefined,
  index: number,
): Replicate {
  const stated = set.get('seed') ?? entry?.overrides.get('seed') ?? base.get('seed');
  const first = typeof stated?.value === 'number' ? stated.value : FIRST_SEED;
  const seed = { value: first + index, where: stated?.where ?? '' };
  return { number: index + 1, seed: replicates === 1 ? undefined : seed };
}

/** The repetitions of a run, lazily. */
export function* expandReplicates(
  definition: Definition,
  entry: RunEntry | undefined,
): Generator<Replicate> {
  for (let index = 0; index < definition.replicates; index++)
    yield replicateAt(definition, entry, index);
}

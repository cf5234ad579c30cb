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
 * The repetitions of a run: seeds `seed`, `seed + 1`, ..., counted from the seed that the definition states, so that
 * they are known before the result that a run stands on.
 */
export function* expandReplicates(
  definition: Definition,
  entry: RunEntry | undefined,
): Generator<Replicate> {
  const { replicates, base, set } = definition;
  const stated = set.get('seed') ?? entry?.overrides.get('seed') ?? base.get('seed');
  const first = typeof stated?.value === 'number' ? stated.value : FIRST_SEED;
  for (let index = 0; index < replicates; index++) {
    const seed = { value: first + index, where: stated?.where ?? '' };
    yield { number: index + 1, seed: replicates === 1 ? undefined : seed };
  }
}

import type { Generator } from './generator.js';

/** The integers 0 … n - 1 in random order (Fisher and Yates; Durstenfeld, 1964). */
export function shuffledIndices(count: number, generator: Generator): Int32Array {
  const indices = Int32Array.from({ length: count }, (_, index) => index);
  for (let last = count - 1; last > 0; last--) {
    const other = generator.integer(0, last);
    const kept = indices[last]!;
    indices[last] = indices[other]!;
    indices[other] = kept;
  }
  return indices;
}

import type { RunRow } from '../core/store/run-row.js';

/**
 * Every name that a sweep gives a run, in the order of its definition: cases that resolve to the same configuration and
 * seed are one run. The first is the one that is shown.
 */
export function runNames({ appearances }: RunRow, sweep: string): string[] {
  return appearances.filter((place) => place.sweep === sweep).map(({ name }) => name);
}

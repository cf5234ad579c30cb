import type { SampleConfig } from '../config/run-schema.js';

/** Whether texts are sampled after this epoch, while training goes on. */
export function samplesAfterEpoch(
  { count, during }: SampleConfig,
  epoch: number,
  improved: boolean,
): boolean {
  if (count === 0) return false;
  if (during === 'never') return false;
  if (during === 'improvements') return improved;
  return during.includes(epoch);
}

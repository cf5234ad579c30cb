import type { MachineResources } from './machine.js';

/** How many runs at once, and how many threads each. */
export interface JobPlan {
  readonly jobs: number;
  readonly threads: number;
}

/** Share of the available memory that runs may plan for; the rest is for the system and for estimates that are low. */
const MEMORY_SHARE = 0.8;

/**
 * As many runs at once as there are cores, fewer where memory does not allow it: two runs with a thread each finish
 * sooner than one after the other with two threads. Cores that are left over are shared out as threads.
 *
 * @param memoryBytes estimate for each run that may have to be done
 * @param requested `--jobs`, which memory does not reduce: who asks for it knows the machine
 */
export function chooseJobs(
  { cores, memoryBytes: available }: MachineResources,
  memoryBytes: readonly number[],
  requested?: number,
): JobPlan {
  const jobs = requested ?? Math.min(cores, fitting(available * MEMORY_SHARE, memoryBytes));
  return { jobs, threads: Math.max(1, Math.floor(cores / jobs)) };
}

/** How many of the largest runs fit side by side; at least one, which the worker then tries. */
function fitting(budget: number, memoryBytes: readonly number[]): number {
  const largestFirst = memoryBytes.toSorted((a, b) => b - a);
  let used = 0;
  for (const [index, bytes] of largestFirst.entries()) {
    used += bytes;
    if (used > budget) return Math.max(1, index);
  }
  return Number.MAX_SAFE_INTEGER;
}

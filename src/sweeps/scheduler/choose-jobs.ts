import type { MachineResources } from '../../core/engine/machine.js';

/** How many runs at once, and how many threads each. */
export interface JobPlan {
  readonly jobs: number;
  readonly threads: number;
}

/** Share of the available memory that runs may plan for; the rest is for the system and for estimates that are low. */
const MEMORY_SHARE = 0.8;

/** What the number of runs at once depends on. */
export interface JobsRequest {
  /** Estimate for each run that may have to be done. */
  readonly memoryBytes: readonly number[];
  /** GPUs that the runs are spread over; 0 when they run on the processor. @default 0 */
  readonly gpus?: number;
  /** `--jobs`, which memory does not reduce: who asks for it knows the machine. */
  readonly requested?: number | undefined;
}

/**
 * As many runs at once as there are cores, fewer where memory does not allow it: two runs with a thread each finish
 * sooner than one after the other with two threads. Cores that are left over are shared out as threads.
 *
 * On GPUs one run each: two on one GPU would share its memory and take turns.
 */
export function chooseJobs(
  { cores, memoryBytes: available }: MachineResources,
  { memoryBytes, gpus = 0, requested }: JobsRequest,
): JobPlan {
  const byMachine =
    gpus > 0 ? gpus : Math.min(cores, fitting(available * MEMORY_SHARE, memoryBytes));
  const jobs = requested ?? byMachine;
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

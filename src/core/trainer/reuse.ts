/** After a longer run the process is replaced: starting one takes less than a five-hundredth of that. */
const LONGEST_RUN_MS = 600_000;
/** Memory beyond which a process is replaced: what large runs leave behind would add up. */
const MOST_BYTES = 1024 ** 3;
/** Asking the system for the memory of this process takes as long as some of the work of a short run. */
const MEMORY_LOOK_MS = 1_000;

let lookedMs = -Infinity;
let isLarge = false;

/** Whether a process that has done a run is as good as a new one. */
export function canBeReused(runMs: number): boolean {
  const nowMs = performance.now();
  if (runMs > MEMORY_LOOK_MS || nowMs - lookedMs > MEMORY_LOOK_MS) {
    isLarge = process.memoryUsage.rss() >= MOST_BYTES;
    lookedMs = nowMs;
  }
  return process.connected && runMs < LONGEST_RUN_MS && !isLarge;
}

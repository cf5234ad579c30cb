import { formatBytes } from '../core/engine/memory.js';
import type { PlannedRun } from '../sweeps/plan/planned-run.js';

/** What cannot be trained on the CPU of a machine with so much memory, in a sentence; none where all can. */
export function memoryNotes(runs: readonly PlannedRun[], machineBytes: number): string[] {
  const tooLarge = runs
    .flatMap((run) => (run.status === 'new' || run.status === 'to-be-continued' ? [run] : []))
    .filter(({ memoryBytes = 0 }) => memoryBytes > machineBytes);
  const [first, ...others] = tooLarge;
  if (first === undefined) return [];
  const more = others.length === 0 ? '' : ` (and so ${others.length} more)`;
  return [
    `${first.name}${more} needs about ${formatBytes(first.memoryBytes ?? 0)} of memory to train on the CPU, and this machine has ${formatBytes(machineBytes)}: it would be refused here`,
  ];
}

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Part } from './part.js';
import { count, sweep } from './program.js';
import { trivialSweep } from './trials.js';

const EPOCHS = 2;

/** Memory of the process that runs a sweep of very many runs. */
export const measureCoordinatorMemory: Part = async (folder, { memoryRuns }, add) => {
  writeFileSync(join(folder, 'long.yaml'), trivialSweep('long', memoryRuns, EPOCHS));
  const { peakMiB, memoryMiB } = await sweep(folder, 'run', 'long.yaml', '--plain');
  const at = (share: number): string =>
    (memoryMiB[Math.floor(share * (memoryMiB.length - 1))] ?? Number.NaN).toFixed(0);
  add(
    `memory of the coordinator over ${count(memoryRuns)} trivial runs`,
    'flat, at most 300 MB',
    `peak ${peakMiB.toFixed(0)} MiB; after a quarter, half, three quarters and all of the time ${[0.25, 0.5, 0.75, 1].map(at).join(', ')} MiB`,
  );
};

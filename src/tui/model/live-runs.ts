import { isLeaseAlive, readLease } from '../../core/run-folder/lease.js';
import type { ResultsPaths } from '../../core/run-folder/paths.js';

/** Those of the candidates that a living worker holds, sorted. */
export function findLiveRuns(paths: ResultsPaths, candidates: Iterable<string>): string[] {
  const live = [...new Set(candidates)].filter((id) => {
    const lease = readLease(paths.run(id).lease);
    return lease !== null && isLeaseAlive(lease);
  });
  return live.sort();
}

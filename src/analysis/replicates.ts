import type { RunRow } from '../core/store/run-row.js';
import { designPoints, toDesignRun } from './design/design-points.js';
import { hasEnded } from './objective.js';
import { summarize, type Summary } from './statistics/summary.js';
import type { ReplicateGroup } from './sweep-analysis.js';

/** Groups of two and more trained runs that came to an end and differ by the seed only, in the order of their first runs. */
export function groupReplicates(runs: readonly RunRow[]): ReplicateGroup[] {
  return designPoints(runs.filter(hasEnded).map(toDesignRun))
    .filter(({ replicates }) => replicates.length > 1)
    .map(({ replicates }) => summarizeGroup(replicates));
}

function summarizeGroup(group: readonly RunRow[]): ReplicateGroup {
  const over = (value: (run: RunRow) => number | null): Summary | null =>
    summarize(group.map(value).filter((found) => found !== null));
  return {
    runIds: group.map((run) => run.id),
    names: group.map((run) => run.name),
    valNll: over((run) => run.bestValNll),
    valTop1: over((run) => run.bestValTop1),
    testNll: over((run) => run.testNll),
    testTop1: over((run) => run.testTop1),
  };
}

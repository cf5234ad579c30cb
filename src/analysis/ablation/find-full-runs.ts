import type { SweepDatabase } from '../../core/store/database.js';
import { runsByIds } from '../../core/store/run-queries.js';
import type { RunRow } from '../../core/store/run-row.js';
import { runsOnMoreTexts } from '../../core/store/size-queries.js';
import type { LoadedSweep } from '../loaded-sweep.js';
import { hasEnded } from '../objective.js';

/** A run on a part of the training texts, and the same run on the most of them. */
export interface AblationPair {
  readonly ablated: RunRow;
  readonly full: RunRow;
}

/** Runs of a sweep that are looked for in the whole database: more than these nobody compares one by one. */
const MOST_SEARCHED = 24;

/**
 * For each sweep its runs on fewer texts with their full runs, in the order of the definition.
 *
 * Runs that came to no end are left out: they would be judged by how far they got. A full run is looked for among all of these sweeps. Only for a sweep that has none there the rest of the database is
 * looked through: the ablation is then reported without the sweep that it was made of.
 *
 * @returns name of the sweep to pairs; a sweep without one is left out
 */
export function findFullRuns(
  db: SweepDatabase,
  sweeps: readonly LoadedSweep[],
): Map<string, readonly AblationPair[]> {
  const byTraining = groupByTraining(sweeps.flatMap(({ runs }) => runs));
  const found = new Map<string, readonly AblationPair[]>();
  for (const { sweep, runs } of sweeps) {
    const ablated = runs.filter((run) => run.dataLimit !== null && hasEnded(run));
    const pairs = ablated.flatMap((run) => pairWith(run, byTraining.get(trainingOf(run)) ?? []));
    const all = pairs.length > 0 ? pairs : searchDatabase(db, ablated.slice(0, MOST_SEARCHED));
    if (all.length > 0) found.set(sweep.name, all);
  }
  return found;
}

function searchDatabase(db: SweepDatabase, ablated: readonly RunRow[]): AblationPair[] {
  if (ablated.length === 0) return [];
  const ids = runsOnMoreTexts(
    db,
    ablated.map(({ id }) => id),
  );
  return ablated.flatMap((run) => {
    const larger = ids.filter(({ runId }) => runId === run.id).map(({ largerId }) => largerId);
    return pairWith(run, runsByIds(db, larger));
  });
}

/** With the candidate of the most texts; the first of equals. */
function pairWith(ablated: RunRow, candidates: readonly RunRow[]): AblationPair[] {
  const [first, ...others] = candidates.filter((run) => hasMoreTexts(run, ablated));
  if (first === undefined) return [];
  const full = others.reduce((most, run) => (limitOf(run) > limitOf(most) ? run : most), first);
  return [{ ablated, full }];
}

/** A limit above the number of texts that there are takes none away. */
function hasMoreTexts(run: RunRow, than: RunRow): boolean {
  if (limitOf(run) <= limitOf(than)) return false;
  return run.textsTrain === null || than.textsTrain === null || run.textsTrain > than.textsTrain;
}

function limitOf({ dataLimit }: RunRow): number {
  return dataLimit ?? Infinity;
}

function groupByTraining(runs: readonly RunRow[]): Map<string, RunRow[]> {
  const groups = new Map<string, RunRow[]>();
  for (const run of runs) {
    if (run.kind !== 'train' || !hasEnded(run)) continue;
    const training = trainingOf(run);
    groups.set(training, [...(groups.get(training) ?? []), run]);
  }
  return groups;
}

/** Everything that a training depends on but the number of its texts. */
function trainingOf({ config }: RunRow): string {
  if (config.kind === 'sample') return config.sourceKey;
  return JSON.stringify({ ...config, sample: null, dataset: { ...config.dataset, limit: null } });
}

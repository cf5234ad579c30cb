import type { SweepDatabase } from '../core/store/database.js';
import type { RunRow } from '../core/store/run-row.js';
import { analyzeRun } from './analyze-run.js';
import { baselinesOf } from './baselines.js';
import { compareWithBest } from './comparisons.js';
import { correlateConfigurations, correlateRuns } from './correlations.js';
import { checkDesign } from './design/check-design.js';
import { toDesignRun } from './design/design-points.js';
import { forestImportance } from './design/forest-importance.js';
import { keyEffects } from './design/key-effects.js';
import { scoredDesign } from './design/scored-design.js';
import { analysisNotes } from './notes.js';
import { objectiveValue } from '../core/store/objective-value.js';
import { loadSweep, type LoadedSweep } from './loaded-sweep.js';
import { objectiveOf, rankRuns, type Objective } from './objective.js';
import { runNames } from './run-names.js';
import { groupReplicates } from './replicates.js';
import type { SweepAnalysis } from './sweep-analysis.js';

/**
 * Scores, correlations and ranking of all runs of a sweep. Every number comes from the database or is computed from it
 * here, unrounded.
 *
 * @throws SweepError `bad-call` when the sweep is unknown, with the closest names
 */
export function analyzeSweep(db: SweepDatabase, sweepName: string): SweepAnalysis {
  return analyzeLoaded(db, loadSweep(db, sweepName));
}

/** {@link analyzeSweep} of what is read already. */
export function analyzeLoaded(
  db: SweepDatabase,
  { sweep, runs: rows, epochs: epochsByRun }: LoadedSweep,
): SweepAnalysis {
  const objective = objectiveOf(sweep);
  const ranks = rankRuns(rows, objective);
  const { byRun, pooled } = correlateRuns(epochsByRun);
  const runs = rows.map((row) =>
    analyzeRun(db, row, {
      rank: ranks.get(row.id) ?? null,
      correlation: byRun.get(row.id) ?? null,
      epochs: epochsByRun.get(row.id) ?? [],
    }),
  );
  const design = checkDesign(rows.map(toDesignRun));
  const scored = scoredDesign(rows, objective);
  return {
    version: 1,
    kind: 'analysis',
    sweep: sweep.name,
    title: sweep.title,
    objective,
    best: findBest(rows, ranks, objective),
    runs,
    replicates: groupReplicates(rows),
    correlations: { pooled, ...correlateConfigurations(rows, objective) },
    comparison: compareWithBest(db, rows, ranks),
    baselines: baselinesOf(db, rows),
    design,
    effects: keyEffects(objective.metric, scored, design),
    forest: forestImportance(objective.metric, scored, design),
    notes: analysisNotes(
      runs,
      objective,
      new Map(rows.map((row) => [row.id, runNames(row, sweep.name)])),
    ),
  };
}

/** The run in first place; the first of equals in the order of the definition. */
function findBest(
  rows: readonly RunRow[],
  ranks: ReadonlyMap<string, number>,
  objective: Objective,
): SweepAnalysis['best'] {
  const first = rows.find((row) => ranks.get(row.id) === 1);
  if (first === undefined) return null;
  const value = objectiveValue(first, objective.metric);
  return value === null ? null : { id: first.id, name: first.name, value };
}

import { objectiveValue } from '../core/store/objective-value.js';
import type { RunRow } from '../core/store/run-row.js';
import type { SweepRow } from '../core/store/sweep-queries.js';

/** What "best" means in a sweep. */
export interface Objective {
  /** Such as `val.nll`. */
  readonly metric: string;
  readonly goal: 'minimize' | 'maximize';
  /** Whether the definition says nothing, so that this is the default. */
  readonly isDefault: boolean;
}

/** The objective of a sweep; without one, the lowest validation NLL, by which training keeps its best checkpoint. */
export function objectiveOf(sweep: SweepRow): Objective {
  if (sweep.objectiveMetric === null) {
    return { metric: 'val.nll', goal: 'minimize', isDefault: true };
  }
  return {
    metric: sweep.objectiveMetric,
    goal: sweep.objectiveGoal ?? 'minimize',
    isDefault: false,
  };
}

/**
 * Places from 1; equal values share a place. Only runs that came to an end of their own have one: a run that was
 * stopped or failed half way would be compared by how far it got.
 *
 * @returns run id to place
 */
export function rankRuns(runs: readonly RunRow[], objective: Objective): Map<string, number> {
  const sign = objective.goal === 'minimize' ? 1 : -1;
  const entries = runs.flatMap((run) => {
    const value = endedValue(run, objective.metric);
    return value === null ? [] : [{ id: run.id, value: sign * value }];
  });
  return new Map(
    entries.map(({ id, value }) => [id, 1 + entries.filter((other) => other.value < value).length]),
  );
}

/** A run's value of a metric; null also for one that was stopped, failed or is not at its end. */
export function endedValue(run: RunRow, metric: string): number | null {
  return hasEnded(run) ? objectiveValue(run, metric) : null;
}

/** Whether a run came to an end of its own. */
export function hasEnded({ outcome }: RunRow): boolean {
  return outcome === 'completed' || outcome === 'diverged';
}

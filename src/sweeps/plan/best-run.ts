import type { TrainRunConfig } from '../../core/config/run-schema.js';
import type { FromReference, Objective } from '../definition/definition.js';
import { hasEnded, type RunHistory } from './history.js';
import type { PlannedRun, ResolvedRun, RunReference } from './planned-run.js';

/** The runs of one sweep among which the best is chosen. */
export interface Candidates {
  readonly sweep: string;
  /** They are looked at one after the other, and only the best is kept: there may be very many. */
  readonly runs: Iterable<PlannedRun> | AsyncIterable<PlannedRun>;
  readonly objective: Objective;
}

/** A training run that turned out best. */
export type BestRun = ResolvedRun & { readonly config: TrainRunConfig };

/** The best run, or why it cannot be told yet. */
export type Choice =
  | { readonly best: BestRun }
  | { readonly waitingFor: readonly RunReference[]; readonly reason: string };

/**
 * The best of some runs, once all of them have ended and at least one has a value to compare; the earlier one of two
 * equal runs. Runs that only sample are not compared.
 */
export async function chooseBest(
  { sweep, runs, objective }: Candidates,
  history: RunHistory,
): Promise<Choice> {
  const waitingFor: RunReference[] = [];
  let best: { run: BestRun; value: number } | undefined;
  for await (const run of runs) {
    if (isSampling(run)) continue;
    if (!isOver(run)) waitingFor.push({ sweep, run: run.name });
    if (waitingFor.length > 0 || !isTraining(run)) continue;
    const value = history.objectiveValue(run.id, objective.metric);
    if (value === undefined || !Number.isFinite(value)) continue;
    if (best === undefined || isBetter(value, best.value, objective)) best = { run, value };
  }
  if (waitingFor.length > 0)
    return {
      waitingFor,
      reason: `the best of ${sweep} is known once ${countOf(waitingFor.length)} ended`,
    };
  if (best !== undefined) return { best: best.run };
  return { waitingFor: [], reason: `no run of ${sweep} has a value of ${objective.metric}` };
}

/** Whether a reference means a run: it names it, or all; a replicate is also found by the name of its run. */
export function isSelected({ name }: PlannedRun, { runs: names }: FromReference): boolean {
  return names === undefined || names.includes(name) || names.includes(name.split('/')[0] ?? '');
}

function isOver(run: PlannedRun): boolean {
  return run.status !== 'waiting' && hasEnded(run.state);
}

function isSampling(run: PlannedRun): boolean {
  return run.status !== 'waiting' && run.config.kind === 'sample';
}

function isTraining(run: PlannedRun): run is BestRun {
  return run.status !== 'waiting' && run.config.kind === 'train';
}

function isBetter(value: number, other: number, { goal }: Objective): boolean {
  return goal === 'minimize' ? value < other : value > other;
}

function countOf(count: number): string {
  return count === 1 ? '1 more run has' : `${count} more runs have`;
}

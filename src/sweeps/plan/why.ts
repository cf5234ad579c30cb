import { runIdentity } from '../../core/config/run-key.js';
import type { RunConfig } from '../../core/config/run-schema.js';
import type { PlannedRun, ResolvedRun } from './planned-run.js';
import type { SweepPlan } from './sweep-plan.js';
import { flattenConfig } from './where.js';

/** A field in which two runs differ: what the first and what the second has; undefined where it has none. */
export type Differences = Readonly<Record<string, readonly [unknown, unknown]>>;

/** Everything that makes a run the run it is: see `runIdentity`. */
export type RunIdentity = Readonly<Record<string, unknown>>;

/** The fields that make two runs different ones, by dotted key; empty when they are the same run. */
export function whyDifferent(left: RunIdentity, right: RunIdentity): Differences {
  const a = flattenConfig(left);
  const b = flattenConfig(right);
  const differences: Record<string, readonly [unknown, unknown]> = {};
  for (const key of new Set([...a.keys(), ...b.keys()]))
    if (JSON.stringify(a.get(key)) !== JSON.stringify(b.get(key)))
      differences[key] = [a.get(key), b.get(key)];
  return differences;
}

/** The run of a plan that is closest to a given one. */
export interface NearestRun {
  /** Sweep in which the nearest run is. */
  readonly sweep: string;
  readonly run: ResolvedRun;
  /** From the given run to the nearest one; empty when it is the same. */
  readonly differences: Differences;
}

/**
 * The run of a plan, or of a plan that it stands on, which differs from a given run in the fewest fields; undefined
 * when no run of the plan is resolved.
 */
export function findNearestRun(
  config: RunConfig,
  dataFingerprint: string | null,
  plan: SweepPlan,
): NearestRun | undefined {
  const identity = runIdentity(config, dataFingerprint);
  let nearest: NearestRun | undefined;
  for (const { sweep, run } of resolvedRuns(plan)) {
    const differences = whyDifferent(identity, runIdentity(run.config, run.dataFingerprint));
    const isNearer =
      nearest === undefined ||
      Object.keys(differences).length < Object.keys(nearest.differences).length;
    if (isNearer) nearest = { sweep, run, differences };
  }
  return nearest;
}

function* resolvedRuns(plan: SweepPlan): Generator<{ sweep: string; run: ResolvedRun }> {
  const isResolved = (run: PlannedRun): run is ResolvedRun => run.status !== 'waiting';
  for (const run of plan.runs.filter(isResolved)) yield { sweep: plan.definition.name, run };
  for (const upstream of plan.upstream) yield* resolvedRuns(upstream);
}

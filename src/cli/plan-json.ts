import { checkPlan } from './design-notes.js';
import type { PlannedRun } from '../sweeps/plan/planned-run.js';
import type { PlanPreview, SweepPlan } from '../sweeps/plan/plan.js';

/** The document of `sweep plan --json`; see docs/json.md: fields may be added within a version, never changed. */
export function planJson(plan: SweepPlan | PlanPreview): object {
  return { version: 1, kind: 'plan', ...partJson(plan), design: checkPlan(plan) };
}

/** What is not known without looking at each run of a large sweep is null. */
const UNKNOWN = { new: null, finished: null, 'to-be-continued': null, waiting: null };

function partJson(plan: SweepPlan | PlanPreview): object {
  const { definition, runs, upstream } = plan;
  const isWhole = 'totals' in plan;
  const totals = isWhole ? plan.totals : UNKNOWN;
  return {
    sweep: definition.name,
    title: definition.title ?? null,
    file: definition.file,
    objective: definition.objective,
    totals: {
      new: totals.new,
      finished: totals.finished,
      toBeContinued: totals['to-be-continued'],
      waiting: totals.waiting,
    },
    expectedSeconds: isWhole ? (plan.expectedSeconds ?? null) : null,
    runCount: isWhole ? runs.length : plan.runCount,
    runs: runs.map(runJson),
    upstream: upstream.map((other) => partJson(other)),
  };
}

function runJson(run: PlannedRun): object {
  const { name, changes, replicate, status } = run;
  if (run.status === 'waiting') {
    const { waitingFor, reason } = run;
    return { name, changes, replicate, status, waitingFor, reason };
  }
  const { id, key, state, reusedFrom, sameAs, config, dataFingerprint, parameters } = run;
  return {
    name,
    changes,
    replicate,
    status,
    id,
    key,
    state: state ?? null,
    reusedFrom,
    sameAs: sameAs ?? null,
    parameters,
    memoryBytes: run.memoryBytes ?? null,
    expectedSeconds: run.expectedSeconds ?? null,
    dataFingerprint,
    config,
  };
}

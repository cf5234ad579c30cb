import { type Device, deviceName, isGpu } from '../../core/engine/devices.js';
import type { ResultsPaths } from '../../core/run-folder/paths.js';
import type { RunOutcome } from '../../core/run-folder/run-state.js';
import { clearStopRequest } from '../../core/run-folder/stop-request.js';
import type { Recorder } from '../../core/store/recorder.js';
import { clearSweepControl } from '../control/sweep-control.js';
import type { LoadedDefinition } from '../definition/definition.js';
import type { Launcher } from '../launchers/launcher.js';
import { type PlanContext, planSweep, type SweepPlan } from '../plan/plan.js';
import { chooseJobs, type JobPlan } from './choose-jobs.js';
import { doRuns, type RunTodo } from './do-runs.js';
import { countValues, type ValueCounts } from './failure-tally.js';
import type { StopSignals } from './follow-worker.js';
import type { MachineResources } from '../../core/engine/machine.js';
import type { SweepObserver } from './observer.js';
import { recordPlan } from './record-plan.js';
import type { RunPolicy } from './run-policy.js';

/** What a sweep is run with. */
export interface SweepOrder {
  readonly definition: LoadedDefinition;
  readonly paths: ResultsPaths;
  readonly recorder: Recorder;
  readonly launcher: Launcher;
  readonly context: PlanContext;
  readonly machine: MachineResources;
  /** `--jobs`. */
  readonly jobs: number | undefined;
  /** Where runs are done, at least one: several GPUs share them. */
  readonly devices: readonly Device[];
  /** For the workers' record. */
  readonly environment: Readonly<Record<string, string>>;
  readonly policy: RunPolicy;
  readonly signals: StopSignals;
  readonly observer: SweepObserver;
}

/** How a sweep ended. */
export interface SweepResult {
  /** The plan as it stands at the end. */
  readonly plan: SweepPlan;
  /** Outcomes of the runs that were worked on now; what was finished before is not in it. */
  readonly outcomes: ReadonlyMap<string, RunOutcome>;
  /** Whether a user asked it to stop, so that runs may be left. */
  readonly isStopped: boolean;
  /** Why it gave up because of runs that failed, so that runs are left; null when it did not. */
  readonly gaveUp: string | null;
}

/**
 * Runs a sweep to its end: plans, does what is left, and plans again, because a run that stood on a result may be
 * resolved now. Sweeps that it stands on are done first.
 *
 * A definition names the wanted end: what is finished is not done again, and what is not is continued. A run that
 * fails is tried again where that can help; the others go on.
 *
 * @throws SweepError whatever planning throws; a failing run throws nothing
 */
export async function runSweep(order: SweepOrder): Promise<SweepResult> {
  const { definition, paths, recorder, context, signals, observer } = order;
  recorder.ingestAll(); // what workers left behind when their coordinator died
  const outcomes = new Map<string, RunOutcome>();
  let jobs: JobPlan | undefined;
  let isStopped = false;
  let gaveUp: string | null = null;
  for (;;) {
    const plan = await planSweep(definition, context);
    const plans = inOrder(plan);
    for (const each of plans) recordPlan(each, paths, recorder);
    if (jobs === undefined) takeBackWishes(plans, paths);
    // The number of threads can change the last bits of a result: it depends on all runs, not on what is left of them.
    jobs ??= chooseJobs(order.machine, {
      memoryBytes: memoryOf(plans),
      gpus: order.devices.filter(isGpu).length,
      requested: order.jobs,
    });

    const todo = nextTodo(plans, outcomes);
    isStopped ||= signals.stop.aborted;
    if (todo.length === 0 || isStopped || gaveUp !== null)
      return { plan, outcomes, isStopped, gaveUp };
    if (outcomes.size === 0) {
      const devices = order.devices.map(deviceName);
      observer.onBegin({ ...jobs, todo: todo.length, reused: plan.totals.finished, devices });
    }
    const sweeps = [...new Set([definition.name, ...todo.map(({ sweep }) => sweep)])];
    const values = valuesOf(plans, todo[0]?.sweep);
    const result = await doRuns(todo, { ...order, plan: jobs, sweeps, values });
    for (const [id, outcome] of result.outcomes) outcomes.set(id, outcome);
    ({ isStopped, gaveUp } = result);
  }
}

/** A start is a newer wish than what was asked of earlier ones. */
function takeBackWishes(plans: readonly SweepPlan[], paths: ResultsPaths): void {
  for (const { definition, runs } of plans) {
    clearSweepControl(paths, definition.name);
    for (const run of runs) if (run.status !== 'waiting') clearStopRequest(paths.run(run.id));
  }
}

/** A plan and those it stands on, these first, each once. */
function inOrder(plan: SweepPlan): readonly SweepPlan[] {
  return [...new Set([...plan.upstream.flatMap(inOrder), plan])];
}

/** The values of the runs of one of the sweeps. */
function valuesOf(plans: readonly SweepPlan[], sweep: string | undefined): ValueCounts {
  const plan = plans.find(({ definition }) => definition.name === sweep);
  return countValues(
    (plan?.runs ?? []).filter((run) => run.status === 'waiting' || run.sameAs === undefined),
  );
}

function memoryOf(plans: readonly SweepPlan[]): number[] {
  return plans.flatMap(({ runs }) =>
    runs.flatMap((run) =>
      run.status !== 'waiting' && run.sameAs === undefined && run.memoryBytes !== undefined
        ? [run.memoryBytes]
        : [],
    ),
  );
}

/** The runs to try of the first sweep that has runs left which were not tried yet. */
function nextTodo(plans: readonly SweepPlan[], tried: ReadonlyMap<string, RunOutcome>): RunTodo[] {
  for (const { definition, runs } of plans) {
    const todo = runs.flatMap((planned) =>
      planned.status !== 'waiting' &&
      planned.status !== 'finished' &&
      planned.sameAs === undefined &&
      !tried.has(planned.id)
        ? [
            {
              sweep: definition.name,
              name: planned.name,
              id: planned.id,
              changes: planned.changes,
              isContinued: planned.status === 'to-be-continued',
            },
          ]
        : [],
    );
    if (todo.length > 0) return todo;
  }
  return [];
}

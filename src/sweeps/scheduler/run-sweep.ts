import pLimit from 'p-limit';
import { type Device, deviceName, isGpu } from '../../core/engine/devices.js';
import type { ResultsPaths } from '../../core/run-folder/paths.js';
import { readRunFile } from '../../core/run-folder/run-file.js';
import type { RunOutcome } from '../../core/run-folder/run-state.js';
import type { Recorder } from '../../core/store/recorder.js';
import type { LoadedDefinition } from '../definition/definition.js';
import type { Launcher } from '../launchers/launcher.js';
import { type PlanContext, planSweep, type SweepPlan } from '../plan/plan.js';
import type { ResolvedRun } from '../plan/planned-run.js';
import { chooseJobs, type JobPlan } from './choose-jobs.js';
import { DevicePool } from './device-pool.js';
import { executeRun, type StopSignals } from './execute-run.js';
import type { MachineResources } from '../../core/engine/machine.js';
import type { ObservedRun, SweepObserver } from './observer.js';
import { recordPlan } from './record-plan.js';

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
  readonly signals: StopSignals;
  readonly observer: SweepObserver;
}

/** How a sweep ended. */
export interface SweepResult {
  /** The plan as it stands at the end. */
  readonly plan: SweepPlan;
  /** Outcomes of the runs that were worked on now; what was finished before is not in it. */
  readonly outcomes: ReadonlyMap<string, RunOutcome>;
}

/** A run to do, with the sweep that asks for it. */
interface Todo {
  readonly sweep: string;
  readonly planned: ResolvedRun;
}

/**
 * Runs a sweep to its end: plans, does what is left, and plans again, because a run that stood on a result may be
 * resolved now. Sweeps that it stands on are done first.
 *
 * A definition names the wanted end: what is finished is not done again, and what is not is continued. A run is tried
 * once; if it fails, the others go on.
 *
 * @throws SweepError whatever planning throws; a failing run throws nothing
 */
export async function runSweep(order: SweepOrder): Promise<SweepResult> {
  const { definition, paths, recorder, context, signals, observer } = order;
  recorder.ingestAll(); // what workers left behind when their coordinator died
  const outcomes = new Map<string, RunOutcome>();
  let jobs: JobPlan | undefined;
  for (;;) {
    const plan = await planSweep(definition, context);
    const plans = inOrder(plan);
    for (const each of plans) recordPlan(each, paths, recorder);
    // The number of threads can change the last bits of a result: it depends on all runs, not on what is left of them.
    jobs ??= chooseJobs(order.machine, {
      memoryBytes: memoryOf(plans),
      gpus: order.devices.filter(isGpu).length,
      requested: order.jobs,
    });

    const todo = nextTodo(plans, outcomes);
    if (todo.length === 0 || signals.stop.aborted) return { plan, outcomes };
    if (outcomes.size === 0) observer.onBegin(todo.length, plan.totals.finished, jobs);
    await doAll(todo, jobs, order, outcomes);
  }
}

/** A plan and those it stands on, these first, each once. */
function inOrder(plan: SweepPlan): readonly SweepPlan[] {
  return [...new Set([...plan.upstream.flatMap(inOrder), plan])];
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
function nextTodo(plans: readonly SweepPlan[], tried: ReadonlyMap<string, RunOutcome>): Todo[] {
  for (const { definition, runs } of plans) {
    const todo = runs.flatMap((planned) =>
      planned.status !== 'waiting' &&
      planned.status !== 'finished' &&
      planned.sameAs === undefined &&
      !tried.has(planned.id)
        ? [{ sweep: definition.name, planned }]
        : [],
    );
    if (todo.length > 0) return todo;
  }
  return [];
}

/** Does runs side by side. An error of the scheduler itself is thrown when the runs that go on have ended. */
async function doAll(
  todo: readonly Todo[],
  { jobs, threads }: JobPlan,
  order: SweepOrder,
  outcomes: Map<string, RunOutcome>,
): Promise<void> {
  const limit = pLimit(jobs);
  const pool = new DevicePool(order.devices);
  const results = await Promise.allSettled(
    todo.map((one) =>
      limit(async () => {
        if (order.signals.stop.aborted) return;
        const use = (device: Device): Promise<RunOutcome> => doRun(one, device, threads, order);
        outcomes.set(one.planned.id, await pool.use(use));
      }),
    ),
  );
  for (const result of results) if (result.status === 'rejected') throw result.reason;
}

async function doRun(
  { sweep, planned }: Todo,
  device: Device,
  threads: number,
  { paths, recorder, launcher, environment, signals, observer }: SweepOrder,
): Promise<RunOutcome> {
  const runPaths = paths.run(planned.id);
  const run = readRunFile(runPaths.runFile);
  const observed: ObservedRun = { name: planned.name, sweep, run, log: runPaths.log };
  observer.onRunStart(observed, planned.status === 'to-be-continued');
  const listener = {
    onEvents: (events: Parameters<SweepObserver['onEvents']>[1]): void => {
      recorder.ingest(run.id);
      observer.onEvents(observed, events);
    },
  };
  const workOrder = { paths: runPaths, threads, device: deviceName(device), environment };
  const outcome = await executeRun(launcher, workOrder, listener, signals);
  observer.onRunEnd(observed, outcome);
  return outcome;
}

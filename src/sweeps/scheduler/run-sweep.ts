import { type Device, deviceName, isGpu } from '../../core/engine/devices.js';
import type { MachineResources } from '../../core/engine/machine.js';
import type { ResultsPaths } from '../../core/run-folder/paths.js';
import type { Recorder } from '../../core/store/recorder.js';
import { clearSweepControl } from '../control/sweep-control.js';
import type { LoadedDefinition } from '../definition/definition.js';
import type { Launcher } from '../launchers/launcher.js';
import { type PlanContext, planInParts, type PlanSource } from '../plan/plan.js';
import type { WaitingRun } from '../plan/planned-run.js';
import { chooseJobs, type JobPlan } from './choose-jobs.js';
import { doRuns } from './do-runs.js';
import type { StopSignals } from './follow-worker.js';
import type { HeldResults } from './hold-results.js';
import type { SweepBegin, SweepObserver } from './observer.js';
import { OutcomeBook } from './outcome-book.js';
import type { RunPolicy } from './run-policy.js';
import { surveyDefinition, surveyRuns, type SweepSurvey } from './survey-sweep.js';
import { type PlannedPart, SweepPass } from './sweep-pass.js';

/** What a sweep is run with. */
export interface SweepOrder {
  readonly definition: LoadedDefinition;
  readonly paths: ResultsPaths;
  /** This process as the coordinator there. */
  readonly held: HeldResults;
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
  /** Runs that are planned at once. @default {@link PART_RUNS} */
  readonly partRuns?: number;
}

/** How a sweep ended. */
export interface SweepResult {
  /** Runs of the sweep that were finished before. */
  readonly finished: number;
  /** Runs that stand on a result which is not there. */
  readonly waiting: { readonly count: number; readonly first: readonly WaitingRun[] };
  /** Outcomes of the runs that were worked on now; what was finished before is not in it. */
  readonly outcomes: OutcomeBook;
  /** Whether a user asked it to stop, so that runs may be left. */
  readonly isStopped: boolean;
  /** Why it gave up because of runs that failed, so that runs are left; null when it did not. */
  readonly gaveUp: string | null;
}

/** Runs that are planned at once: the first one begins soon, and memory does not depend on how many there are. */
export const PART_RUNS = 1_000;

/**
 * Runs a sweep to its end: plans, does what is left, and plans again while runs stand on a result that may be there by
 * now. Sweeps that it stands on are done first. A large sweep is planned part by part, while the runs of the part before
 * are done.
 *
 * A definition names the wanted end: what is finished is not done again, and what is not is continued. A run that
 * fails is tried again where that can help; the others go on.
 *
 * @throws SweepError whatever planning throws, when the runs that go on have ended; a failing run throws nothing
 */
export async function runSweep(order: SweepOrder): Promise<SweepResult> {
  order.recorder.ingestAll(); // what workers left behind when their coordinator died
  return new SweepRunner(order).run();
}

/** A sweep, with what is known of it before its first run. */
interface BegunSweep {
  readonly source: PlanSource;
  readonly survey: SweepSurvey;
  readonly pass: SweepPass;
  readonly first: PlannedPart | null;
}

class SweepRunner {
  readonly #order: SweepOrder;
  readonly #outcomes = new OutcomeBook();
  readonly #partRuns: number;
  #isStopped = false;
  #gaveUp: string | null = null;
  #hasBegun = false;

  constructor(order: SweepOrder) {
    this.#order = order;
    this.#partRuns = order.partRuns ?? PART_RUNS;
  }

  async run(): Promise<SweepResult> {
    const { definition, context, paths } = this.#order;
    const sources = planInParts(definition, context, this.#partRuns);
    for (const { definition: each } of sources) clearSweepControl(paths, each.name);
    const sweeps: BegunSweep[] = [];
    for (const source of sources) sweeps.push(await this.#begin(source));
    const jobs = this.#chooseJobs(sweeps);
    let last: SweepPass | undefined;
    for (const sweep of sweeps) {
      last = await this.#complete(sweep, jobs);
      if (this.#isOver) break;
    }
    return {
      finished: last?.finished ?? 0,
      waiting: { count: last?.waiting ?? 0, first: last?.firstWaiting ?? [] },
      outcomes: this.#outcomes,
      isStopped: this.#isStopped,
      gaveUp: this.#gaveUp,
    };
  }

  get #isOver(): boolean {
    this.#isStopped ||= this.#order.signals.stop.aborted;
    return this.#isStopped || this.#gaveUp !== null;
  }

  /** Puts the first part of a sweep on record, so that it is listed, and surveys the rest. */
  async #begin(source: PlanSource): Promise<BegunSweep> {
    const { machine, context } = this.#order;
    const pass = this.#newPass(source);
    const first = await pass.next();
    const order = { most: machine.cores, estimateMemory: context.estimateMemory };
    const survey =
      pass.planned < this.#partRuns
        ? surveyRuns(first?.runs ?? [], order)
        : surveyDefinition(source.definition, order);
    return { source, survey, pass, first };
  }

  #newPass(source: PlanSource): SweepPass {
    const { paths, recorder, held } = this.#order;
    return new SweepPass(source, { paths, recorder, held, tried: this.#outcomes });
  }

  /** The number of threads can change the last bits of a result: it depends on all runs, not on what is left of them. */
  #chooseJobs(sweeps: readonly BegunSweep[]): JobPlan {
    const { machine, devices, jobs } = this.#order;
    return chooseJobs(machine, {
      memoryBytes: sweeps.flatMap(({ survey }) => survey.memoryBytes),
      gpus: devices.filter(isGpu).length,
      requested: jobs,
    });
  }

  /** Does the runs of a sweep; again while some that waited may have what they wait for. @returns the last pass */
  async #complete({ source, survey, ...begun }: BegunSweep, jobs: JobPlan): Promise<SweepPass> {
    let { pass, first } = begun;
    if (this.#outcomes.size > 0) {
      // What it stands on was done meanwhile.
      pass = this.#newPass(source);
      first = await pass.next();
    }
    for (;;) {
      const before = this.#outcomes.size;
      await this.#doPass(pass, first, { survey, jobs });
      if (this.#isOver || pass.waiting === 0 || this.#outcomes.size === before) return pass;
      pass = this.#newPass(source);
      first = await pass.next();
    }
  }

  async #doPass(
    pass: SweepPass,
    first: PlannedPart | null,
    { survey, jobs }: { readonly survey: SweepSurvey; readonly jobs: JobPlan },
  ): Promise<void> {
    const part = await this.#findTodo(pass, first);
    if (part === null || this.#isOver) return;
    const { definition, observer } = this.#order;
    if (!this.#hasBegun) observer.onBegin(this.#describe(pass, part, jobs));
    this.#hasBegun = true;
    const sweeps = [...new Set([definition.name, pass.source.definition.name])];
    const result = await doRuns(pass.todoFrom(part), {
      ...this.#order,
      plan: jobs,
      sweeps,
      values: survey.values,
    });
    this.#outcomes.addAll(result.outcomes);
    this.#isStopped = result.isStopped;
    this.#gaveUp = result.gaveUp;
  }

  /** The first part in which something is to be done; all of a finished sweep are looked at. */
  async #findTodo(pass: SweepPass, first: PlannedPart | null): Promise<PlannedPart | null> {
    let part = first;
    let toldMs = performance.now();
    while (part !== null && part.todo.length === 0 && !this.#isOver) {
      if (performance.now() - toldMs > TELL_MS) {
        const { name, runCount } = pass.source.definition;
        const looked = `${formatNumber(pass.planned)} of ${formatNumber(runCount)}`;
        this.#order.observer.onNotice(`${name}: looked at ${looked} runs, nothing to do so far`);
        toldMs = performance.now();
      }
      part = await pass.next();
    }
    return part;
  }

  #describe(
    { finished, planned, source }: SweepPass,
    part: PlannedPart,
    jobs: JobPlan,
  ): SweepBegin {
    const { runCount } = source.definition;
    return {
      ...jobs,
      todo: part.todo.length,
      reused: finished,
      // A part that is not full is the last one.
      more: planned % this.#partRuns === 0 ? Math.max(0, runCount - planned) : 0,
      devices: this.#order.devices.map(deviceName),
    };
  }
}

/** How often is told how far the search for something to do is. */
const TELL_MS = 2_000;

function formatNumber(value: number): string {
  return value.toLocaleString('en-US');
}

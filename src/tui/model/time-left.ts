import type { LiveRun } from '../../core/store/dashboard-overview-queries.js';
import type { WorkGroup } from '../../core/store/dashboard-totals-queries.js';

/** Seconds that are likely left, and between which bounds. */
export interface TimeLeft {
  readonly seconds: number;
  readonly low: number;
  readonly high: number;
}

/** What is known of a run's size and course. */
export type RunCourse = Pick<
  LiveRun,
  | 'parameters'
  | 'tokens'
  | 'dataLimit'
  | 'maxEpochs'
  | 'patience'
  | 'epochs'
  | 'bestEpoch'
  | 'epochSeconds'
  | 'progressStep'
  | 'progressSteps'
  | 'progressSplit'
>;

/**
 * How long runs of a sweep take, from its own epochs: a run's epoch takes what its epochs took so far, else what those
 * of its size took, else what those of the nearest size took, in proportion to parameters × tokens × texts.
 *
 * After how many epochs a run ends is what early stopping decides. The sweep's completed runs say which share of
 * `maxEpochs` they took: their mean is the guess, their extremes the bounds. While none has completed, the lower bound
 * is the soonest that patience allows and the upper one `maxEpochs`, which is then also the guess.
 */
export class TimeLeftEstimator {
  readonly #groups: readonly WorkGroup[];
  /** Sizes with epochs, by rising work. */
  readonly #measured: readonly MeasuredSize[];
  readonly #shares: { readonly low: number; readonly mean: number; readonly high: number } | null;

  constructor(groups: readonly WorkGroup[]) {
    this.#groups = groups;
    this.#measured = measuredSizes(groups);
    this.#shares = sharesOf(groups);
  }

  /** Of a run that goes on; null when nothing has been measured, or when it does not train. */
  ofRun(run: RunCourse): TimeLeft | null {
    const { maxEpochs } = run;
    const seconds = this.#epochSeconds(run);
    if (seconds === null || maxEpochs === null) return null;
    const done = run.epochs + startedShare(run);
    const soonest = run.patience === null ? 1 : (run.bestEpoch ?? 0) + run.patience + 2;
    const least = Math.max(Math.min(maxEpochs, soonest), run.epochs);
    const total = this.#totalEpochs(maxEpochs, least);
    const left = (epochs: number): number => Math.max(0, epochs - done) * seconds;
    return { seconds: left(total.mean), low: left(total.low), high: left(total.high) };
  }

  /**
   * Of the whole sweep: all that is left, shared among the runs at once, but never less than the longest of them.
   *
   * @param live the runs that go on now
   * @param jobs runs at once
   */
  ofSweep(live: readonly RunCourse[], jobs: number): TimeLeft | null {
    const running = live.map((run) => this.ofRun(run)).filter((left) => left !== null);
    const planned = this.#groups.filter(({ unfinished }) => unfinished > 0);
    const waiting = planned.map((group) => this.#ofGroup(group));
    if (waiting.includes(null) || running.length + waiting.length === 0) return null;
    const parts = [...running, ...waiting.filter((left) => left !== null)];
    const share = (of: (left: TimeLeft) => number): number =>
      Math.max(parts.reduce((sum, left) => sum + of(left), 0) / jobs, 0, ...running.map(of));
    return {
      seconds: share(({ seconds }) => seconds),
      low: share(({ low }) => low),
      high: share(({ high }) => high),
    };
  }

  #ofGroup(group: WorkGroup): TimeLeft | null {
    const seconds = this.#epochSeconds({ ...group, epochs: 0, epochSeconds: null });
    if (seconds === null) return null;
    const total = this.#totalEpochs(group.maxEpochs, 1);
    const left = (epochs: number): number =>
      Math.max(0, epochs * group.unfinished - group.unfinishedEpochs) * seconds;
    return { seconds: left(total.mean), low: left(total.low), high: left(total.high) };
  }

  #totalEpochs(maxEpochs: number, least: number): { low: number; mean: number; high: number } {
    const shares = this.#shares ?? { low: least / maxEpochs, mean: 1, high: 1 };
    const bounded = (share: number): number =>
      Math.min(maxEpochs, Math.max(least, share * maxEpochs));
    // A run that outlives all before it may do so to the end.
    const high = bounded(shares.high) > least ? bounded(shares.high) : maxEpochs;
    return { low: bounded(shares.low), mean: bounded(shares.mean), high };
  }

  #epochSeconds(
    run: Pick<RunCourse, 'epochs' | 'epochSeconds' | 'parameters' | 'tokens' | 'dataLimit'>,
  ): number | null {
    if (run.epochs > 0 && run.epochSeconds !== null) return run.epochSeconds / run.epochs;
    const nearest = nearestSize(this.#measured, workOf(run));
    return nearest === null ? null : (workOf(run) / nearest.work) * nearest.seconds;
  }
}

/** What an epoch of runs of one size took. */
interface MeasuredSize {
  readonly work: number;
  readonly seconds: number;
}

function measuredSizes(groups: readonly WorkGroup[]): MeasuredSize[] {
  return groups
    .filter(({ epochs }) => epochs > 0)
    .map((group) => ({ work: workOf(group), seconds: group.epochSeconds / group.epochs }))
    .sort((a, b) => a.work - b.work);
}

/** By halves: a random search has as many sizes as runs. */
function nearestSize(sizes: readonly MeasuredSize[], work: number): MeasuredSize | null {
  let low = 0;
  let high = sizes.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sizes[middle]?.work ?? Infinity) < work) low = middle + 1;
    else high = middle;
  }
  const distance = (size: MeasuredSize): number => Math.abs(Math.log(work / size.work));
  const [below, above] = [sizes[low - 1], sizes[low]];
  if (below === undefined) return above ?? null;
  return above === undefined || distance(below) <= distance(above) ? below : above;
}

/** A run on all texts counts like one on as many as the corpus of the reference study has. */
const ALL_TEXTS = 100_000;

function workOf(run: Pick<RunCourse, 'parameters' | 'tokens' | 'dataLimit'>): number {
  return run.parameters * run.tokens * (run.dataLimit ?? ALL_TEXTS);
}

/** How much of the epoch that is worked on is done; evaluation comes after training and is short. */
function startedShare({ progressStep, progressSteps, progressSplit }: RunCourse): number {
  if (progressStep === null || progressSteps === null) return 0;
  return progressSplit === 'train' ? progressStep / progressSteps : 0.95;
}

function sharesOf(
  groups: readonly WorkGroup[],
): { readonly low: number; readonly mean: number; readonly high: number } | null {
  const known = groups.filter(({ completed }) => completed > 0);
  if (known.length === 0) return null;
  const runs = known.reduce((sum, { completed }) => sum + completed, 0);
  const mean = known.reduce(
    (sum, group) => sum + (group.completed * (group.meanEpochs ?? 0)) / group.maxEpochs,
    0,
  );
  return {
    low: Math.min(...known.map((group) => (group.fewestEpochs ?? 0) / group.maxEpochs)),
    mean: mean / runs,
    high: Math.max(...known.map((group) => (group.mostEpochs ?? 0) / group.maxEpochs)),
  };
}

import type { RunState } from '../../core/run-folder/run-state.js';
import type { BestRun, LiveRun } from '../../core/store/dashboard-overview-queries.js';
import type { DashboardObjective } from '../../core/store/dashboard-scope.js';
import type { SweepTotals } from '../../core/store/dashboard-totals-queries.js';
import type { SweepRow } from '../../core/store/sweep-queries.js';
import type { MachineReading } from './machine-watch.js';
import type { TimeLeft, TimeLeftEstimator } from './time-left.js';

/** What is read of a sweep for its overview. */
interface SweepReadings {
  readonly sweep: SweepRow;
  readonly objective: DashboardObjective;
  readonly live: readonly LiveRun[];
  readonly best: BestRun | null;
  /** Null while nothing runs: an idle screen does not change. */
  readonly machine: MachineReading | null;
}

/** The sweep in numbers. */
export interface Overview extends SweepReadings {
  /** Whether the runs have been counted: in a large sweep that takes some seconds. */
  readonly isCounted: boolean;
  readonly states: ReadonlyMap<RunState, number>;
  readonly runs: number;
  /** Of all attempts of all runs together. */
  readonly workedSeconds: number;
  readonly timeLeft: TimeLeft | null;
  /** Of all living runs together; null when none has said yet. */
  readonly tokensPerSecond: number | null;
}

/** Sums up what was read of a sweep. */
export function overviewOf(
  readings: SweepReadings,
  totals: SweepTotals | null,
  estimator: TimeLeftEstimator,
): Overview {
  const { live } = readings;
  const rates = live.flatMap(({ textsPerSecond, tokens }) =>
    textsPerSecond === null ? [] : [textsPerSecond * tokens],
  );
  return {
    ...readings,
    isCounted: totals !== null,
    states: totals?.states ?? new Map<RunState, number>(),
    runs: totals?.runs ?? readings.sweep.runCount,
    workedSeconds: totals?.seconds ?? 0,
    timeLeft: live.length === 0 ? null : estimator.ofSweep(live, live.length),
    tokensPerSecond: rates.length === 0 ? null : rates.reduce((sum, rate) => sum + rate, 0),
  };
}

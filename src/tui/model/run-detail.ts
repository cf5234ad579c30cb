import { existsSync, statSync } from 'node:fs';
import { lastAttempt } from '../../core/run-folder/attempts.js';
import { eventSchema, type RunEvent } from '../../core/run-folder/event.js';
import { type NextTry, readNextTry } from '../../core/run-folder/next-try.js';
import { workingCoordinator } from '../../core/run-folder/coordinators.js';
import type { ResultsPaths, RunPaths } from '../../core/run-folder/paths.js';
import { findHolder } from '../../core/run-folder/run-state.js';
import { readRetention, type Retention } from '../../core/run-folder/retention.js';
import {
  stopAskedOfAttempt,
  stopAskedOfCoordinator,
  type StopTime,
} from '../../core/run-folder/stop-request.js';
import { readTailLines } from '../../core/run-folder/tail-lines.js';
import type { SweepDatabase } from '../../core/store/database.js';
import { type KeptCheckpoints, listKeptCheckpoints } from '../../core/store/kept-checkpoints.js';
import { type EpochRow, epochMetrics } from '../../core/store/metric-queries.js';
import { runsByIds } from '../../core/store/run-queries.js';
import type { RunRow } from '../../core/store/run-row.js';
import {
  type SampleMoment,
  sampleMoments,
  type SampleSet,
  samplesAt,
} from '../../core/store/sample-queries.js';

/** Everything the run view shows beside the line of the table. */
export interface RunDetail {
  readonly run: RunRow;
  readonly epochs: readonly EpochRow[];
  readonly kept: KeptCheckpoints;
  /** Which checkpoints its sweeps want to be kept. */
  readonly keep: Retention;
  /** What was asked of it and is not done yet. */
  readonly asked: { readonly stop: StopTime | null; readonly isRetry: boolean };
  /** When it is tried again by itself. */
  readonly nextTry: NextTry | null;
  /** Moments with texts, the newest last. */
  readonly moments: readonly SampleMoment[];
  /** The last of its events, the newest last. */
  readonly events: readonly RunEvent[];
  /** The last lines of its worker's output. */
  readonly logLines: readonly string[];
  readonly logFile: string;
}

/** How much of the ends of logs is read: more than a screen shows. */
const EVENTS_BYTES = 64 * 1024;
const LOG_BYTES = 8 * 1024;
const MOST_EVENTS = 50;

/** Null when the run is not recorded (any more). */
export function readRunDetail(
  db: SweepDatabase,
  paths: ResultsPaths,
  runId: string,
): RunDetail | null {
  const [row] = runsByIds(db, [runId]);
  if (row === undefined) return null;
  const run = paths.run(runId);
  const { events, log } = run.attempt(Math.max(1, lastAttempt(run)));
  return {
    run: row,
    epochs: epochMetrics(db, runId),
    kept: listKeptCheckpoints(db, runId, run),
    keep: readRetention(run),
    asked: { stop: pendingStop(paths, run), isRetry: existsSync(run.retryRequest) },
    nextTry: readNextTry(paths, runId),
    moments: sampleMoments(db, runId),
    events: readTailLines(events, EVENTS_BYTES).flatMap(parseEvent).slice(-MOST_EVENTS),
    logLines: readTailLines(log, LOG_BYTES),
    logFile: log,
  };
}

/** What a worker or a coordinator has still to obey. */
function pendingStop(paths: ResultsPaths, run: RunPaths): StopTime | null {
  const coordinator = workingCoordinator(paths);
  const ofCoordinator =
    coordinator === null ? null : stopAskedOfCoordinator(run, coordinator.number);
  const last = lastAttempt(run);
  if (ofCoordinator !== null || findHolder(run, last) === null) return ofCoordinator;
  return stopAskedOfAttempt(run.attempt(last));
}

/** The texts of a moment counted back from the newest; none when there are none so far back. */
export function textsBack(
  db: SweepDatabase,
  { run, moments }: RunDetail,
  back: number,
): { readonly moment: SampleMoment; readonly sets: readonly SampleSet[] } | null {
  const moment = moments.at(-1 - Math.min(back, moments.length - 1));
  return moment === undefined ? null : { moment, sets: samplesAt(db, run.id, moment) };
}

/** Changes when a run's events or its log grow, and when something is asked of it. */
export function folderMarks(paths: ResultsPaths, runId: string): string {
  const run = paths.run(runId);
  const { events, log } = run.attempt(Math.max(1, lastAttempt(run)));
  const { stopRequest, retryRequest, nextTry } = run;
  const mark = (path: string): string => {
    const stat = statSync(path, { throwIfNoEntry: false });
    return stat === undefined ? '' : `${stat.size}:${stat.ino}`;
  };
  return [events, log, stopRequest, retryRequest, nextTry].map(mark).join();
}

/** A line that another version wrote is left out: the recorder is who complains of it. */
function parseEvent(line: string): RunEvent[] {
  try {
    const parsed = eventSchema.safeParse(JSON.parse(line));
    return parsed.success ? [parsed.data] : [];
  } catch {
    return [];
  }
}

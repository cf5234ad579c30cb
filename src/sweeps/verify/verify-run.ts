import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runId } from '../../core/config/run-key.js';
import { SweepError } from '../../core/errors.js';
import { writeJson } from '../../core/run-folder/atomic-write.js';
import { lastAttempt } from '../../core/run-folder/attempts.js';
import { findCheckpoints } from '../../core/run-folder/begin-attempt.js';
import { hashCheckpoint } from '../../core/run-folder/checkpoint.js';
import type { RunEvent } from '../../core/run-folder/event.js';
import { newOwner } from '../../core/run-folder/exclusive-folder.js';
import { listImprovements } from '../../core/run-folder/improvements.js';
import {
  type CheckpointKind,
  type ResultsPaths,
  resultsPaths,
  type RunPaths,
} from '../../core/run-folder/paths.js';
import { readRunFile, type RunFile } from '../../core/run-folder/run-file.js';
import { readRunLog } from '../../core/run-folder/run-log.js';
import { isFinal, outcomeOf } from '../../core/run-folder/run-state.js';
import { requestRunStop } from '../control/run-requests.js';
import type { Launcher } from '../launchers/launcher.js';
import { executeRun, type RunListener } from '../scheduler/execute-run.js';
import { DEFAULT_LIMITS, type StopSignals } from '../scheduler/follow-worker.js';
import { type Comparison, compareLogs } from './compare-logs.js';

/** What a run is done again with. */
export interface VerifyOrder {
  readonly paths: ResultsPaths;
  readonly runId: string;
  readonly launcher: Launcher;
  /** Ends the repetition; nothing of it is kept. */
  readonly signals: StopSignals;
  readonly onEvents: RunListener['onEvents'];
}

/** How a run and its repetition compare. */
export interface Verification {
  readonly comparisons: readonly Comparison[];
  /** Checkpoints in the run's folder whose bytes are not those that the log names. */
  readonly damaged: readonly string[];
  /** What differs between then and now that may change the last bits. */
  readonly conditions: readonly string[];
  /** Workers that the repetition took: more than one when it was stopped in the middle. */
  readonly attempts: number;
}

type StartedEvent = Extract<RunEvent, { type: 'started' }>;
type CheckpointEvent = Extract<RunEvent, { type: 'checkpoint' }>;

/**
 * Does a finished run again in a temporary folder, on the device and with the threads that it had, and compares. The
 * repetition is stopped after its first epoch and killed halfway, so that its being the same also shows that runs go
 * on exactly.
 *
 * @throws SweepError `bad-call` for a run that is not finished; `unavailable` when the repetition fails, with why
 */
export async function verifyRun(order: VerifyOrder): Promise<Verification> {
  const { paths, runId: id } = order;
  const original = paths.run(id);
  const recorded = readRunLog(original).events;
  if (!isFinal(outcomeOf(recorded)))
    throw new SweepError('bad-call', {
      where: `run ${id}`,
      message: 'only a run that completed or diverged can be verified',
      fix: 'sweep run or sweep retry goes on with it.',
    });
  const folder = mkdtempSync(join(tmpdir(), 'sweep-verify-'));
  try {
    const run = readRunFile(original.runFile);
    const repetition = prepare(folder, paths, run);
    await repeat(repetition, run, recorded, order);
    const repeated = readRunLog(repetition.run(id)).events;
    return {
      comparisons: compareLogs(recorded, repeated),
      damaged: findDamaged(original, recorded),
      conditions: compareConditions(lastStart(recorded), lastStart(repeated)),
      attempts: repeated.filter(({ type }) => type === 'started').length,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A results folder with nothing but this run's configuration, and what it reads: downloads, and a run it samples. */
function prepare(folder: string, paths: ResultsPaths, run: RunFile): ResultsPaths {
  const repetition = resultsPaths(folder);
  writeJson(repetition.run(run.id).runFile, run);
  mkdirSync(paths.cacheFolder, { recursive: true });
  symlinkSync(paths.cacheFolder, repetition.cacheFolder);
  if (run.config.kind === 'sample') {
    const source = runId(run.config.sourceKey);
    symlinkSync(paths.run(source).folder, repetition.run(source).folder);
  }
  return repetition;
}

async function repeat(
  repetition: ResultsPaths,
  { id }: RunFile,
  recorded: readonly RunEvent[],
  { launcher, signals, onEvents }: VerifyOrder,
): Promise<void> {
  const { actual } = lastStart(recorded);
  const workOrder = {
    paths: repetition.run(id),
    // Nobody else knows of the folder.
    held: { number: 1, owner: newOwner(), check: () => undefined },
    threads: actual.threads,
    device:
      actual.engine === 'tfjs' ? (actual.device === 'cpu' ? 'tfjs-cpu' : 'tfjs') : actual.device,
    environment: {},
    limits: DEFAULT_LIMITS,
  };
  const half = Math.floor(recorded.filter(({ type }) => type === 'epoch').length / 2);
  const halfway = new AbortController();
  const listener: RunListener = {
    onEvents: (part) => {
      onEvents(part);
      if (part.events.some((event) => event.type === 'epoch' && event.epoch >= half))
        halfway.abort();
    },
  };
  requestRunStop(repetition, id, 'epoch');
  await executeRun(launcher, workOrder, { onEvents }, signals);
  let { outcome } = await executeRun(launcher, workOrder, listener, {
    stop: signals.stop,
    kill: AbortSignal.any([signals.kill, halfway.signal]),
  });
  if (outcome === 'stopped' && !signals.stop.aborted)
    ({ outcome } = await executeRun(launcher, workOrder, { onEvents }, signals));
  if (isFinal(outcome)) return;
  const failure = readRunLog(workOrder.paths).events.findLast(({ type }) => type === 'failed');
  throw new SweepError('unavailable', {
    where: `run ${id}`,
    message:
      failure?.type === 'failed'
        ? `doing it again failed: ${failure.message}`
        : 'it was interrupted',
  });
}

function lastStart(events: readonly RunEvent[]): StartedEvent {
  const started = events.findLast((event): event is StartedEvent => event.type === 'started');
  if (started === undefined) throw new Error('a run that has ended was started');
  return started;
}

/** Files that were changed since they were written. */
function findDamaged(run: RunPaths, events: readonly RunEvent[]): string[] {
  const attempt = findCheckpoints(run, lastAttempt(run));
  if (attempt === null) return [];
  const writtenAs = (kind: CheckpointKind, epoch?: number): string | undefined =>
    events.findLast(
      (event): event is CheckpointEvent =>
        event.type === 'checkpoint' &&
        event.kind === kind &&
        (epoch === undefined || event.epoch === epoch),
    )?.sha256;
  const files = [
    { file: attempt.checkpointBest, sha256: writtenAs('best') },
    { file: attempt.checkpointLast, sha256: writtenAs('last') },
    ...listImprovements(attempt).map(({ file, epoch }) => ({
      file: join(attempt.checkpoints, file),
      sha256: writtenAs('best', epoch), // it was the best then
    })),
  ];
  return files.flatMap(({ file, sha256 }) => {
    if (sha256 === undefined || !existsSync(file)) return [];
    return hashCheckpoint(readFileSync(file)) === sha256 ? [] : [file];
  });
}

function compareConditions(then: StartedEvent, now: StartedEvent): string[] {
  const pairs = [
    ['host', then.environment.host, now.environment.host],
    ['version of sweep', then.environment.sweep, now.environment.sweep],
    ['engine', then.actual.engine, now.actual.engine],
    ['version of the engine', then.actual.engineVersion, now.actual.engineVersion],
    ['device', then.actual.device, now.actual.device],
    ['threads', then.actual.threads, now.actual.threads],
    ['micro-batch', then.actual.microBatch, now.actual.microBatch],
  ] as const;
  return pairs
    .filter(([, before, after]) => before !== after)
    .map(([name, before, after]) => `${name}: ${before} then, ${after} now`);
}

import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { readLease } from '../../../src/core/run-folder/lease.js';
import { type AttemptPaths, type RunPaths, runPaths } from '../../../src/core/run-folder/paths.js';
import { readRunLog } from '../../../src/core/run-folder/run-log.js';
import { deriveRunState } from '../../../src/core/run-folder/run-state.js';
import { SIGTERM_REASON, writeStopRequest } from '../../../src/core/run-folder/stop-request.js';
import type { Launcher, WorkerExit } from '../../../src/sweeps/launchers/launcher.js';
import type { AttemptResult } from '../../../src/sweeps/scheduler/close-attempt.js';
import { executeRun } from '../../../src/sweeps/scheduler/execute-run.js';
import type { RunLimits } from '../../../src/sweeps/scheduler/follow-worker.js';
import { started } from '../../core/store/example-runs.js';
import { appendTo, attemptOf } from '../../support/open-attempt.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const HUNG = fileURLToPath(new URL('../../fixtures/programs/hung-worker.mjs', import.meta.url));
const LIMITS: RunLimits = { timeoutMs: null, gracePeriodMs: 50 };

function createRun(): RunPaths {
  const paths = runPaths(`${temporaryFolder()}/run`);
  mkdirSync(paths.folder);
  return paths;
}

interface Attempt {
  readonly limits?: Partial<RunLimits>;
  readonly stop?: AbortSignal;
  readonly kill?: AbortSignal;
}

const NEVER = new AbortController().signal;
const HELD = { number: 1, owner: 'a', check: () => undefined };

function attempt(
  paths: RunPaths,
  launcher: Launcher,
  { limits, stop = NEVER, kill = NEVER }: Attempt = {},
): Promise<AttemptResult> {
  return executeRun(
    launcher,
    {
      ...{ paths, held: HELD, threads: 1, device: 'cpu', environment: {} },
      limits: { ...LIMITS, ...limits },
    },
    { onEvents: () => undefined },
    { stop, kill },
  );
}

function lastEvent(run: RunPaths): object | undefined {
  return readRunLog(run).events.at(-1);
}

/** Starts the fixture, and remembers the processes and the signals they got. */
function hungWorkers(how: 'block' | 'freeze' | 'idle'): {
  readonly launcher: Launcher;
  readonly ends: WorkerExit[];
  readonly stops: () => number;
} {
  const ends: WorkerExit[] = [];
  let stops = 0;
  const launcher: Launcher = {
    name: 'hung',
    launch: (order) => {
      const { folder } = attemptOf(order);
      const child = spawn(process.execPath, [HUNG, folder, how], { stdio: 'inherit' });
      const ended = new Promise<WorkerExit>((resolve) => {
        child.once('exit', (exitCode, signal) => {
          ends.push({ exitCode, signal });
          resolve({ exitCode, signal });
        });
      });
      const stop = (): void => {
        stops += 1;
        child.kill('SIGTERM');
      };
      return { ended, stop, kill: () => void child.kill('SIGKILL') };
    },
  };
  return { launcher, ends, stops: () => stops };
}

describe('a worker that hangs', () => {
  test.each([
    ['block', 'SIGKILL'],
    ['freeze', 'SIGKILL'],
    ['idle', null],
  ] as const)('(%s) is asked to end, and killed if it does not', async (how, signal) => {
    const paths = createRun();
    const { launcher, ends, stops } = hungWorkers(how);
    // It is to use the grace period up, or never to come near its end on the busiest machine.
    const gracePeriodMs = signal === null ? 60_000 : 50;
    const { outcome, failure } = await attempt(paths, launcher, { limits: { gracePeriodMs } });
    expect(outcome).toBe('failed');
    expect(failure).toEqual({
      cause: 'stalled',
      message:
        'the worker hung: one piece of work took over 100ms, the most that its own times allow, and it was ended',
      stack: null,
    });
    expect(stops()).toBe(1);
    expect(ends).toMatchObject([{ signal }]);
    expect(lastEvent(paths)).toMatchObject({ type: 'failed', cause: 'stalled' });
    expect(readLease(paths.attempt(1).lease)).toBeNull();
  });

  test('is ended by its timeout as well, and by a wish to stop it', async () => {
    const slow = createRun();
    // the fixture's own allowance must not be what ends it
    const { launcher } = fakeWorkers(() => undefined);
    const { failure } = await attempt(slow, launcher, { limits: { timeoutMs: 10 } });
    expect(failure).toMatchObject({
      cause: 'timeout',
      message: 'it took longer than its timeout of 10ms; sweep run goes on with it',
    });
    const asked = createRun();
    writeStopRequest(asked, 'now', { coordinator: 1, attempt: 7 });
    expect(await attempt(asked, fakeWorkers(() => undefined).launcher)).toMatchObject({
      outcome: 'stopped',
      failure: null,
    });
  });
});

/** Workers that write something to their log, and end when they are killed, or at once with `exit`. */
function fakeWorkers(work: (attempt: AttemptPaths, asked: boolean) => WorkerExit | undefined): {
  readonly launcher: Launcher;
  readonly signals: string[];
} {
  const signals: string[] = [];
  const launcher: Launcher = {
    name: 'fake',
    launch: (order) => {
      const paths = attemptOf(order);
      let end: (exit: WorkerExit) => void = () => undefined;
      const ended = new Promise<WorkerExit>((resolve) => (end = resolve));
      const exit = work(paths, false);
      if (exit !== undefined) end(exit);
      return {
        ended,
        stop: () => {
          signals.push('stop');
          const obeyed = work(paths, true);
          if (obeyed !== undefined) end(obeyed);
        },
        kill: () => {
          signals.push('kill');
          end({ exitCode: null, signal: 'SIGKILL' });
        },
      };
    },
  };
  return { launcher, signals };
}

const CLEAN = { exitCode: 0, signal: null };
const STOPPED = { type: 'stopped', reason: SIGTERM_REASON } as const;

describe('a worker that is asked to end', () => {
  test('has the grace period for it, and is killed then', async () => {
    const paths = createRun();
    const { launcher, signals } = fakeWorkers(() => undefined);
    expect(await attempt(paths, launcher, { stop: soonAborted() })).toMatchObject({
      outcome: 'stopped',
      failure: null,
    });
    expect(signals).toEqual(['stop', 'kill']);
    expect(lastEvent(paths)).toMatchObject({ type: 'stopped', reason: 'ended at once' });
  });

  test('is not killed when it obeys', async () => {
    const paths = createRun();
    const { launcher, signals } = fakeWorkers((run, asked) => {
      if (!asked) return undefined;
      appendTo(run, STOPPED);
      return CLEAN;
    });
    const result = await attempt(paths, launcher, { stop: soonAborted() });
    expect(result).toMatchObject({ outcome: 'stopped', failure: null });
    expect(signals).toEqual(['stop']);
  });

  test('and by nobody of ours, has been preempted', async () => {
    const { launcher } = fakeWorkers((run) => {
      appendTo(run, started(), STOPPED);
      return CLEAN;
    });
    expect(await attempt(createRun(), launcher)).toMatchObject({
      outcome: 'stopped',
      failure: { cause: 'preempted' },
    });
  });

  test('because it hung, has failed even where it obeys', async () => {
    const paths = createRun();
    const { launcher } = fakeWorkers((run, asked) => {
      if (!asked) return undefined;
      appendTo(run, STOPPED);
      return CLEAN;
    });
    const { outcome } = await attempt(paths, launcher, { limits: { timeoutMs: 10 } });
    expect(outcome).toBe('failed');
    expect(deriveRunState(paths, { attempt: 1, outcome })).toBe('failed');
    expect(readRunLog(paths).events.map(({ type }) => type)).toEqual(['stopped', 'failed']);
  });
});

describe('a worker that ended without a word', () => {
  test.each([
    [{ exitCode: null, signal: 'SIGKILL' }, 'killed', 'the worker was killed (SIGKILL)'],
    [{ exitCode: null, signal: 'SIGKILL', forMemory: false }, 'killed', '(SIGKILL) by somebody'],
    [{ exitCode: null, signal: 'SIGKILL', forMemory: true }, 'killed', 'because memory ran out'],
    [{ exitCode: null, signal: 'SIGHUP' }, 'killed', 'the worker was ended by SIGHUP'],
    [{ exitCode: null, signal: 'SIGSEGV' }, 'crashed', 'the worker was ended by SIGSEGV'],
    [{ exitCode: 7, signal: null }, 'crashed', 'the worker ended with exit code 7'],
  ])('(%o) has %s', async (exit, cause, message) => {
    const paths = createRun();
    const { launcher } = fakeWorkers(() => exit);
    const { failure } = await attempt(paths, launcher);
    expect(failure?.cause).toBe(cause);
    expect(failure?.message).toContain(message);
    expect(lastEvent(paths)).toMatchObject({ type: 'failed', cause, message: failure?.message });
  });
});

/** A signal that is aborted once the worker is at work. */
function soonAborted(): AbortSignal {
  const controller = new AbortController();
  setImmediate(() => {
    controller.abort();
  });
  return controller.signal;
}

import { expect, test } from 'vitest';
import { createCoordinator } from '../../../src/core/run-folder/coordinators.js';
import type { NewRunEvent } from '../../../src/core/run-folder/event.js';
import { ownHolder } from '../../../src/core/run-folder/holder.js';
import { type NextTry, readNextTry } from '../../../src/core/run-folder/next-try.js';
import { stopAskedOfCoordinator } from '../../../src/core/run-folder/stop-request.js';
import { requestRunStop } from '../../../src/sweeps/control/run-requests.js';
import type {
  LaunchedWorker,
  Launcher,
  LaunchOrder,
  QueuedRun,
  WorkerExit,
} from '../../../src/sweeps/launchers/launcher.js';
import { doRuns, type RunsOrder, type RunsResult } from '../../../src/sweeps/scheduler/do-runs.js';
import { createRunPolicy, type PolicyWishes } from '../../../src/sweeps/scheduler/run-policy.js';
import { exampleRun, started, writeRun } from '../../core/store/example-runs.js';
import { appendTo, attemptOf } from '../../support/open-attempt.js';
import { temporaryResults } from '../../support/temporary-results.js';

/** What a worker does: its events, and how its process ends. */
interface Script {
  readonly events?: readonly NewRunEvent[];
  readonly exit?: WorkerExit;
  /** It is asked to stop when it ends, so that it cannot obey any more. */
  readonly isAskedLate?: true;
}

const CLEAN: WorkerExit = { exitCode: 0, signal: null };
const COMPLETED: NewRunEvent = { type: 'completed', reason: 'max-epochs', seconds: 1 };
const DONE: Script = { events: [started(), COMPLETED] };
const KILLED: Script = { events: [started()], exit: { exitCode: null, signal: 'SIGKILL' } };

function failing(message: string): Script {
  const failed = { type: 'failed', message, stack: null, cause: 'refused' } as const;
  return { events: [failed], exit: { exitCode: 1, signal: null } };
}

interface Story {
  /** For each run, what its workers do, one after the other; the last one's is repeated. */
  readonly runs: readonly (readonly Script[])[];
  readonly policy?: PolicyWishes;
  readonly jobs?: number;
  /** What a worker does with a run that is handed to it ahead of its turn. @default takes none */
  readonly ahead?: 'begins' | 'gives-back';
}

/** Does runs with workers that follow a script, and tells what happened. */
async function tell({ runs, policy = {}, jobs = 1, ahead }: Story): Promise<{
  readonly result: RunsResult;
  readonly outcomes: (string | undefined)[];
  readonly said: string[];
  readonly waits: number[];
  /** How often a run was handed over ahead of its turn. */
  readonly handed: number;
  /** What the folders of the runs say of a next try while one waits for it, and at the end. */
  readonly announced: (NextTry | null)[];
  readonly atEnd: (NextTry | null)[];
  /** Runs whose next try is announced when a worker is started. */
  readonly due: string[][];
  /** Wishes to stop that are left. */
  readonly requests: (string | null)[];
}> {
  const paths = temporaryResults();
  const held = { number: 1, owner: 'a', check: () => undefined };
  createCoordinator(paths, 1, { owner: 'a', holder: ownHolder(), database: paths.database });
  const files = runs.map((_, index) => exampleRun(index + 1));
  for (const file of files) writeRun(paths, file);
  const names = new Map(files.map(({ id }, index) => [id, `run-${index}`]));
  const left = new Map(files.map(({ id }, index) => [id, [...runs[index]!]]));
  const due: string[][] = [];
  const launch = (work: LaunchOrder): LaunchedWorker => {
    const waiting = files.filter(({ id }) => readNextTry(paths, id) !== null);
    due.push(waiting.map(({ id }) => names.get(id)!));
    const id = work.runFolder.slice(-12);
    const scripts = left.get(id)!;
    const script = scripts.length > 1 ? scripts.shift()! : scripts[0]!;
    appendTo(attemptOf(work), ...(script.events ?? []));
    if (script.isAskedLate === true) requestRunStop(paths, id, 'now');
    const ignore = (): void => undefined;
    return { ended: Promise.resolve(script.exit ?? CLEAN), stop: ignore, kill: ignore };
  };
  let handed = 0;
  const queue = (order: LaunchOrder): QueuedRun => {
    handed += 1;
    const begun = new Promise<LaunchedWorker | null>((resolve) => {
      setImmediate(() => {
        resolve(ahead === 'begins' ? launch(order) : null);
      });
    });
    return { begun, takeBack: () => undefined };
  };
  const launcher: Launcher = {
    name: 'scripted',
    launch,
    ...(ahead === undefined ? {} : { queue }),
  };
  const said: string[] = [];
  const ended = new Map<string, string>();
  const waits: number[] = [];
  const announced: (NextTry | null)[] = [];
  const order: RunsOrder = {
    paths,
    held,
    recorder: { ingestTogether: () => [] },
    launcher,
    plan: { jobs, threads: 1 },
    devices: [{ kind: 'cpu' }],
    environment: {},
    policy: createRunPolicy(policy),
    signals: { stop: new AbortController().signal, kill: new AbortController().signal },
    observer: {
      onBegin: () => undefined,
      onRunStart: ({ name }, continued) => said.push(`${name} ${continued ? 'again' : 'starts'}`),
      onEvents: () => undefined,
      onRetry: ({ name }, { number, of }) => said.push(`${name} retry ${number} of ${of}`),
      onRunEnd: ({ name, run }, outcome) => {
        said.push(`${name} ${outcome}`);
        ended.set(run.id, outcome);
      },
      onNotice: (message) => said.push(message),
    },
    sweeps: ['study'],
    values: new Map(),
    clock: () => 0, // all runs are short
    wait: (ms) => {
      waits.push(ms);
      announced.push(...files.map(({ id }) => readNextTry(paths, id)));
      return Promise.resolve();
    },
  };
  const todo = files.map(({ id }) => ({
    ...{ sweep: 'study', name: names.get(id)!, id, isContinued: false, changes: {} },
  }));
  const result = await doRuns(todo, order);
  const requests = files.map(({ id }) => stopAskedOfCoordinator(paths.run(id), 1));
  const atEnd = files.map(({ id }) => readNextTry(paths, id));
  const outcomes = files.map(({ id }) => ended.get(id));
  return { announced, atEnd, due, result, outcomes, said, waits, requests, handed };
}

test('a run whose worker was killed is tried again after a while, and the others go on meanwhile', async () => {
  const { outcomes, said, waits } = await tell({ runs: [[KILLED, KILLED, DONE], [DONE]] });
  expect(outcomes).toEqual(['completed', 'completed']);
  expect(waits).toEqual([5_000, 10_000]);
  expect(said.slice(0, 2)).toEqual(['run-0 starts', 'run-0 retry 1 of 2']);
  expect(said.filter((line) => line.startsWith('run-0'))).toEqual([
    'run-0 starts',
    'run-0 retry 1 of 2',
    'run-0 again',
    'run-0 retry 2 of 2',
    'run-0 again',
    'run-0 completed',
  ]);
});

test('a run that waits for its next try says so in its folder for as long as it waits', async () => {
  const { announced, atEnd } = await tell({ runs: [[KILLED, KILLED, DONE]] });
  expect(announced.map((one) => one?.number)).toEqual([1, 2]);
  expect(atEnd).toEqual([null]);
});

test('a try that is due and waits for a place is announced until it begins', async () => {
  const { due, said } = await tell({ runs: [[KILLED, DONE], [DONE], [DONE]] });
  expect(said.filter((line) => /starts|again/.test(line))).toEqual([
    ...['run-0 starts', 'run-1 starts', 'run-2 starts', 'run-0 again'],
  ]);
  expect(due).toEqual([[], ['run-0'], ['run-0'], []]);
});

test('a wish to stop that comes when a worker has ended keeps its run from a further try, and is gone then', async () => {
  const late = { isAskedLate: true } as const;
  const { outcomes, requests } = await tell({
    runs: [[{ ...KILLED, ...late }, DONE], [{ ...DONE, ...late }]],
  });
  expect(outcomes).toEqual(['stopped', 'completed']);
  expect(requests).toEqual([null, null]);
});

test('a run that cannot succeed is tried once', async () => {
  const { outcomes, waits } = await tell({ runs: [[failing('no such data'), DONE]] });
  expect(outcomes).toEqual(['failed']);
  expect(waits).toEqual([]);
});

test('a run has failed when its tries are used up', async () => {
  const { outcomes, said } = await tell({ runs: [[KILLED]], policy: { retries: 1 } });
  expect(outcomes).toEqual(['failed']);
  expect(said).toEqual(['run-0 starts', 'run-0 retry 1 of 1', 'run-0 again', 'run-0 failed']);
});

test('the rest is left when the first runs fail alike, and what is at work ends after its epoch', async () => {
  const broken = failing('the data cannot be read');
  const { outcomes, result, said } = await tell({ runs: [[broken], [broken], [broken], [DONE]] });
  expect(outcomes).toEqual(['failed', 'failed', 'failed', undefined]);
  expect(result.gaveUp).toBe('its first 3 runs failed alike: the data cannot be read');
  expect(said).not.toContain('run-3 starts');
});

test('the rest is done all the same when the user wants it', async () => {
  const broken = failing('the data cannot be read');
  const runs = [[broken], [broken], [broken], [DONE]];
  const { outcomes, result } = await tell({ runs, policy: { keepGoing: true } });
  expect(outcomes).toEqual(['failed', 'failed', 'failed', 'completed']);
  expect(result.gaveUp).toBeNull();
});

test.each([['begins'], ['gives-back']] as const)(
  'a run that is handed to a worker ahead of its turn, which %s, starts and ends once',
  async (ahead) => {
    const count = 8;
    const runs = Array.from({ length: count }, () => [DONE]);
    const { outcomes, said, handed } = await tell({ runs, ahead });
    expect(outcomes).toEqual(runs.map(() => 'completed'));
    expect(handed).toBeGreaterThan(0);
    for (let run = 0; run < count; run++)
      expect(said.filter((line) => line.startsWith(`run-${run} `))).toEqual([
        `run-${run} starts`,
        `run-${run} completed`,
      ]);
  },
);

test('a worker that dies at a run that was handed to it takes only that one', async () => {
  const runs = [[DONE], [DONE], [KILLED, DONE], [DONE]];
  const { outcomes, said } = await tell({ runs, ahead: 'begins' });
  expect(outcomes).toEqual(runs.map(() => 'completed'));
  expect(said.filter((line) => line.startsWith('run-2'))).toEqual([
    'run-2 starts',
    'run-2 retry 1 of 2',
    'run-2 again',
    'run-2 completed',
  ]);
});

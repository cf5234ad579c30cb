import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { NewRunEvent } from '../../../src/core/run-folder/event.js';
import type { ResultsPaths } from '../../../src/core/run-folder/paths.js';
import { openForReading } from '../../../src/core/store/database.js';
import { rebuildDatabase } from '../../../src/core/store/rebuild-database.js';
import { createRecorder } from '../../../src/core/store/recorder.js';
import { loadDefinition } from '../../../src/sweeps/definition/load-definition.js';
import type { Launcher } from '../../../src/sweeps/launchers/launcher.js';
import { createRecordedHistory } from '../../../src/sweeps/plan/recorded-history.js';
import { createRunPolicy, type PolicyWishes } from '../../../src/sweeps/scheduler/run-policy.js';
import { runSweep, type SweepResult } from '../../../src/sweeps/scheduler/run-sweep.js';
import { epoch, started } from '../../core/store/example-runs.js';
import { appendTo, attemptOf } from '../../support/open-attempt.js';
import { temporaryResults } from '../../support/temporary-results.js';

const FINGERPRINT = 'd'.repeat(64);

interface Start {
  /** Members of the definition, beside its name and data set. */
  readonly definition: object;
  readonly partRuns?: number;
  readonly policy?: PolicyWishes;
  /** What a run's worker does: a validation NLL, or a message with which it fails. */
  readonly work?: (name: string, launched: number) => number | string;
  /** Called before each launch. @returns whether the sweep is stopped instead */
  readonly onLaunch?: (launched: number) => boolean;
}

/** Starts a sweep whose workers only write their log; tells what was begun, and how it was announced. */
async function start(
  paths: ResultsPaths,
  { definition, partRuns = 3, policy = {}, work = () => 1, onLaunch = () => false }: Start,
): Promise<{ result: SweepResult; begun: string[]; announced: object[] }> {
  const file = join(paths.folder, 'study.yaml');
  const dataset = { source: 'headlines', limit: 200 };
  writeFileSync(file, JSON.stringify({ name: 'study', dataset, ...definition }));
  const recorder = createRecorder(paths);
  const db = openForReading(paths.database);
  const stop = new AbortController();
  const begun: string[] = [];
  const announced: object[] = [];
  const launcher: Launcher = {
    name: 'scripted',
    launch: (order) => {
      if (onLaunch(begun.length)) stop.abort(new Error('stopped'));
      const done = work(begun.at(-1)!, begun.length);
      const events: NewRunEvent[] =
        typeof done === 'string'
          ? [{ type: 'failed', message: done, stack: null, cause: 'refused' }]
          : [epoch(0, done), { type: 'completed', reason: 'max-epochs', seconds: 1 }];
      appendTo(attemptOf(order), started(), ...events);
      const ignore = (): void => undefined;
      const exitCode = typeof done === 'string' ? 1 : 0;
      return { ended: Promise.resolve({ exitCode, signal: null }), stop: ignore, kill: ignore };
    },
  };
  const ignore = (): void => undefined;
  try {
    const result = await runSweep({
      definition: await loadDefinition(file, { set: [] }),
      paths,
      held: { number: 1, owner: 'a', check: ignore, release: ignore },
      recorder,
      launcher,
      context: {
        history: createRecordedHistory(paths, db),
        datasetFacts: () => Promise.resolve({ fingerprint: FINGERPRINT, trainTexts: 160 }),
      },
      machine: { cores: 1, memoryBytes: 1e9 },
      jobs: undefined,
      devices: [{ kind: 'cpu' }],
      environment: {},
      policy: createRunPolicy(policy),
      signals: { stop: stop.signal, kill: new AbortController().signal },
      observer: {
        onBegin: ({ todo, reused, more }) => announced.push({ todo, reused, more }),
        onRunStart: ({ name }) => begun.push(name),
        ...{ onEvents: ignore, onRetry: ignore, onRunEnd: ignore, onNotice: ignore },
      },
      partRuns,
    });
    return { result, begun, announced };
  } finally {
    db.close();
    recorder.close();
  }
}

/** Names of the runs in the sweep's list. */
function listed(paths: ResultsPaths): unknown[] {
  const db = openForReading(paths.database);
  try {
    return db.prepare('SELECT name FROM sweep_runs ORDER BY position').pluck().all();
  } finally {
    db.close();
  }
}

const seeds = (from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, index) => `seed=${from + index}`);

test('a sweep that is planned in parts does each run once and lists all, also in a database that is built again', async () => {
  const paths = temporaryResults();
  const { result, begun, announced } = await start(paths, { definition: { replicates: 8 } });
  expect(begun).toEqual(seeds(1, 8));
  expect(result.outcomes.count('completed')).toBe(8);
  expect(announced).toEqual([{ todo: 3, reused: 0, more: 5 }]);
  expect(listed(paths)).toEqual(seeds(1, 8));
  rebuildDatabase(paths);
  expect(listed(paths)).toEqual(seeds(1, 8));

  const again = await start(paths, { definition: { replicates: 8 } });
  expect(again.begun).toEqual([]);
  expect(again.result).toMatchObject({ finished: 8, isStopped: false });
});

test('an interrupted start goes on behind what is finished, and takes nothing off the list meanwhile', async () => {
  const paths = temporaryResults();
  const definition = { replicates: 8 };
  const first = await start(paths, { definition, onLaunch: (launched) => launched === 5 });
  expect(first.result.isStopped).toBe(true);
  const stoppedAtOnce = await start(paths, { definition, onLaunch: () => true });
  expect(stoppedAtOnce.begun).toEqual(['seed=6']);
  expect(listed(paths)).toEqual(seeds(1, 8));
  const last = await start(paths, { definition });
  expect(last.begun).toEqual(seeds(7, 8));
  expect(last.announced).toEqual([{ todo: 2, reused: 6, more: 0 }]);
});

test('a sweep that has become shorter, or another one, lists what it has now', async () => {
  const paths = temporaryResults();
  await start(paths, { definition: { replicates: 8 } });
  const shorter = await start(paths, { definition: { replicates: 4 } });
  expect(shorter.begun).toEqual([]);
  expect(listed(paths)).toEqual(seeds(1, 4));
  expect(readdirSync(paths.sweep('study')).filter((name) => name.startsWith('runs-'))).toEqual([
    'runs-00001.json',
  ]);
  await start(paths, { definition: { replicates: 8, base: { seed: 3 } } });
  expect(listed(paths)).toEqual(seeds(3, 10));
  rebuildDatabase(paths);
  expect(listed(paths)).toEqual(seeds(3, 10));
});

test('a point that comes again in another part is done once', async () => {
  const paths = temporaryResults();
  const runs = ['a', 'b', 'c', 'd', 'e'].map((name, index) => ({ name, seed: 1 + (index % 2) }));
  const { begun } = await start(paths, { definition: { runs }, partRuns: 2 });
  expect(begun).toEqual(['a', 'b']);
  expect(listed(paths)).toEqual(['a', 'b', 'c', 'd', 'e']);
});

test('runs that stand on the best of others are done after those, wherever they are', async () => {
  const paths = temporaryResults();
  const definition = {
    runs: [
      { name: 'wide', from: { runs: ['one', 'two', 'three'], select: 'best' }, seed: 9 },
      ...['one', 'two', 'three'].map((name, index) => ({ name, seed: index + 1 })),
    ],
  };
  const nll: Record<string, number> = { one: 3, two: 1, three: 2, wide: 0 };
  const { begun, result } = await start(paths, {
    definition,
    partRuns: 2,
    work: (name) => nll[name]!,
  });
  expect(begun).toEqual(['one', 'two', 'three', 'wide']);
  expect(result.waiting.count).toBe(0);
  expect(listed(paths)).toEqual(['wide', 'one', 'two', 'three']);
});

test('runs that wait for what failed are told', async () => {
  const paths = temporaryResults();
  const definition = {
    runs: [
      { name: 'one', seed: 1 },
      { name: 'wide', from: { runs: ['one'], select: 'best' }, seed: 9 },
    ],
  };
  const { result } = await start(paths, { definition, work: () => 'no data' });
  expect(result.waiting).toMatchObject({
    count: 1,
    first: [{ name: 'wide', reason: 'no run of study has a value of val.nll' }],
  });
});

test('the sweep stops when all runs that share a value fail, in whatever parts they are', async () => {
  const paths = temporaryResults();
  const definition = { grid: { 'model.heads': [1, 2], 'train.batchSize': [8, 16, 32] } };
  const { result, begun } = await start(paths, {
    definition,
    partRuns: 2,
    work: (name) => (name.includes('batchSize=8') ? 'too small' : 1),
  });
  expect(begun).toHaveLength(4);
  expect(result.gaveUp).toBe(
    'every run with train.batchSize = 8 failed, the last one so: too small',
  );
});

test('the runs of a large sweep are planned when their turn comes', async () => {
  const paths = temporaryResults();
  let foldersAtStart = 0;
  await start(paths, {
    definition: { replicates: 300 },
    partRuns: 40,
    onLaunch: () => {
      if (existsSync(paths.runsFolder)) foldersAtStart = readdirSync(paths.runsFolder).length;
      return true;
    },
  });
  expect(foldersAtStart).toBeGreaterThanOrEqual(40);
  expect(foldersAtStart).toBeLessThanOrEqual(160);
});

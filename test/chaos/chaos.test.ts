import { createHash } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { beforeAll, describe, expect, test } from 'vitest';
import { Generator } from '../../src/core/random/generator.js';
import { resultsPaths } from '../../src/core/run-folder/paths.js';
import { listCheckpoints } from '../../src/core/store/checkpoint-queries.js';
import { openForReading } from '../../src/core/store/database.js';
import { epochMetrics } from '../../src/core/store/metric-queries.js';
import { findRun } from '../../src/core/store/run-queries.js';
import { runState } from '../../src/core/store/run-state.js';
import { finalSamples } from '../../src/core/store/sample-queries.js';
import {
  attemptFolder,
  checkpointsOf,
  eventsOf,
  findings,
  runsOf,
  TINY,
  tinyWorkspace,
  type Workspace,
} from '../e2e/sweep-program.js';
import { BINARY } from '../e2e/tiny-sweep.js';
import { sharedTemporaryFolder } from '../support/temporary-folder.js';

/**
 * Kills the worker or the coordinator of a small sweep at random moments, lets `sweep run` go on, and compares all that
 * it found out with a sweep that was never touched: the events, one by one and in their order, and the bytes of the
 * checkpoints. A moment is one of the program's file operations, drawn from a seed: nothing on disk changes between
 * two of them.
 *
 * CHAOS_POINTS: how many kills (npm run chaos: 200). CHAOS_SEED: other moments. CHAOS_FROM: the first of them to do,
 * from 0, to go on where an earlier start ended or failed; each one is named on stderr.
 */
const POINTS = Number(process.env['CHAOS_POINTS'] ?? 8);
const SEED = Number(process.env['CHAOS_SEED'] ?? 1);
const FROM = Number(process.env['CHAOS_FROM'] ?? 0);
const HOW = ['before', 'after', 'half'] as const;

const PRELOAD = fileURLToPath(new URL('kill-at.mjs', import.meta.url));

/** Samples at each epoch, some epochs that do not improve, models of improvements to keep, and an early end. */
const DEFINITION = TINY.replace(
  'train: { maxEpochs: 3, batchSize: 16, learningRate: 0.01 }',
  'train: { maxEpochs: 9, batchSize: 16, learningRate: 0.4, patience: 2 }',
).replace('  - { name: wide, model.embedding: 8 }\n', 'checkpoints: { keep: 3 }\n');

type Role = 'worker' | 'coordinator';

interface Kill {
  readonly role: Role;
  readonly at: number;
  readonly how: (typeof HOW)[number];
}

async function run(workspace: Workspace, order: object | null): Promise<number | undefined> {
  const { exitCode } = await execa(
    process.execPath,
    [BINARY, 'run', 'tiny.yaml', '--jobs', '1', '--retries', '0'],
    {
      cwd: workspace.folder,
      reject: false,
      env: {
        NO_COLOR: '1',
        ...(order === null
          ? {}
          : { SWEEP_KILL: JSON.stringify(order), NODE_OPTIONS: `--import ${PRELOAD}` }),
      },
    },
  );
  return exitCode;
}

/** All that a run found out, and the hashes of its files. */
function resultOf(workspace: Workspace, id: string): object {
  const attempt = attemptFolder(workspace, id);
  const files = [...workspace.list(`results/runs/${id}`), ...workspace.list(attempt)];
  const hashes = checkpointsOf(workspace, id).map((name) => [
    name,
    hashOf(join(workspace.folder, attempt, 'checkpoint', name)),
  ]);
  return { findings: findings(workspace, id), files, hashes };
}

/** What the database has of a run, without times and numbers of events: interruptions are events too. */
function recordOf({ folder }: Workspace, id: string): object {
  const paths = resultsPaths(join(folder, 'results'));
  const db = openForReading(paths.database);
  try {
    const row = findRun(db, id);
    const { testNll, bestEpoch } = row;
    const epochs = epochMetrics(db, id).map(({ seconds, seq, ...epoch }) => epoch);
    const checkpoints = listCheckpoints(db, id).map(({ time, ...checkpoint }) => checkpoint);
    const samples = finalSamples(db, id).map(({ seq, ...sample }) => sample);
    return { state: runState(row, paths), testNll, bestEpoch, epochs, checkpoints, samples };
  } finally {
    db.close();
  }
}

function hashOf(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}

function schedule(operations: Readonly<Record<Role, number>>): Kill[] {
  const generator = Generator.fromSeed(SEED, 'chaos');
  const pick = (n: number): number => Math.floor(generator.uniform() * n);
  return Array.from({ length: POINTS }, (_, index) => {
    const role = index % 4 === 3 ? 'coordinator' : 'worker';
    return { role, at: pick(operations[role]), how: HOW[pick(HOW.length)]! };
  });
}

describe('a sweep that was killed ends as one that was not', () => {
  const untouched = tinyWorkspace(DEFINITION, sharedTemporaryFolder());
  const operations = { worker: 0, coordinator: 0 };
  let id = '';
  let expected: object = {};
  let record: object = {};

  beforeAll(async () => {
    for (const role of ['worker', 'coordinator'] as const) {
      rmSync(join(untouched.folder, 'results'), { recursive: true, force: true });
      const count = join(untouched.folder, role);
      expect(await run(untouched, { role, at: -1, how: 'before', count })).toBe(0);
      operations[role] = Number(readFileSync(count, 'utf8'));
    }
    id = (await runsOf(untouched))[0]!.id;
    expected = resultOf(untouched, id);
    record = recordOf(untouched, id);
    // Enough happens for a kill to matter: epochs that improve, one that does not, and the end.
    expect(findings(untouched, id).filter(({ improved }) => improved === false)).not.toEqual([]);
    expect(operations.worker).toBeGreaterThan(100);
  });

  test(`at ${POINTS} moments`, { timeout: POINTS * 60_000 }, async () => {
    for (const [point, kill] of schedule(operations).entries()) {
      if (point < FROM) continue;
      const workspace = tinyWorkspace(DEFINITION);
      const first = await run(workspace, kill);
      const second = await run(workspace, null);
      const label = JSON.stringify({ point, ...kill, first, second });
      expect(second, label).toBe(0);
      expect(resultOf(workspace, id), label).toEqual(expected);
      const numbers = eventsOf(workspace, id).map(({ seq }) => seq);
      expect(numbers, label).toEqual(numbers.map((_, index) => index + 1));
      expect(recordOf(workspace, id), label).toEqual(record);
      if (process.env['CHAOS_POINTS'] !== undefined) process.stderr.write(`${label}\n`);
      rmSync(workspace.folder, { recursive: true, force: true });
    }
  });
});

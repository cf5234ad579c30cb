import { hostname } from 'node:os';
import { once } from 'node:events';
import { closeSync, openSync, rmSync, statSync, truncateSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { beforeEach, describe, expect, test } from 'vitest';
import { resultsPaths } from '../../src/core/run-folder/paths.js';
import { openForReading } from '../../src/core/store/database.js';
import { loadSqlite } from '../../src/core/store/load-sqlite.js';
import { allRows } from '../core/store/example-runs.js';
import { sharedTemporaryFolder } from '../support/temporary-folder.js';
import { finishedWorkspace, TINY } from './sweep-program.js';

const HOLDER = fileURLToPath(new URL('../fixtures/programs/hold-database.mjs', import.meta.url));

const workspace = finishedWorkspace(sharedTemporaryFolder());
const database = join(workspace.folder, 'results', 'sweep.db');

function rows(): Record<string, unknown[]> {
  const db = openForReading(resultsPaths(join(workspace.folder, 'results')).database);
  try {
    return allRows(db);
  } finally {
    db.close();
  }
}

/** Another program that has the database locked until its stdin ends. */
async function holdDatabase(file: string) {
  const holder = execa(process.execPath, [HOLDER, file], { reject: false });
  const ended = holder.then(({ stderr }) => {
    throw new Error(`the program that was to hold the database ended: ${stderr}`);
  });
  await Promise.race([once(holder.stdout, 'data'), ended]);
  ended.catch(() => undefined); // later it ends as it is told to
  return {
    pid: holder.pid,
    release: async () => {
      holder.stdin.end();
      await holder;
    },
  };
}

beforeEach(() => {
  rmSync(join(workspace.folder, 'results'), { recursive: true });
  finishedWorkspace(workspace.folder);
});

describe('a damaged database', () => {
  test.each([
    [
      'whose bytes were flipped',
      () => {
        const file = openSync(database, 'r+');
        for (let offset = 1024; offset < statSync(database).size; offset += 512)
          writeSync(file, Buffer.alloc(64, 0x5a), 0, 64, offset);
        closeSync(file);
      },
    ],
    [
      'that was cut off',
      () => {
        truncateSync(database, Math.floor(statSync(database).size / 2));
      },
    ],
    [
      'that is none',
      () => {
        truncateSync(database, 0);
        const file = openSync(database, 'r+');
        writeSync(file, 'not a database, but a note of someone'.repeat(50));
        closeSync(file);
      },
    ],
  ])('%s is named by every command and built again with the same rows', async (_, damage) => {
    const before = rows();
    damage();
    const list = await workspace.sweep('ls', 'tiny');
    expect(list.exitCode).toBe(2);
    expect(list.stderr).toContain('the database is damaged');
    expect(list.stderr).toContain('sweep db rebuild builds it again');
    const run = await workspace.sweep('run', 'tiny.yaml');
    expect(run.exitCode).toBe(2);
    expect(run.stderr).not.toContain('This is a bug');
    const check = await workspace.sweep('db', 'check');
    expect(check.exitCode).toBe(1);
    expect(check.stderr).toContain('the database is damaged');

    const rebuild = await workspace.sweep('db', 'rebuild');
    expect(rebuild).toMatchObject({ exitCode: 0 });
    expect(rebuild.stdout).toContain('built: 2 runs of 1 sweep');
    expect(rows()).toEqual(before);
    const sound = await workspace.sweep('db', 'check');
    expect(sound).toMatchObject({ exitCode: 0, stderr: '' });
    expect(sound.stdout).toContain('sound: 2 runs of 1 sweep');
  });
});

test('a deleted database is built again by the next sweep run, which trains nothing', async () => {
  const before = rows();
  for (const suffix of ['', '-wal', '-shm']) rmSync(database + suffix, { force: true });
  const run = await workspace.sweep('run', 'tiny.yaml');
  expect(run.exitCode).toBe(0);
  expect(run.stderr).toContain('nothing to do');
  const after = rows();
  const updated = after['sweeps'] as { updated_at: string }[];
  expect({ ...after, sweeps: updated.map((row) => ({ ...row, updated_at: '' })) }).toEqual({
    ...before,
    sweeps: (before['sweeps'] as object[]).map((row) => ({ ...row, updated_at: '' })),
  });
});

test('the sweeps of a deleted database are listed again after any other sweep', async () => {
  for (const suffix of ['', '-wal', '-shm']) rmSync(database + suffix, { force: true });
  workspace.write('other.yaml', TINY.replace('name: tiny', 'name: other'));
  expect((await workspace.sweep('run', 'other.yaml')).exitCode).toBe(0);
  const { sweeps } = await workspace.json<{ sweeps: { name: string }[] }>('ls');
  expect(sweeps.map(({ name }) => name).sort()).toEqual(['other', 'tiny']);
});

test('a run whose folder was deleted is planned as new, and trained again', async () => {
  const { runs } = await workspace.json<{ runs: { id: string }[] }>('ls', 'tiny');
  rmSync(join(workspace.folder, 'results', 'runs', runs[0]!.id), { recursive: true });
  const plan = await workspace.json<{ totals: unknown }>('plan', 'tiny.yaml');
  expect(plan.totals).toMatchObject({ new: 1, finished: 1 });
  const check = await workspace.sweep('db', 'check');
  expect(check.stderr).toContain(`1 recorded runs have no folder any more: ${runs[0]!.id}`);
  expect((await workspace.sweep('run', 'tiny.yaml')).exitCode).toBe(0);
  expect((await workspace.sweep('db', 'check')).exitCode).toBe(0);
});

test('a database of a newer version is refused, and can be built again', async () => {
  const db = new (loadSqlite())(database);
  db.pragma('user_version = 1000');
  db.close();
  for (const args of [['ls'], ['run', 'tiny.yaml'], ['plan', 'tiny.yaml']]) {
    const { exitCode, stderr } = await workspace.sweep(...args);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(
      /the database has version 1000, this program knows versions up to \d+\b/,
    );
    expect(stderr).toContain('npx sweep db rebuild builds a database of this version');
  }
  expect((await workspace.sweep('db', 'rebuild')).exitCode).toBe(0);
  expect((await workspace.sweep('db', 'check')).exitCode).toBe(0);
});

describe('a database that another program holds locked', () => {
  test('stops sweep run with the name of that program, and nothing is lost', async () => {
    const holder = await holdDatabase(database);
    const { exitCode, stderr } = await workspace.sweep('run', 'tiny.yaml');
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(
      new RegExp(`sweep\\.db {2}process ${String(holder.pid)} \\(.+\\) holds the database locked`),
    );
    expect(stderr).toContain('Close the program that writes to it');
    await holder.release();
    expect((await workspace.sweep('run', 'tiny.yaml')).exitCode).toBe(0);
  });

  test('can still be read', async () => {
    const holder = await holdDatabase(database);
    expect((await workspace.sweep('ls', 'tiny')).exitCode).toBe(0);
    expect((await workspace.sweep('db', 'check')).exitCode).toBe(0);
    await holder.release();
  });
});

test('a second coordinator is refused while the first goes on', async () => {
  workspace.write(
    'long.yaml',
    TINY.replace('name: tiny', 'name: long').replace('maxEpochs: 3', 'maxEpochs: 400'),
  );
  const first = workspace.start('run', 'long.yaml', '--jobs', '1');
  await new Promise<void>((resolve) => {
    first.stderr.on('data', (chunk: Buffer) => {
      if (String(chunk).includes('epoch')) resolve();
    });
  });
  for (const args of [
    ['run', 'tiny.yaml'],
    ['db', 'rebuild'],
  ]) {
    const { exitCode, stderr } = await workspace.sweep(...args);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(
      `process ${String(first.pid)} on ${hostname()} works in this results folder since `,
    );
  }
  expect((await workspace.sweep('ls', 'long')).stdout).toContain('running');
  first.kill('SIGTERM');
  expect((await first).exitCode).toBe(130);
});

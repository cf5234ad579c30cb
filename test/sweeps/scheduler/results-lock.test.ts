import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { execaNode } from 'execa';
import { describe, expect, test } from 'vitest';
import { coordinatorAtWork, lockResults } from '../../../src/sweeps/scheduler/results-lock.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

/** The number of a process that has ended. */
async function endedProcess(): Promise<number> {
  const child = execaNode('-e', { nodeOptions: ['-e', '0'], reject: false });
  await child;
  if (child.pid === undefined) throw new Error('the process was not started');
  return child.pid;
}

/** What a coordinator leaves in a results folder when it is killed. */
function leaveLock(folder: string, owner: { host: string; pid: number }): string {
  const lock = join(folder, 'coordinator.lock');
  mkdirSync(lock);
  const file = join(lock, '1.json');
  writeFileSync(
    file,
    JSON.stringify({ ...owner, processStart: '1', renewedAt: '2020-01-01T00:00:00.000Z' }),
  );
  return file;
}

describe('lockResults', () => {
  test('refuses a second coordinator and names the first', () => {
    const folder = temporaryFolder();
    const unlock = lockResults(folder);
    expect(() => lockResults(folder)).toThrow(
      `${folder}  another \`sweep run\` works in this results folder (process ${process.pid} on ${hostname()})\n` +
        '    Wait for it (sweep ls shows how far it is), or give this one its own --results DIR.',
    );
    expect(coordinatorAtWork(folder)?.pid).toBe(process.pid);
    unlock();
    expect(coordinatorAtWork(folder)).toBeNull();
    lockResults(folder)();
  });

  test('takes over at once what a dead process of this host left', async () => {
    const folder = temporaryFolder();
    leaveLock(folder, { host: hostname(), pid: await endedProcess() });
    expect(coordinatorAtWork(folder)).toBeNull();
    const unlock = lockResults(folder);
    expect(coordinatorAtWork(folder)?.pid).toBe(process.pid);
    unlock();
  });

  test('takes over from a process whose number another one has now', () => {
    const folder = temporaryFolder();
    leaveLock(folder, { host: hostname(), pid: process.pid }); // started at tick 1, this one later
    lockResults(folder)();
  });

  test('takes over what a dead process renewed in a future that a clock was set back from', async () => {
    const folder = temporaryFolder();
    const file = leaveLock(folder, { host: hostname(), pid: await endedProcess() });
    utimesSync(file, new Date('2100-01-01'), new Date('2100-01-01'));
    lockResults(folder)();
  });

  test('takes at once what one that was killed while it took the lock, or gave it back, left', () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'coordinator.lock'));
    mkdirSync(join(folder, 'coordinator.lock.1'));
    lockResults(folder)();
  });

  test('says of a lock of another host from the future what it is, and what can be done', () => {
    const folder = temporaryFolder();
    const file = leaveLock(folder, { host: 'elsewhere', pid: 1 });
    utimesSync(file, new Date('2100-01-01'), new Date('2100-01-01'));
    expect(() => lockResults(folder)).toThrow(
      `Its last sign of life is of 2100-01-01T00:00:00.000Z, which is yet to come: a clock was set back. If nobody works there, remove ${join(folder, 'coordinator.lock')}.`,
    );
  });

  test('leaves a coordinator of another host alone while its lock is renewed', () => {
    const folder = temporaryFolder();
    leaveLock(folder, { host: 'elsewhere', pid: 1 });
    expect(() => lockResults(folder)).toThrow('(process 1 on elsewhere)');
    expect(coordinatorAtWork(folder)?.host).toBe('elsewhere');
  });

  test('takes over from another host when its lock is not renewed', () => {
    const folder = temporaryFolder();
    const file = leaveLock(folder, { host: 'elsewhere', pid: 1 });
    utimesSync(file, new Date(0), new Date(0));
    lockResults(folder)();
  });

  test('says when the folder cannot be written', () => {
    const file = join(temporaryFolder(), 'a-file');
    writeFileSync(file, '');
    expect(() => lockResults(join(file, 'results'))).toThrow(
      'the results folder cannot be written',
    );
  });
});

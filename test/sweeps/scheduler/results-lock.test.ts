import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { execaNode } from 'execa';
import { describe, expect, test } from 'vitest';
import { readLease } from '../../../src/core/run-folder/lease.js';
import { lockResults } from '../../../src/sweeps/scheduler/results-lock.js';
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
  writeFileSync(
    join(folder, 'coordinator.json'),
    JSON.stringify({ ...owner, processStart: '1', renewedAt: '2020-01-01T00:00:00.000Z' }),
  );
  return lock;
}

describe('lockResults', () => {
  test('refuses a second coordinator and names the first', async () => {
    const folder = temporaryFolder();
    const unlock = await lockResults(folder);
    await expect(lockResults(folder)).rejects.toThrow(
      `${folder}  another \`sweep run\` works in this results folder (process ${process.pid} on ${hostname()})\n` +
        '    Wait for it (sweep ls shows how far it is), or give this one its own --results DIR.',
    );
    await unlock();
    await (
      await lockResults(folder)
    )();
  });

  test('takes over at once what a dead process of this host left', async () => {
    const folder = temporaryFolder();
    leaveLock(folder, { host: hostname(), pid: await endedProcess() });
    const unlock = await lockResults(folder);
    expect(readLease(join(folder, 'coordinator.json'))?.pid).toBe(process.pid);
    await unlock();
  });

  test('takes over from a process whose number another one has now', async () => {
    const folder = temporaryFolder();
    leaveLock(folder, { host: hostname(), pid: process.pid }); // started at tick 1, this one later
    await (
      await lockResults(folder)
    )();
  });

  test('lets only one of several take over', async () => {
    const folder = temporaryFolder();
    leaveLock(folder, { host: hostname(), pid: await endedProcess() });
    const attempts = await Promise.allSettled([1, 2, 3, 4].map(() => lockResults(folder)));
    const won = attempts.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    const lost = attempts.flatMap((one) =>
      one.status === 'rejected' && one.reason instanceof Error ? [one.reason.message] : [],
    );
    expect(won).toHaveLength(1);
    expect(lost).toHaveLength(3);
    for (const message of lost) expect(message).toContain(`(process ${process.pid} on`);
    await won[0]?.();
  });

  test('leaves a coordinator of another host alone while its lock is renewed', async () => {
    const folder = temporaryFolder();
    leaveLock(folder, { host: 'elsewhere', pid: 1 });
    await expect(lockResults(folder)).rejects.toThrow('(process 1 on elsewhere)');
  });

  test('takes over from another host when its lock is not renewed', async () => {
    const folder = temporaryFolder();
    const lock = leaveLock(folder, { host: 'elsewhere', pid: 1 });
    utimesSync(lock, new Date(0), new Date(0));
    await (
      await lockResults(folder)
    )();
  });

  test('says when the folder cannot be written', async () => {
    const file = join(temporaryFolder(), 'a-file');
    writeFileSync(file, '');
    await expect(lockResults(join(file, 'results'))).rejects.toThrow(
      'the results folder cannot be written',
    );
  });
});

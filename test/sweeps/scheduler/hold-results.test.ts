import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import {
  coordinatorLease,
  createCoordinator,
  workingCoordinator,
} from '../../../src/core/run-folder/coordinators.js';
import { newOwner } from '../../../src/core/run-folder/exclusive-folder.js';
import { Heartbeats, SILENCE_MS } from '../../../src/core/run-folder/heartbeats.js';
import { type Holder, ownHolder } from '../../../src/core/run-folder/holder.js';
import { type ResultsPaths, resultsPaths } from '../../../src/core/run-folder/paths.js';
import { type HeldResults, holdResults } from '../../../src/sweeps/scheduler/hold-results.js';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { temporaryResults } from '../../support/temporary-results.js';
import { ELSEWHERE, ENDED, writeLease } from '../../support/write-lease.js';

/**
 * Takes a results folder, by a clock of its own.
 *
 * @param onPass called with the time that has passed
 * @returns with what was said while it waited
 */
async function hold(
  paths: ResultsPaths,
  onPass: (ms: number) => void = () => undefined,
): Promise<HeldResults & { said: string[] }> {
  const said: string[] = [];
  let nowMs = 0;
  const held = await holdResults(
    paths,
    { onWait: (message) => said.push(message), onLost: () => undefined },
    {
      heartbeats: new Heartbeats(() => nowMs, { read: () => undefined, write: () => undefined }),
      wait: (ms) => {
        nowMs += ms;
        onPass(nowMs);
        return Promise.resolve();
      },
    },
  );
  return { ...held, said };
}

/** What a coordinator leaves in a results folder when it is killed, or goes on renewing while it lives. */
function leave(paths: ResultsPaths, number: number, holder: Holder): string {
  createCoordinator(paths, number, { owner: newOwner(), holder, database: '' });
  const lease = coordinatorLease(paths, number);
  writeLease(lease, { holder, since: '2026-01-02T03:04:05.000Z' });
  return lease;
}

describe('holdResults', () => {
  test('refuses a second coordinator, and says who the first is, how that was found out and what to do', async () => {
    const paths = temporaryResults();
    const first = await hold(paths);
    const refused = hold(paths);
    await expect(refused).rejects.toThrow(
      new RegExp(
        `^${paths.folder}  process ${process.pid} on ${hostname()} works in this results folder since \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d UTC: its process runs on this machine\\n` +
          '    Wait for it \\(sweep ls shows how far it is\\), end it with sweep stop SWEEP, or give this one its own --results DIR\\.$',
      ),
    );
    expect(workingCoordinator(paths)?.number).toBe(1);
    first.release();
    expect(workingCoordinator(paths)).toBeNull();
    const second = await hold(paths);
    expect([second.number, second.said]).toEqual([2, []]);
    second.release();
  });

  test('follows at once on a process of this host that has ended, also one whose number another has now', async () => {
    const paths = temporaryResults();
    const lease = leave(paths, 1, ENDED);
    expect(workingCoordinator(paths)).toBeNull();
    const held = await hold(paths);
    expect([held.number, held.said]).toEqual([2, []]);
    expect(existsSync(lease)).toBe(false);
    held.release();
  });

  test('follows at once on one that died while it made its folder', async () => {
    const paths = temporaryResults();
    mkdirSync(join(paths.coordinators, `1.${newOwner()}`), { recursive: true });
    const held = await hold(paths);
    expect(held.number).toBe(1);
    held.release();
  });

  test.each([
    ['another host', ELSEWHERE],
    ['another container', { ...ownHolder(), pidNamespace: 'pid:[1]' }],
  ])('refuses when a coordinator in %s gives a sign of life', async (_, holder) => {
    const paths = temporaryResults();
    const lease = leave(paths, 1, holder);
    const refused = hold(paths, (ms) => {
      if (ms === 4_000) writeLease(lease, { holder, beat: 1 });
    });
    await expect(refused).rejects.toThrow('renewed its lease 0ms ago, as seen from here');
  });

  test('follows on a coordinator that cannot be seen when it stays silent, and says meanwhile what it waits for', async () => {
    const paths = temporaryResults();
    leave(paths, 1, ELSEWHERE);
    let waitedMs = 0;
    const { number, said, release } = await hold(paths, (ms) => (waitedMs = ms));
    expect([number, waitedMs]).toEqual([2, SILENCE_MS]);
    expect(said[0]).toBe(
      `process ${ELSEWHERE.pid} on elsewhere holds this results folder since 2026-01-02 03:04:05 UTC and cannot be seen from here; without a sign of life it counts as gone in 1m 30s`,
    );
    expect(said.at(-1)).toContain('gone in 1s');
    expect(said).toHaveLength(90);
    release();
  });

  test('who was followed must not go on: it is told, and cannot write any more', async () => {
    vi.useFakeTimers();
    onTestFinished(() => {
      vi.useRealTimers();
    });
    const paths = temporaryResults();
    const onLost = vi.fn();
    const first = await holdResults(paths, { onWait: () => undefined, onLost });
    first.check();
    leave(paths, 2, ELSEWHERE);
    expect(() => {
      first.check();
    }).toThrow(
      `process ${ELSEWHERE.pid} on elsewhere took this results folder over, because this process gave no sign of life for 1m 30s`,
    );
    expect(onLost).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(6_000);
    expect(onLost).toHaveBeenCalledTimes(1);
    first.release();
    expect(workingCoordinator(paths)?.number).toBe(2); // its own lease is all that it gave back
  });

  test('keeps few folders of those that have ended, and all from the first on that may wake up', async () => {
    const paths = temporaryResults();
    for (let start = 0; start < 14; start++) (await hold(paths)).release();
    expect(
      readdirSync(paths.coordinators)
        .map(Number)
        .sort((a, b) => a - b)[0],
    ).toBe(5);
    writeLease(coordinatorLease(paths, 6), { holder: ELSEWHERE });
    for (let start = 0; start < 5; start++) (await hold(paths)).release();
    expect(
      readdirSync(paths.coordinators)
        .map(Number)
        .sort((a, b) => a - b)[0],
    ).toBe(6);
  });

  test('says when the folder cannot be written', async () => {
    const file = join(temporaryFolder(), 'a-file');
    writeFileSync(file, '');
    await expect(hold(resultsPaths(join(file, 'results')))).rejects.toThrow(
      'the results folder cannot be written',
    );
  });

  test('refuses a folder of the first format, and leaves it as it was', async () => {
    const paths = temporaryResults();
    const { folder, runFile } = paths.run('0123456789ab');
    mkdirSync(folder, { recursive: true });
    writeFileSync(runFile, JSON.stringify({ formatVersion: 1, id: '0123456789ab' }));
    writeFileSync(join(folder, 'events.jsonl'), '');
    await expect(hold(paths)).rejects.toThrow(
      `${runFile}  the run was written by an earlier version of sweep: it has format 1, this version reads format 2\n` +
        '    Choose another results folder with --results DIR, or move this one away and run its sweeps again.',
    );
    expect(readdirSync(paths.folder)).toEqual(['runs']);
  });
});

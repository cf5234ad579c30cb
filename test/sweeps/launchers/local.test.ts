import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { LaunchedWorker, LaunchOrder } from '../../../src/sweeps/launchers/launcher.js';
import { createLocalLauncher } from '../../../src/sweeps/launchers/local.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const WORKER = fileURLToPath(new URL('../../fixtures/workers/by-name.mjs', import.meta.url));
const SPEWING = fileURLToPath(new URL('../../fixtures/workers/spew.mjs', import.meta.url));
const WELL = { exitCode: 0, signal: null };

/** Runs whose worker does what their name says, in a folder of the test. */
function setUp() {
  const folder = temporaryFolder();
  const launcher = createLocalLauncher(WORKER);
  const logFile = join(folder, 'worker.log');
  const order = (name: string, changes: Partial<LaunchOrder> = {}): LaunchOrder => ({
    ...{ runFolder: join(folder, name), attempt: 1, logFile },
    ...{ threads: 1, device: 'cpu', environment: {} },
    ...changes,
  });
  return {
    launch: (name: string, changes?: Partial<LaunchOrder>) => launcher.launch(order(name, changes)),
    queue: (name: string, behind: LaunchedWorker, changes?: Partial<LaunchOrder>) =>
      launcher.queue!(order(name, changes), behind),
    /** Process numbers in the order of the runs. */
    pids: () => readFileSync(logFile, 'utf8').trim().split(' '),
  };
}

describe('a local worker', () => {
  it('takes the next run of the same kind', async () => {
    const { launch, pids } = setUp();
    for (let run = 0; run < 3; run++) expect(await launch('well').ended).toEqual(WELL);
    expect(new Set(pids()).size).toBe(1);
  });

  it.each([
    ['threads', { threads: 2 }],
    ['device', { device: 'cuda' }],
    ['environment', { environment: { SWEEP_GIT_COMMIT: 'abc' } }],
  ])('does no run with another %s', async (_, changes) => {
    const { launch, pids } = setUp();
    await launch('well').ended;
    expect(await launch('well', changes).ended).toEqual(WELL);
    expect(new Set(pids()).size).toBe(2);
  });

  it('works beside another one when two runs are launched at once', async () => {
    const { launch, pids } = setUp();
    await Promise.all([launch('well').ended, launch('well').ended]);
    await Promise.all([launch('well').ended, launch('well').ended]);
    expect(new Set(pids()).size).toBe(2);
  });

  it.each([
    ['dies', 'crash', { exitCode: null, signal: 'SIGKILL' }],
    ['fails', 'fail', { exitCode: 1, signal: null }],
  ])('that %s takes only its own run with it', async (_, name, exit) => {
    const { launch, pids } = setUp();
    await launch('well').ended;
    expect(await launch(name).ended).toMatchObject(exit);
    expect(await launch('well').ended).toEqual(WELL);
    const [first, second, third] = pids();
    expect(second).toBe(first);
    expect(third).not.toBe(first);
  });

  it('that ends before it begins leaves its run to another one', async () => {
    const { launch, pids } = setUp();
    await launch('well').ended;
    expect(await launch('crash-before-it-begins').ended).toEqual(WELL);
    expect(new Set(pids()).size).toBe(2);
  });

  it('that ends while it is free is not waited for', async () => {
    const { launch, pids } = setUp();
    await launch('end-while-free').ended;
    expect(await launch('well').ended).toEqual(WELL);
    expect(new Set(pids()).size).toBe(2);
  });

  it('can be stopped in its second run', async () => {
    const { launch } = setUp();
    await launch('well').ended;
    const second = launch('until-stopped');
    second.stop();
    expect((await second.ended).exitCode ?? 0).toBe(0);
    expect(await launch('well').ended).toEqual(WELL);
  });

  it('can be killed in its second run', async () => {
    const { launch } = setUp();
    await launch('well').ended;
    const second = launch('until-stopped');
    second.kill();
    expect(await second.ended).toEqual({ exitCode: null, signal: 'SIGKILL' });
  });

  it('that prints 300 MB, and lets others print, has a small log with its first and its last lines', async () => {
    const logFile = join(temporaryFolder(), 'worker.log');
    const limits = { most: 40e6, head: 1e6, tail: 1e6 };
    const environment = { SPEW_MB: '300', SPEW_MOST: `${limits.most}` };
    const launcher = createLocalLauncher(SPEWING, limits);
    const place = { runFolder: 'none', attempt: 1, logFile };
    const order = { ...place, threads: 1, device: 'cpu', environment };
    expect(await launcher.launch(order).ended).toEqual(WELL);
    const log = readFileSync(logFile, 'utf8');
    expect(log.startsWith('first line\n')).toBe(true);
    expect(log.endsWith('\nlast line\n')).toBe(true);
    expect(log.length).toBeLessThanOrEqual(limits.most);
    expect(Number(/largest (\d+)/.exec(log)?.[1])).toBeLessThan(limits.most + 3e6);
    const leftOut = Number(/left out (\d+) bytes/.exec(log)?.[1]);
    expect(leftOut + log.length).toBeGreaterThan(300e6);
  });

  it('does the runs that wait in it one after the other', async () => {
    const { launch, queue, pids } = setUp();
    const first = launch('until-others-wait');
    const [second, third] = [queue('well.1', first)!, queue('well.2', first)!];
    expect(await first.ended).toEqual(WELL);
    for (const each of [second, third]) expect(await (await each.begun)?.ended).toEqual(WELL);
    expect(pids()).toHaveLength(3);
    expect(new Set(pids()).size).toBe(1);
  });

  it('that dies takes only the run with it that it was at; what waits in it begins elsewhere', async () => {
    const { launch, queue, pids } = setUp();
    const first = launch('until-others-wait');
    const [second, third] = [queue('crash', first)!, queue('well', first)!];
    expect(await first.ended).toEqual(WELL);
    expect(await (await second.begun)?.ended).toMatchObject({ signal: 'SIGKILL' });
    expect(await third.begun).toBeNull();
    expect(queue('well', first)).toBeNull();
    expect(await launch('well').ended).toEqual(WELL);
    expect(new Set(pids()).size).toBe(2);
  });

  it('gives back what waits in it', async () => {
    const { launch, queue, pids } = setUp();
    const first = launch('until-stopped');
    const second = queue('well', first)!;
    second.takeBack();
    expect(await second.begun).toBeNull();
    first.stop();
    await first.ended;
    expect(pids()).toHaveLength(1);
  });

  it('that is stopped begins nothing of what waits in it', async () => {
    const { launch, queue } = setUp();
    const first = launch('until-stopped');
    const second = queue('well', first)!;
    first.stop();
    expect(await second.begun).toBeNull();
    expect((await first.ended).exitCode ?? 0).toBe(0);
  });

  it('takes no run of another kind to wait in it', async () => {
    const { launch, queue } = setUp();
    const first = launch('until-stopped');
    expect(queue('well', first, { threads: 2 })).toBeNull();
    first.stop();
    await first.ended;
  });
});

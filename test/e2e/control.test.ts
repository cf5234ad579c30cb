import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { resultsPaths } from '../../src/core/run-folder/paths.js';
import { changeSweepControl } from '../../src/sweeps/control/sweep-control.js';
import {
  checkpointsOf,
  documentedFields,
  eventsOf,
  findings,
  finishedWorkspace,
  runsOf,
  seen,
  TINY,
  tinyWorkspace,
  type Workspace,
} from './sweep-program.js';

/** So many epochs that only a stop ends it. */
const ENDLESS = TINY.replace('maxEpochs: 3', 'maxEpochs: 100000, patience: 100000');

interface ListDocument {
  readonly kind: string;
  readonly runs: readonly { readonly name: string; readonly state: string }[];
}

function controlOf(workspace: Workspace): ReturnType<typeof resultsPaths> {
  return resultsPaths(join(workspace.folder, 'results'));
}

test('a sweep is stopped at the end of an epoch, which no work is lost by, and goes on later', async () => {
  const workspace = tinyWorkspace(ENDLESS);
  const program = workspace.start('run', 'tiny.yaml', '--jobs', '1');
  await seen(program, /small +epoch +2/);
  const asked = await workspace.json<ListDocument>('stop', 'tiny');
  expect(asked).toMatchObject({ kind: 'stop', runs: [{ name: 'small', state: 'running' }] });

  expect(Object.keys(asked).sort()).toEqual(documentedFields('`stop`'));

  const ended = await program;
  expect(ended.exitCode).toBe(130);
  expect(ended.stderr).toContain('small  stopped: asked to stop at the end of the epoch');
  expect(ended.stderr).not.toMatch(/wide +starts/);
  const runs = await runsOf(workspace);
  expect(runs.map(({ state }) => state)).toEqual(['stopped', 'planned']);
  // the last thing before the end is the checkpoint of the last epoch
  const events = eventsOf(workspace, runs[0]!.id).filter(({ type }) => type !== 'progress');
  expect(events.at(-2)).toMatchObject({ type: 'checkpoint', kind: 'last' });
  expect(workspace.list(`results/runs/${runs[0]!.id}`)).not.toContain('stop-request.json');

  const again = workspace.start('retry', 'tiny', '--state', 'stopped');
  await seen(again, /small +epoch/);
  again.kill('SIGINT');
  expect((await again).exitCode).toBe(130);
});

test('one run is stopped at once while the others go on; retry ends it as if it never was', async () => {
  const long = TINY.replace('maxEpochs: 3', 'maxEpochs: 80, patience: 1000');
  const untouched = tinyWorkspace(long);
  await untouched.sweep('run', 'tiny.yaml', '--jobs', '2');

  const workspace = tinyWorkspace(long);
  const program = workspace.start('run', 'tiny.yaml', '--jobs', '2');
  await seen(program, /small +epoch +2/);
  expect((await workspace.sweep('stop', 'tiny/small', '--now')).exitCode).toBe(0);
  const { exitCode, stderr } = await program;
  expect(stderr).toContain('small  stopped: asked to stop');
  expect(stderr).toMatch(/wide +completed/);
  expect(exitCode).toBe(130);

  const retried = await workspace.json<ListDocument>('retry', 'tiny', '--state', 'stopped');
  expect(retried).toMatchObject({ kind: 'retry', runs: [{ name: 'small', state: 'completed' }] });
  expect(Object.keys(retried).sort()).toEqual(documentedFields('`retry`'));
  const [small] = await runsOf(workspace);
  expect(findings(workspace, small!.id)).toEqual(findings(untouched, small!.id));
});

test('a paused sweep starts no new run until it goes on, and obeys a new number of jobs', async () => {
  const workspace = tinyWorkspace(ENDLESS.concat('  - { name: third, train.maxEpochs: 2 }\n'));
  const paths = controlOf(workspace);
  const program = workspace.start('run', 'tiny.yaml', '--jobs', '1');
  await seen(program, /small +epoch/);
  const beside = seen(program, /wide +epoch/);
  changeSweepControl(paths, 'tiny', { jobs: 2 });
  await beside;
  await workspace.sweep('stop', 'tiny', '--now');
  expect((await program).exitCode).toBe(130);

  const second = workspace.start('run', 'tiny.yaml', '--jobs', '1');
  await seen(second, /small +epoch/);
  changeSweepControl(paths, 'tiny', { paused: true });
  const stopped = seen(second, /small +stopped/); // it may say so before `sweep stop` has ended
  await workspace.sweep('stop', 'small', '--now');
  await stopped;
  const states = (await runsOf(workspace)).map(({ name, state }) => `${name} ${state}`);
  expect(states).toContain('small stopped');
  expect(states).toContain('third planned');
  changeSweepControl(paths, 'tiny', { paused: false });
  await seen(second, /wide +epoch/);
  await workspace.sweep('stop', 'wide', '--now');
  expect((await second).stderr).toMatch(/third +completed/);
});

test('stop says so where nothing is at work', async () => {
  const workspace = finishedWorkspace();
  const { exitCode, stderr } = await workspace.sweep('stop', 'small');
  expect(exitCode).toBe(0); // it is as was wished
  expect(stderr).toMatch(/^nothing to stop: small \([0-9a-f]{12}\) is completed$/m);
  expect((await workspace.sweep('stop', 'tiny')).stderr).toContain(
    'nothing to stop: nobody works on tiny, its runs are 2 completed',
  );
  const unknown = await workspace.sweep('stop', 'tyni');
  expect(unknown.stderr).toContain('there is no sweep and no run "tyni"');
  expect(unknown.exitCode).toBe(2);
});

test('retry takes what failed, or what a filter says, and refuses what has its result', async () => {
  const workspace = finishedWorkspace();
  const none = await workspace.sweep('retry', 'tiny');
  expect(none.exitCode).toBe(2);
  expect(none.stderr).toContain('no run of "tiny" is failed');
  const wrong = await workspace.sweep('retry', 'tiny', '--where', 'model.embeding > 4');
  expect(wrong.exitCode).toBe(2);
  expect(wrong.stderr).toContain('model.embedding');
});

test('rm shows what goes and what stays, asks, and forgets a run so that it is trained again', async () => {
  const workspace = finishedWorkspace();
  workspace.write(
    'other.yaml',
    TINY.replace('name: tiny', 'name: other').replace('  - { name: small }\n', ''),
  );
  await workspace.sweep('run', 'other.yaml');
  const [small, wide] = await runsOf(workspace);

  const asked = await workspace.sweep('rm', 'tiny');
  expect(asked.exitCode).toBe(2);
  expect(asked.stderr).toContain('Say --yes');
  expect(asked.stderr).toMatch(/these stay[^]*wide/);
  expect(workspace.list('results/runs')).toHaveLength(2);

  const removed = await workspace.json<Record<string, unknown>>('rm', 'tiny', '--yes');
  expect(removed).toMatchObject({
    kind: 'rm',
    removed: [{ name: 'small' }],
    kept: [{ name: 'wide' }],
  });
  expect(Object.keys(removed).sort()).toEqual(documentedFields('`rm`'));
  expect(workspace.list('results/runs')).toEqual([wide!.id]);
  expect(workspace.list('results/sweeps')).toEqual(['other']);
  expect((await workspace.sweep('show', small!.id)).stderr).toContain('there is no run');

  const one = await workspace.sweep('rm', wide!.id, '--yes');
  expect(one.stderr).toContain('sweep other lists it, and would train it again');
  const again = await workspace.sweep('run', 'other.yaml');
  expect(again.stderr).toMatch(/wide +starts/);
  expect(again.exitCode).toBe(0);
});

test('rm refuses a run that is worked on, and a folder that was left half removed is no run', async () => {
  const workspace = tinyWorkspace(ENDLESS);
  const program = workspace.start('run', 'tiny.yaml', '--jobs', '1');
  await seen(program, /small +epoch/);
  const refused = await workspace.sweep('rm', 'small', '--yes');
  expect(refused.exitCode).toBe(2);
  expect(refused.stderr).toContain('works in this results folder since');
  expect((await workspace.sweep('gc', '--yes')).stderr).toContain(
    'works in this results folder since',
  );
  expect((await workspace.sweep('gc', '--dry-run')).stdout).toContain('left alone');
  program.kill('SIGTERM');
  await program;
  const left = join(workspace.folder, 'results/runs', 'f'.repeat(12));
  mkdirSync(left);
  expect((await workspace.sweep('ls', 'tiny')).exitCode).toBe(0);
});

test('gc shows what goes, asks, and leaves runs that can be sampled and are not trained again', async () => {
  const workspace = finishedWorkspace();
  const [small] = await runsOf(workspace);
  const files = (): string[] => checkpointsOf(workspace, small!.id);
  const before = files();
  const shown = await workspace.sweep('gc', 'tiny', '--keep', 'best', '--dry-run');
  expect(shown.stdout).toMatch(
    /small .*, completed, keeps the best model: attempts\/1\/checkpoint\/last/,
  );
  const asked = await workspace.sweep('gc', 'tiny', '--keep', 'best');
  expect(asked.stderr).toContain('Say --yes');
  expect(files()).toEqual(before);

  const removed = await workspace.json<Record<string, unknown>>('gc', '--keep', 'best', '--yes');
  expect(removed).toMatchObject({ kind: 'gc', keep: 'best', removed: true });
  expect(Object.keys(removed).sort()).toEqual(documentedFields('`gc`'));
  expect(files()).toEqual(before.filter((name) => name !== 'last.safetensors'));
  expect((await workspace.sweep('gc', '--keep', 'best')).stdout).toContain('is not needed');

  expect((await workspace.sweep('sample', 'small', '--count', '1')).exitCode).toBe(0);
  expect((await workspace.sweep('run', 'tiny.yaml')).stderr).toContain('nothing to do');
  expect((await workspace.sweep('db', 'check')).exitCode).toBe(0);
});

import { expect, test } from 'vitest';
import {
  attemptFolder,
  checkpointsOf,
  eventsOf,
  findings,
  finishedWorkspace,
  isCoordinated,
  runsOf,
  seen,
  TINY,
  tinyWorkspace,
  type Workspace,
} from './sweep-program.js';

test('a sweep trains the same bits each time, records and answers, and a second start has nothing to do', async () => {
  const workspace = tinyWorkspace();
  const first = await workspace.sweep('run', 'tiny.yaml');
  expect(first.stderr).toContain('2 runs to do');
  expect(first.exitCode).toBe(0);
  expect(first.stdout).toContain('completed');

  const runs = await runsOf(workspace);
  expect(runs.map(({ name, state, epochs }) => ({ name, state, epochs }))).toEqual([
    { name: 'small', state: 'completed', epochs: 3 },
    { name: 'wide', state: 'completed', epochs: 3 },
  ]);
  const [small] = runs;
  expect(workspace.list(`results/runs/${small!.id}`)).toEqual(['attempts', 'run.json']);
  expect(workspace.list(attemptFolder(workspace, small!.id))).toEqual([
    'checkpoint',
    'events.jsonl',
    'output.log',
  ]);
  expect(checkpointsOf(workspace, small!.id)).toEqual(['best.safetensors', 'last.safetensors']);

  // The same definition gives the same metrics, texts and checkpoints, bit for bit.
  const other = finishedWorkspace();
  for (const { id } of runs) expect(findings(workspace, id)).toEqual(findings(other, id));

  const before = eventsOf(workspace, small!.id).length;
  const second = await workspace.sweep('run', 'tiny.yaml');
  expect(second.stderr).toContain(
    'nothing to do: every run of tiny was finished before (2 reused)',
  );
  expect(second.exitCode).toBe(0);
  expect(eventsOf(workspace, small!.id)).toHaveLength(before);

  const analysis = await workspace.sweep('analyze', 'tiny');
  expect(analysis.stdout).toContain('small');
  expect(analysis.exitCode).toBe(0);

  const report = await workspace.sweep('report', 'tiny', '--out', 'report', '--format', 'md');
  expect(report.exitCode).toBe(0);
  expect(workspace.read('report/report.md')).toContain('Two tiny models');
});

test('goes on when nobody reads its progress any more', async () => {
  const workspace = tinyWorkspace();
  const program = workspace.start('run', 'tiny.yaml');
  await seen(program, /starts/);
  program.stderr.destroy(); // as `2>&1 | head` does
  expect((await program).exitCode).toBe(0);
  expect((await runsOf(workspace)).map(({ state }) => state)).toEqual(['completed', 'completed']);
  expect(isCoordinated(workspace)).toBe(false);
});

test('an interrupted sweep exits with 130, and the same command ends it as if it never was', async () => {
  const long = TINY.replace('maxEpochs: 3', 'maxEpochs: 60');
  const untouched = tinyWorkspace(long);
  await untouched.sweep('run', 'tiny.yaml', '--jobs', '2');

  const workspace = tinyWorkspace(long);
  const program = workspace.start('run', 'tiny.yaml', '--jobs', '2');
  await seen(program, /epoch +2 /);
  program.kill('SIGINT');
  const interrupted = await program;
  expect(interrupted.exitCode).toBe(130);
  expect(interrupted.stderr).toContain('The same command goes on where this one stopped.');

  // with other --jobs, but each run with the threads that it began with
  const again = await workspace.sweep('run', 'tiny.yaml', '--jobs', '1');
  expect(again.exitCode).toBe(0);
  for (const { id, state } of await runsOf(workspace)) {
    expect(state).toBe('completed');
    expect(findings(workspace, id)).toEqual(findings(untouched, id));
    const starts = eventsOf(workspace, id).filter(({ type }) => type === 'started');
    const threads = starts.map(({ actual }) => (actual as { threads: number }).threads);
    expect(new Set(threads).size).toBe(1);
  }
});

test('a worker that is killed fails its run with a reason, the others go on, and the exit code is 1', async () => {
  const workspace = tinyWorkspace(
    TINY.replace('- { name: small }', '- { name: small, train.maxEpochs: 100000 }'),
  );
  const program = workspace.start('run', 'tiny.yaml', '--jobs', '2', '--retries', '0');
  // both listen from the start: on a busy machine either line may come first
  await Promise.all([seen(program, /small +epoch/), seen(program, /wide +completed/)]);
  const small = (await runsOf(workspace)).find(({ name }) => name === 'small');
  const started = eventsOf(workspace, small!.id).find(({ type }) => type === 'started');
  process.kill((started!['environment'] as { pid: number }).pid, 'SIGKILL');

  const { exitCode, stderr } = await program;
  expect(exitCode).toBe(1);
  expect(stderr).toContain('failed: the worker was killed (SIGKILL)');
  expect(stderr).toContain(`results/runs/${small!.id}/attempts/1/output.log`);
  const states = (await runsOf(workspace)).map(({ name, state }) => [name, state]);
  expect(states).toEqual([
    ['small', 'failed'],
    ['wide', 'completed'],
  ]);
});

test('a run whose worker is killed goes on by itself after a while and ends with all its epochs', async () => {
  const workspace = tinyWorkspace(
    TINY.replace('- { name: small }', '- { name: small, train.maxEpochs: 60 }'),
  );
  const program = workspace.start('run', 'tiny.yaml', '--jobs', '1');
  await seen(program, /small +epoch +1/);
  const [small] = await runsOf(workspace);
  const started = eventsOf(workspace, small!.id).find(({ type }) => type === 'started');
  process.kill((started!['environment'] as { pid: number }).pid, 'SIGKILL');

  const { exitCode, stderr } = await program;
  expect(exitCode).toBe(0);
  expect(stderr).toMatch(/small +tried again in 5s \(1 of 2\)/);
  const runs = await runsOf(workspace);
  expect(runs).toMatchObject([{ state: 'completed', epochs: 60, attempts: 2 }, { attempts: 1 }]);
});

test('a run that diverges keeps its reason and its epoch and does not stop the sweep', async () => {
  const workspace = tinyWorkspace(
    TINY.replace('- { name: small }', '- { name: small, train.learningRate: 1e30 }'),
  );
  const { exitCode, stderr } = await workspace.sweep('run', 'tiny.yaml');
  expect(stderr).toMatch(/small +diverged in epoch 0: the loss/);
  expect(exitCode).toBe(0);
  const states = (await runsOf(workspace)).map(({ name, state }) => [name, state]);
  expect(states).toEqual([
    ['small', 'diverged'],
    ['wide', 'completed'],
  ]);
  const again = await workspace.sweep('run', 'tiny.yaml');
  expect(again.stderr).toContain('nothing to do');
});

test('workers end when their coordinator is killed, and the next start goes on at once', async () => {
  const workspace = tinyWorkspace(TINY.replace('maxEpochs: 3', 'maxEpochs: 30'));
  const program = workspace.start('run', 'tiny.yaml', '--jobs', '2');
  await seen(program, /small +epoch +3/);
  program.kill('SIGKILL');
  await program;
  await ended(workspace);
  expect((await runsOf(workspace)).map(({ state }) => state)).not.toContain('running');

  const again = await workspace.sweep('run', 'tiny.yaml', '--jobs', '2');
  expect(again.stderr).toContain('small  starts again');
  expect(again.exitCode).toBe(0);
  const [small] = await runsOf(workspace);
  expect(small).toMatchObject({ state: 'completed', epochs: 30, attempts: 2 });
  const epochs = eventsOf(workspace, small!.id).filter(({ type }) => type === 'epoch');
  expect(epochs).toHaveLength(30); // it went on from its checkpoint, and no epoch was told twice
});

test('a sweep stands on the best of another, which is done first', async () => {
  const workspace = tinyWorkspace();
  workspace.write(
    'next.yaml',
    `
name: next
from: { sweep: tiny.yaml }
runs:
  - { name: fewer, dataset.limit: 20 }
  - { name: temperatures, from: { sweep: tiny.yaml, take: checkpoint }, sample: { count: 3, temperatures: [0.1, 1.0] } }
`,
  );
  const { exitCode, stderr } = await workspace.sweep('run', 'next.yaml');
  expect(stderr).not.toContain('was not started');
  expect(exitCode).toBe(0);
  expect((await runsOf(workspace)).map(({ state }) => state)).toEqual(['completed', 'completed']);
  const runs = await runsOf(workspace, 'next');
  expect(runs.map(({ name, state }) => [name, state])).toEqual([
    ['fewer', 'completed'],
    ['temperatures', 'completed'],
  ]);
  const sampled = eventsOf(workspace, runs[1]!.id).filter(({ type }) => type === 'samples');
  expect(
    sampled.map(({ temperature, texts }) => [temperature, (texts as string[]).length]),
  ).toEqual([
    [0.1, 3],
    [1, 3],
  ]);
});

/** Waits until no worker of the workspace holds a lease: each looks for its coordinator by a channel that closes. */
async function ended(workspace: Workspace): Promise<void> {
  const states = (await runsOf(workspace)).map(({ state }) => state);
  if (states.includes('running')) await ended(workspace);
}

import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { sharedTemporaryFolder } from '../support/temporary-folder.js';
import {
  attemptFolder,
  createWorkspace,
  eventsOf,
  finishedWorkspace,
  TINY,
} from './sweep-program.js';

const EXPERIMENTS = fileURLToPath(new URL('../../experiments/', import.meta.url));

test('a wrong call exits with 2 and says where help is', async () => {
  const workspace = createWorkspace();
  const unknown = await workspace.sweep('rum');
  expect(unknown.exitCode).toBe(2);
  expect(unknown.stderr).toContain("unknown command 'rum'");
  expect(unknown.stderr).toContain('sweep --help');
  const jobs = await workspace.sweep('run', 'x.yaml', '--jobs', 'many');
  expect(jobs.exitCode).toBe(2);
  expect(jobs.stderr).toContain('It must be a positive integer.');
});

test('everything wrong with a definition is reported at once, and nothing is created', async () => {
  const workspace = createWorkspace();
  workspace.write(
    'bad.yaml',
    'name: bad\nbase: { model: { heads: five }, train: { learningrate: 1 } }\nreplicates: 0\n',
  );
  const { stderr, stdout, exitCode } = await workspace.sweep('run', 'bad.yaml');
  expect(exitCode).toBe(2);
  expect(stdout).toBe('');
  expect(stderr.split('\n')).toEqual([
    'bad.yaml:2:25  model.heads must be a positive integer (got "five")',
    'bad.yaml:2:42  train.learningrate is not a known key',
    '    Did you mean train.learningRate?',
    'bad.yaml:3:13  replicates must be a positive integer (got 0)',
  ]);
  expect(workspace.list('.')).toEqual(['bad.yaml']);
});

test('missing data is reported before anything is created', async () => {
  const workspace = createWorkspace();
  workspace.write('tiny.yaml', TINY);
  const { stderr, exitCode } = await workspace.sweep('run', 'tiny.yaml');
  expect(exitCode).toBe(2);
  expect(stderr).toContain('texts.txt');
  expect(stderr).not.toContain(' at '); // no stack
  expect(workspace.list('.')).toEqual(['tiny.yaml']);
});

test('a plan of q2 has the four exact parameter counts of the reference study', async () => {
  const workspace = createWorkspace();
  const plan = await workspace.json<{ runs: { name: string; parameters: number }[] }>(
    'plan',
    `${EXPERIMENTS}q2.yaml`,
  );
  expect(plan.runs.map(({ name, parameters }) => [name, parameters])).toEqual([
    ['under-100k', 87_289],
    ['500k', 556_919],
    ['5m', 5_097_821],
    ['over-10m', 10_122_749],
  ]);
  expect(workspace.list('.')).toEqual([]);
});

test('errors of --json commands are one JSON document too', async () => {
  const workspace = createWorkspace();
  const document = await workspace.json('ls');
  expect(document).toMatchObject({ version: 1, kind: 'error', code: 'bad-call' });
});

test('init writes a definition that runs as it is, and never over another file', async () => {
  const workspace = createWorkspace();
  expect((await workspace.sweep('init', 'mine')).exitCode).toBe(0);
  const plan = await workspace.sweep('plan', 'mine.yaml');
  expect(plan.stdout).toMatch(/\d+ new, 0 reused/);
  const again = await workspace.sweep('init', 'mine');
  expect(again.exitCode).toBe(2);
  expect(again.stderr).toContain('mine.yaml  the file exists already');
});

test('control sequences in a definition do not reach the terminal', async () => {
  const workspace = createWorkspace();
  workspace.write('evil.yaml', 'name: evil\ntitle: "red \\e[31m bell \\a"\n"\\e]0;owned\\a": 1\n');
  const { stderr } = await workspace.sweep('plan', 'evil.yaml');
  expect(stderr).not.toContain('\u001b');
  expect(stderr).not.toContain('\u0007');
});

test('control sequences in a log, in texts and in notes do not reach the terminal', async () => {
  const workspace = finishedWorkspace();
  const [id] = workspace.list('results/runs');
  const log = `${attemptFolder(workspace, id!)}/events.jsonl`;
  const evil = '\u001b]0;owned\u0007 \u001b[2J';
  const end = { type: 'failed', message: `evil ${evil}`, stack: null };
  const lines = eventsOf(workspace, id!).map((event, index, all) => {
    if (event['type'] === 'samples') return { ...event, texts: [`text ${evil}`] };
    return index < all.length - 1 ? event : { seq: event['seq'], time: event['time'], ...end };
  });
  const [header] = workspace.read(log).split('\n');
  const events = lines.map((event) => `${JSON.stringify(event)}\n`).join('');
  workspace.write(log, `${header}\n${events}`);
  await workspace.sweep('db', 'rebuild');
  await workspace.sweep('note', id!, `note ${evil}`);
  const shown = await Promise.all(
    [
      ['ls', 'tiny'],
      ['show', id!],
      ['analyze', 'tiny'],
    ].map((args) => workspace.sweep(...args)),
  );
  const text = shown.map(({ stdout, stderr }) => stdout + stderr).join('');
  for (const said of ['evil', 'text', 'note']) expect(text).toContain(said);
  for (const control of ['\u001b', '\u0007']) expect(text).not.toContain(control);
});

test('SWEEP_RESULTS and --results move the results folder', async () => {
  const workspace = createWorkspace();
  const { stderr } = await workspace.sweep('ls', '--results', 'elsewhere');
  expect(stderr).toContain(`No results in ${workspace.folder}/elsewhere yet`);
});

describe('after a sweep was run', () => {
  const workspace = finishedWorkspace(sharedTemporaryFolder());

  test('plan says what is reused, why names what differs', async () => {
    expect((await workspace.sweep('plan', 'tiny.yaml')).stdout).toContain('0 new, 2 reused');
    const changed = ['--set', 'train.weightDecay=0.5'];
    expect((await workspace.sweep('plan', 'tiny.yaml', ...changed)).stdout).toContain('2 new');
    const why = await workspace.sweep('why', 'small', 'tiny.yaml', ...changed);
    expect(why.stdout).toMatch(/train\.weightDecay +0\.01 +0\.5/);
    const same = await workspace.sweep('why', 'small', 'tiny.yaml');
    expect(same.stdout).toContain('nothing differs');
  });

  test('show prints scores, configuration and texts of a run by its name or the beginning of its id', async () => {
    const { runs } = await workspace.json<{ runs: { id: string }[] }>('ls', 'tiny');
    const id = runs[0]!.id;
    for (const text of ['tiny/small', id.slice(0, 6)]) {
      const { stdout, exitCode } = await workspace.sweep('show', text);
      expect(exitCode).toBe(0);
      expect(stdout).toContain(`small  ${id}  completed`);
      expect(stdout).toContain('train.learningRate');
      expect(stdout).toContain('Texts at temperature 0.5');
    }
  });

  test('ls has a column for notes and one for tags as soon as there are any', async () => {
    expect((await workspace.sweep('ls', 'tiny')).stdout).not.toMatch(/tags|note/);
    await workspace.sweep('tag', 'small', 'baseline', 'kept');
    await workspace.sweep('note', 'wide', `${'long '.repeat(9)}note`);
    const { stdout } = await workspace.sweep('ls', 'tiny');
    expect(stdout).toMatch(/ tags +note\n/);
    expect(stdout).toMatch(/^small .* baseline kept$/m);
    expect(stdout).toMatch(/^wide .* (long ){7}long…$/m);
  });

  test('a run that a sweep names twice is listed under both names and counted once, as in the plan', async () => {
    const again = TINY.replace('name: tiny', 'name: again').replace(
      '  - { name: wide',
      '  - { name: four, model.embedding: 4 }\n  - { name: wide',
    );
    workspace.write('again.yaml', again);
    const { stdout } = await workspace.sweep('run', 'again.yaml');
    expect(stdout).toMatch(/^small +(\w{12}) +completed .*\nfour +\1 +same as small .*\nwide /m);
    expect((await workspace.sweep('plan', 'again.yaml')).stdout).toContain('0 new, 2 reused');
    expect((await workspace.sweep('ls')).stdout).toMatch(/^again .* 2 {2}2 completed$/m);
    const { sweeps } = await workspace.json<{ sweeps: { name: string; runCount: number }[] }>('ls');
    expect(sweeps.find(({ name }) => name === 'again')?.runCount).toBe(2);
  });

  test('an unknown run or sweep suggests the closest names', async () => {
    const run = await workspace.sweep('show', 'smal');
    expect(run.exitCode).toBe(2);
    expect(run.stderr).toContain('small');
    const sweep = await workspace.sweep('analyze', 'tinny');
    expect(sweep.exitCode).toBe(2);
    expect(sweep.stderr).toContain('tiny');
  });
});

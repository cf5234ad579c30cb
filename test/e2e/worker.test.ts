import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { decodeFloats } from '../../src/core/run-folder/float-list.js';
import {
  attemptFolder,
  eventsOf,
  findings,
  finishedWorkspace,
  runsOf,
  tinyWorkspace,
  type Workspace,
} from './sweep-program.js';

const WORKER = fileURLToPath(new URL('../../dist/core/trainer/worker.js', import.meta.url));

/** A workspace whose run was done once, and that run's id. */
function trained(): { workspace: Workspace; id: string } {
  const workspace = finishedWorkspace();
  return { workspace, id: workspace.list('results/runs')[0]! };
}

function work(workspace: Workspace, id: string, copy: string, change: (run: object) => object) {
  const run = JSON.parse(workspace.read(`results/runs/${id}/run.json`)) as object;
  workspace.write(`results/runs/${copy}/run.json`, JSON.stringify(change(run)));
  const folder = join(workspace.folder, 'results/runs', copy);
  return execa(process.execPath, [WORKER, folder, '--threads', '1'], { reject: false });
}

test.each([
  ['dataFingerprint', 'f'.repeat(64), 'The data changed after planning'],
  ['parameters', 1, 'The plan is from another version of sweep'],
])(
  'a worker that finds another %s than planned fails the run and says so',
  async (field, value, fix) => {
    const { workspace, id } = trained();
    const copy = 'c'.repeat(12);
    const { exitCode } = await work(workspace, id, copy, (run) => ({
      ...run,
      id: copy,
      [field]: value,
    }));
    expect(exitCode).toBe(1);
    const last = eventsOf(workspace, copy).at(-1)!;
    expect(last).toMatchObject({ type: 'failed', stack: null });
    expect(last['message']).toContain(`run ${copy}  ${field} must be as planned`);
    expect(last['message']).toContain(fix);
  },
);

test('a worker without a readable run.json says so and writes no log', async () => {
  const { workspace, id } = trained();
  const copy = 'd'.repeat(12);
  const { exitCode, stderr } = await work(workspace, id, copy, () => ({ id: 'nonsense' }));
  expect(exitCode).toBe(2);
  expect(stderr).toContain("the run's configuration cannot be read");
  expect(workspace.list(`results/runs/${copy}`)).toEqual(['run.json']);
});

test('a worker needs nothing but the run folder, and gives its lease back', async () => {
  const { workspace, id } = trained();
  const copy = 'e'.repeat(12);
  const { exitCode } = await work(workspace, id, copy, (run) => ({ ...run, id: copy }));
  expect(exitCode).toBe(0);
  expect(eventsOf(workspace, copy).at(-1)).toMatchObject({
    type: 'completed',
    reason: 'max-epochs',
  });
  expect(workspace.list(attemptFolder(workspace, copy))).toEqual(['checkpoint', 'events.jsonl']);
  // What analysis needs of the texts is on record, so that it reads neither texts nor models.
  const told = (type: string): Record<string, unknown>[] =>
    eventsOf(workspace, copy).filter((event) => event['type'] === type);
  const [baselines] = told('baselines');
  expect(baselines?.['models']).toMatchObject([
    { name: 'unigram' },
    { name: 'position-unigram' },
    { name: '5-gram' },
  ]);
  for (const event of told('evaluated')) {
    const scores = decodeFloats(Buffer.from(String(event['textNll']), 'base64'));
    const mean = scores.reduce((sum, nll) => sum + nll, 0) / scores.length;
    expect(mean).toBeCloseTo(Number(event['nll']), 4);
  }
  expect(told('samples').length).toBeGreaterThan(0);
  for (const { measures } of told('samples')) {
    const { knownWords, copiedTexts, entropy } = measures as Record<string, number>;
    expect(knownWords).toBeLessThanOrEqual(1);
    expect(copiedTexts).toBeGreaterThanOrEqual(0);
    expect(entropy).toBeGreaterThan(0);
    expect(entropy).toBeLessThanOrEqual(Math.log(29));
  }
});

test('a run in a process that did another one before ends with the same bits as in one of its own', async () => {
  const workspace = tinyWorkspace();
  await workspace.sweep('run', 'tiny.yaml', '--jobs', '1');
  const [first, second] = (await runsOf(workspace)).map(({ id }) => id);
  const starts = [first!, second!].map((id) => eventsOf(workspace, id)[0]!);
  const pids = starts.map(({ environment }) => (environment as { pid: number }).pid);
  expect(pids[1]).toBe(pids[0]);

  const alone = tinyWorkspace();
  const runFile = `results/runs/${second!}/run.json`;
  alone.write(runFile, workspace.read(runFile).replaceAll(workspace.folder, alone.folder));
  const { threads } = starts[1]!['actual'] as { threads: number };
  const folder = join(alone.folder, 'results/runs', second!);
  await execa(process.execPath, [WORKER, folder, '--threads', `${threads}`, '--device', 'cpu']);
  expect(findings(alone, second!)).toEqual(findings(workspace, second!));
});

import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadDefinition } from '../../../src/sweeps/definition/load-definition.js';
import type { KnownRun, RunHistory } from '../../../src/sweeps/plan/history.js';
import { planSweep } from '../../../src/sweeps/plan/plan.js';
import type { PlannedRun, ResolvedRun } from '../../../src/sweeps/plan/planned-run.js';
import { describeTotals } from '../../../src/sweeps/plan/planned-run.js';
import type { PlanContext, SweepPlan } from '../../../src/sweeps/plan/sweep-plan.js';
import { findNearestRun, whyDifferent } from '../../../src/sweeps/plan/why.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

/** What is known of earlier runs, by id; tests add to it. */
class FakeHistory implements RunHistory {
  readonly runs = new Map<string, KnownRun>();
  readonly values = new Map<string, number>();
  seconds: number | undefined;

  find(id: string): KnownRun | undefined {
    return this.runs.get(id);
  }
  objectiveValue(id: string): number | undefined {
    return this.values.get(id);
  }
  stepSeconds(): number | undefined {
    return this.seconds;
  }
  finish(run: ResolvedRun, value?: number, sweeps: readonly string[] = []): void {
    this.runs.set(run.id, { state: 'completed', sweeps });
    if (value !== undefined) this.values.set(run.id, value);
  }
}

function contextOf(history: RunHistory): PlanContext & { asked: number } {
  const context = {
    asked: 0,
    history,
    datasetFacts: (config: unknown) => {
      context.asked++;
      return Promise.resolve({ fingerprint: fingerprintOf(config), trainTexts: 100 });
    },
    estimateMemory: (_model: unknown, batchSize: number) => batchSize * 1000,
  };
  return context;
}

/** Stands for the hash of the texts. */
function fingerprintOf(config: unknown): string {
  return Buffer.from(JSON.stringify(config)).toString('hex').slice(0, 64).padEnd(64, '0');
}

async function plan(
  file: string,
  history: RunHistory = new FakeHistory(),
  set: string[] = [],
): Promise<SweepPlan> {
  return planSweep(await loadDefinition(file, { set }), contextOf(history));
}

function resolved(run: PlannedRun | undefined): ResolvedRun {
  if (run === undefined || run.status === 'waiting') throw new Error('the run is not resolved');
  return run;
}

function write(files: Record<string, string>): string {
  const folder = temporaryFolder();
  for (const [name, text] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  return folder;
}

const SMALL = 'model: { tokens: 8, embedding: 4, neurons: 1, heads: 1, blocks: 1 }';

describe('planSweep', () => {
  it('finds the exact parameter counts of the four budgets', async () => {
    const { runs } = await plan('experiments/q2.yaml');
    expect(runs.map((run) => [run.name, resolved(run).parameters])).toEqual([
      ['under-100k', 87_289],
      ['500k', 556_919],
      ['5m', 5_097_821],
      ['over-10m', 10_122_749],
    ]);
    expect(resolved(runs[1]).config).toMatchObject({
      kind: 'train',
      model: { tokens: 150, embedding: 30, neurons: 50, heads: 5, blocks: 5, dropout: 0.1 },
      train: { learningRate: 0.001, batchSize: 32, maxEpochs: 1000, patience: 10 },
      dataset: { source: 'headlines', limit: null },
      seed: 1,
    });
  });

  it('tells new, finished, reused and unfinished runs apart', async () => {
    const history = new FakeHistory();
    const [a, b, c, d] = (await plan('experiments/q2.yaml', history)).runs.map(resolved);
    history.finish(a!, 95, ['q2']);
    history.finish(b!, 87, ['q2', 'other']);
    history.runs.set(c!.id, { state: 'failed', sweeps: ['q2'] });
    history.runs.set(d!.id, { state: 'diverged', sweeps: ['q2'] });
    const { runs, totals } = await plan('experiments/q2.yaml', history);
    expect(runs.map((run) => [run.status, resolved(run).reusedFrom])).toEqual([
      ['finished', []],
      ['finished', ['other']],
      ['to-be-continued', []],
      ['finished', []],
    ]);
    expect(totals).toEqual({ new: 0, finished: 3, 'to-be-continued': 1, waiting: 0 });
    expect(describeTotals(totals)).toBe('0 new, 3 reused, 1 to be continued');
  });

  it('resolves q3 when every run of q2 has ended', async () => {
    const history = new FakeHistory();
    const first = await plan('experiments/q3.yaml', history);
    expect(first.runs[0]).toMatchObject({ name: 'q3', status: 'waiting' });
    expect(first.runs[0]?.status === 'waiting' && first.runs[0].waitingFor).toHaveLength(4);
    const runs = first.upstream[0]!.runs.map(resolved);
    for (const [index, run] of runs.entries()) {
      expect((await plan('experiments/q3.yaml', history)).runs[0]?.status).toBe('waiting');
      history.finish(run, [95, 87, 86, 163][index]);
    }
    const run = resolved((await plan('experiments/q3.yaml', history)).runs[0]);
    expect(run.config).toMatchObject({
      model: { neurons: 170, embedding: 48 },
      dataset: { source: 'headlines', limit: 1000 },
    });
    expect(run.changes).toHaveProperty(['dataset.limit'], 1000);
    expect(run.status).toBe('new');
  });

  it('makes q4 a sampling of the best checkpoint', async () => {
    const history = new FakeHistory();
    const runs = (await plan('experiments/q2.yaml')).runs.map(resolved);
    for (const [index, run] of runs.entries()) history.finish(run, 90 - index);
    const run = resolved((await plan('experiments/q4.yaml', history)).runs[0]);
    expect(run.config).toEqual({
      kind: 'sample',
      sourceKey: runs[3]!.key,
      model: (runs[3]!.config as { model: unknown }).model,
      sample: { count: 64, temperatures: [0.01, 0.1, 0.5, 0.8, 1] },
      seed: 1,
    });
    expect(run.dataFingerprint).toBeNull();
  });

  it('waits with a reason when all have ended without a value', async () => {
    const history = new FakeHistory();
    for (const run of (await plan('experiments/q2.yaml')).runs.map(resolved)) history.finish(run);
    expect((await plan('experiments/q4.yaml', history)).runs[0]).toMatchObject({
      status: 'waiting',
      waitingFor: [],
      reason: 'no run of q2 has a value of val.nll',
    });
  });

  it('lets runs of one file stand on the best of the others', async () => {
    const history = new FakeHistory();
    const first = await plan('experiments/quickstart.yaml', history);
    expect(describeTotals(first.totals)).toBe('3 new, 0 reused, 2 waiting');
    first.runs.slice(0, 3).forEach((run, index) => {
      history.finish(resolved(run), [60, 50, 55][index]);
    });
    const { runs, totals } = await plan('experiments/quickstart.yaml', history);
    expect(totals).toEqual({ new: 2, finished: 3, 'to-be-continued': 0, waiting: 0 });
    expect(resolved(runs[3]).config).toMatchObject({
      model: (resolved(runs[1]).config as { model: object }).model,
      dataset: { limit: 500 },
    });
    expect(resolved(runs[4]).config).toMatchObject({ sourceKey: resolved(runs[1]).key });
  });

  it('chooses by another metric and among named runs', async () => {
    const folder = write({
      'a.yaml': `name: a\nbase: { ${SMALL} }\nruns: [{ name: x }, { name: y, seed: 2 }, { name: z, seed: 3 }]`,
      'b.yaml':
        'name: b\nfrom: { sweep: a.yaml, runs: [x, y], by: { metric: val.top1 } }\nbase: { train.maxEpochs: 3 }',
    });
    const history = new FakeHistory();
    const [x, y, z] = (await plan(join(folder, 'a.yaml'))).runs.map(resolved);
    history.finish(x!, 0.5);
    history.finish(y!, 0.7);
    history.finish(z!, 0.9);
    const run = resolved((await plan(join(folder, 'b.yaml'), history)).runs[0]);
    expect(run.config).toMatchObject({ seed: 2, train: { maxEpochs: 3 } });
  });

  it('applies base, run, grid and --set in this order', async () => {
    const folder = write({
      'a.yaml': `name: a
base: { ${SMALL}, train: { batchSize: 8, patience: 1, maxEpochs: 5 } }
runs: [{ name: x, train.patience: 2 }]
grid: { train.batchSize: [16] }
`,
    });
    const { runs } = await plan(join(folder, 'a.yaml'), new FakeHistory(), ['train.maxEpochs=9']);
    expect(resolved(runs[0]).config).toMatchObject({
      train: { batchSize: 16, patience: 2, maxEpochs: 9 },
    });
    expect(runs[0]?.changes).toEqual({ 'train.patience': 2, 'train.batchSize': 16 });
  });

  it('drops what where does not keep', async () => {
    const folder = write({
      'a.yaml': `name: a\nbase: { ${SMALL} }\ngrid: { model.heads: [1, 2, 3] }\nwhere: model.heads != 2 && dataset.limit == null\n`,
    });
    const { runs } = await plan(join(folder, 'a.yaml'));
    expect(runs.map(({ name }) => name)).toEqual(['heads=1', 'heads=3']);
  });

  it('counts runs with the same key once and keeps both names', async () => {
    const folder = write({
      'a.yaml': `name: a\nbase: { ${SMALL} }\nruns: [{ name: x }, { name: y, seed: 1 }]\n`,
    });
    const { runs, totals } = await plan(join(folder, 'a.yaml'));
    expect(runs.map((run) => [run.name, resolved(run).sameAs])).toEqual([
      ['x', undefined],
      ['y', 'x'],
    ]);
    expect(totals.new).toBe(1);
  });

  it('reads each data set once and knows where its files are', async () => {
    const folder = write({
      'sub/a.yaml': `name: a\ndataset: { source: file, path: texts.txt }\nbase: { ${SMALL} }\ngrid: { seed: [1, 2] }\n`,
      'b.yaml': 'name: b\nfrom: { sweep: sub/a.yaml }\nbase: { dataset.limit: 5 }\n',
    });
    const history = new FakeHistory();
    const context = contextOf(history);
    const first = await planSweep(await loadDefinition(join(folder, 'sub/a.yaml')), context);
    expect(context.asked).toBe(1);
    for (const run of first.runs) history.finish(resolved(run), 1);
    const run = resolved((await plan(join(folder, 'b.yaml'), history)).runs[0]);
    expect(run.baseFolder).toBe(join(folder, 'sub'));
  });

  it('expects at most all epochs at the measured step time', async () => {
    const history = new FakeHistory();
    const before = await plan('experiments/q2.yaml', history, ['train.maxEpochs=2']);
    expect(before.expectedSeconds).toBeUndefined();
    history.seconds = 0.5;
    const { runs, expectedSeconds } = await plan('experiments/q2.yaml', history, [
      'train.maxEpochs=2',
    ]);
    expect(resolved(runs[0]).expectedSeconds).toBe(2 * 4 * 0.5); // 100 texts are 4 batches of 32
    expect(expectedSeconds).toBe(16);
    expect(resolved(runs[0]).memoryBytes).toBe(32_000);
  });

  it('refuses a run that misses its budget once it is known what it stands on', async () => {
    const folder = write({
      'a.yaml': `name: a\nbase: { ${SMALL} }`,
      'b.yaml': 'name: b\nbudget: "> 1M"\nfrom: { sweep: a.yaml }\nbase: { seed: 2 }\n',
    });
    const history = new FakeHistory();
    const file = join(folder, 'b.yaml');
    const before = await plan(file, history);
    expect(before.runs[0]?.status).toBe('waiting');
    history.finish(resolved(before.upstream[0]?.runs[0]), 1);
    await expect(plan(file, history)).rejects.toThrow(
      `${file}:2:9  budget "> 1M" is not met by run "b": the model has `,
    );
  });
});

describe('run keys', () => {
  it('do not depend on names, notes, kept checkpoints, order of keys or on how keys are written', async () => {
    const folder = write({
      'a.yaml': `name: a\nbase: { ${SMALL}, train: { batchSize: 8, patience: 2 } }\n`,
      'b.yaml': `name: b\ncheckpoints: { keep: 3 }\nruns:\n  - { name: other, notes: x, train.patience: 2, train.batchSize: 8, ${SMALL} }\n`,
    });
    const [a] = (await plan(join(folder, 'a.yaml'))).runs;
    const [b] = (await plan(join(folder, 'b.yaml'))).runs;
    expect(resolved(a).key).toBe(resolved(b).key);
  });
});

describe('whyDifferent', () => {
  it('names the fields in which two runs differ', async () => {
    const { runs } = await plan('experiments/q2.yaml');
    const changed = await plan('experiments/q2.yaml', new FakeHistory(), [
      'train.learningRate=3e-4',
    ]);
    const run = resolved(changed.runs[0]);
    const nearest = findNearestRun(run.config, run.dataFingerprint, {
      ...changed,
      runs,
    });
    expect(nearest?.run.name).toBe('under-100k');
    expect(nearest?.differences).toEqual({ 'train.learningRate': [0.0003, 0.001] });
  });

  it('finds nothing between a run and itself', () => {
    expect(whyDifferent({ a: { b: [1] } }, { a: { b: [1] } })).toEqual({});
    expect(whyDifferent({ a: 1 }, { b: 1 })).toEqual({ a: [1, undefined], b: [undefined, 1] });
  });
});

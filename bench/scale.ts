/**
 * `npm run bench:scale -- [--runs 2000] [--epochs 250] [--sweeps 20]`
 *
 * Measures the store and the planner at size, with the built program, and writes `SCALE.md` beside this file: planning a
 * million runs, building a database from generated run folders, and looking at it.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { runId, runKey } from '../src/core/config/run-key.js';
import { runConfigSchema } from '../src/core/config/run-schema.js';
import { resultsPaths, type ResultsPaths } from '../src/core/run-folder/paths.js';
import { describeMachine, load } from './machine.js';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '2000' },
    epochs: { type: 'string', default: '250' },
    sweeps: { type: 'string', default: '20' },
  },
});
const whole = z.coerce.number().int().positive();
const sizes = {
  runs: whole.parse(values.runs),
  epochs: whole.parse(values.epochs),
  sweeps: whole.parse(values.sweeps),
};

const PROGRAM = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));
/** Has the program say what memory it took at most. */
const REPORT_PEAK =
  'data:text/javascript,process.on("exit",()=>process.stderr.write("peakKiB="+process.resourceUsage().maxRSS))';

interface Outcome {
  readonly seconds: number;
  readonly peakMiB: number;
  readonly stdout: string;
}

/** Runs the built program and measures it from outside. */
function sweep(folder: string, ...args: string[]): Outcome {
  const begin = performance.now();
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ['--import', REPORT_PEAK, PROGRAM, ...args],
    { cwd: folder, encoding: 'utf8', maxBuffer: 2 ** 30 },
  );
  if (status !== 0) throw new Error(`sweep ${args.join(' ')}: ${stderr}`);
  const seconds = (performance.now() - begin) / 1000;
  return { seconds, peakMiB: Number(/peakKiB=(\d+)/.exec(stderr)?.[1]) / 1024, stdout };
}

const TEN = Array.from({ length: 10 }, (_, index) => index + 1);

/** A million runs: six fields of ten values. */
const MILLION = {
  name: 'million',
  dataset: { source: 'headlines', limit: 200 },
  grid: {
    'train.learningRate': TEN.map((n) => n / 1000),
    'train.weightDecay': TEN.map((n) => n / 1000),
    'train.batchSize': TEN.map((n) => n * 8),
    'model.dropout': TEN.map((n) => n / 100),
    'model.embedding': TEN.map((n) => n * 8),
    'model.heads': TEN,
  },
};
const WHERE =
  'model.embedding <= 64 && train.batchSize * model.heads >= 40 && model.dropout < 0.08 && ' +
  'train.learningRate + train.weightDecay < 0.012 && parameters < 1M';

/** Folders of runs as workers leave them. */
function generate(paths: ResultsPaths): void {
  const perSweep = Math.ceil(sizes.runs / sizes.sweeps);
  for (let sweepNumber = 0; sweepNumber < sizes.sweeps; sweepNumber++) {
    const runs = [];
    for (let index = 0; index < perSweep; index++)
      runs.push({
        name: `run-${index}`,
        runId: writeRun(paths, sweepNumber * perSweep + index),
        changes: { seed: index },
        replicate: null,
      });
    const name = `sweep-${sweepNumber}`;
    mkdirSync(paths.sweep(name), { recursive: true });
    writeFileSync(
      join(paths.sweep(name), 'sweep.json'),
      JSON.stringify({
        ...{ name, title: null, definitionFile: `${name}.yaml`, definitionText: `name: ${name}\n` },
        objective: { metric: 'val.nll', goal: 'minimize' },
        ...{ createdAt: TIME, recordedAt: TIME, runs },
      }),
    );
  }
}

const TIME = '2026-01-02T03:04:05.000Z';

function writeRun(paths: ResultsPaths, seed: number): string {
  const config = runConfigSchema.parse({
    ...{ kind: 'train', model: {}, train: {}, sample: {}, seed },
    dataset: { source: 'headlines', limit: 200 },
  });
  const fingerprint = 'd'.repeat(64);
  const key = runKey(config, fingerprint);
  const id = runId(key);
  const { folder, runFile, events } = paths.run(id);
  mkdirSync(folder, { recursive: true });
  const run = { formatVersion: 1, id, key, config, dataFingerprint: fingerprint };
  writeFileSync(
    runFile,
    JSON.stringify({ ...run, parameters: 87_289, baseFolder: '/', createdAt: TIME }),
  );
  writeFileSync(
    events,
    eventsOf(seed)
      .map((line, index) => line(index + 1))
      .join(''),
  );
  return id;
}

function eventsOf(seed: number): ((seq: number) => string)[] {
  const line = (event: object) => (seq: number) =>
    `${JSON.stringify({ seq, time: TIME, ...event })}\n`;
  const texts = { train: 160, val: 20, test: 20 };
  const used = { engine: 'onnx', engineVersion: '1.30.0', device: 'cpu', threads: 1 };
  return [
    line({
      ...{ type: 'started', attempt: 1, fromEpoch: 0 },
      actual: {
        ...{ parameters: 87_289, dataFingerprint: 'd'.repeat(64), texts, optimizer: 'adamw' },
        ...{ ...used, microBatch: 8 },
      },
      environment: {
        ...{
          host: 'machine',
          pid: 1,
          node: 'v20',
          sweep: '0.1.0',
          gitCommit: null,
          gitDirty: null,
        },
      },
    }),
    ...Array.from({ length: sizes.epochs }, (_, epoch) =>
      line({
        ...{ type: 'epoch', epoch, step: (epoch + 1) * 5, improved: true, stepSeconds: 0.2 },
        train: { nll: 60 - epoch / 100 + (seed % 7) / 10, top1: 0.2 },
        val: { nll: 61 - epoch / 100 + (seed % 5) / 10, top1: 0.19 + epoch / 10_000 },
        ...{ trainSeconds: 1, evaluateSeconds: 0.1, textsPerSecond: 160 },
      }),
    ),
    line({ type: 'completed', reason: 'max-epochs', seconds: sizes.epochs * 1.1 }),
  ];
}

const rebuiltSchema = z.object({ seconds: z.number(), events: z.int(), bytes: z.int() });

const loadBefore = load();
const folder = mkdtempSync(join(tmpdir(), 'sweep-scale-'));
try {
  const rows: string[][] = [];
  const add = (what: string, target: string, measured: string): void => {
    process.stderr.write(`${what}: ${measured}\n`);
    rows.push([what, target, measured]);
  };
  const took = ({ seconds, peakMiB }: Outcome): string =>
    `${seconds.toFixed(2)} s, ${peakMiB.toFixed(0)} MiB`;

  writeFileSync(join(folder, 'million.yaml'), JSON.stringify(MILLION));
  writeFileSync(join(folder, 'where.yaml'), JSON.stringify({ ...MILLION, where: WHERE }));
  const target = 'at most 3 s, 300 MB';
  add(
    '`sweep plan`, a grid of 1,000,000 runs',
    target,
    took(sweep(folder, 'plan', 'million.yaml')),
  );
  add(
    'the same with `where` over all its fields',
    target,
    took(sweep(folder, 'plan', 'where.yaml')),
  );

  const paths = resultsPaths(join(folder, 'results'));
  generate(paths);
  const rebuild = sweep(folder, 'db', 'rebuild', '--json');
  const { seconds, events, bytes } = rebuiltSchema.parse(JSON.parse(rebuild.stdout));
  const metrics = 4 * sizes.epochs * sizes.runs;
  const size = `${sizes.runs.toLocaleString('en-US')} runs, ${events.toLocaleString('en-US')} events, ${metrics.toLocaleString('en-US')} metric rows, ${(bytes / 1e6).toFixed(0)} MB`;
  const rate = (count: number): string => Math.round(count / seconds).toLocaleString('en-US');
  add(
    `\`sweep db rebuild\` (${size})`,
    'at least 50,000 events/s',
    `${rate(events)} events/s, ${rebuild.peakMiB.toFixed(0)} MiB`,
  );
  add('metrics recorded, in the same', 'at least 100,000 rows/s', `${rate(metrics)} rows/s`);
  add(
    `\`sweep ls\`, ${sizes.sweeps} sweeps of that database`,
    'at most 1 s',
    took(sweep(folder, 'ls')),
  );
  add(
    `\`sweep ls sweep-0\`, ${Math.ceil(sizes.runs / sizes.sweeps)} runs`,
    'at most 1 s',
    took(sweep(folder, 'ls', 'sweep-0')),
  );
  add('`sweep analyze sweep-0`', 'at most 3 s', took(sweep(folder, 'analyze', 'sweep-0')));
  add('`sweep db check`', '', took(sweep(folder, 'db', 'check')));

  const { date, processor, cores, memoryGiB, node } = describeMachine(null, loadBefore);
  const lines = [
    '# The store and the planner at size',
    '',
    `Written by \`npm run bench:scale\`: ${date.slice(0, 10)}, ${processor}, ${cores} cores, ${memoryGiB} GiB, Node ${node}; load before ${loadBefore.toFixed(1)}, after ${load().toFixed(1)}. Times are of the whole program, its start included; memory is its peak. Targets of issue 4.`,
    '',
    '| what | target | measured |',
    '| --- | --- | --- |',
    ...rows.map((row) => `| ${row.join(' | ')} |`),
    '',
  ];
  writeFileSync(new URL('SCALE.md', import.meta.url), lines.join('\n'));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

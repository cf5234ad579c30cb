import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { runId, runKey } from '../../src/core/config/run-key.js';
import { runConfigSchema } from '../../src/core/config/run-schema.js';
import { resultsPaths, type ResultsPaths } from '../../src/core/run-folder/paths.js';
import { RUN_FORMAT } from '../../src/core/run-folder/run-file.js';
import { writeAttempt } from '../../test/core/store/example-runs.js';
import type { Part } from './part.js';
import { count, middleOf, sweep, took } from './program.js';

const sizes = { runs: 2000, epochs: 250, sweeps: 20 };
/** How often it is built again; the middle one counts. */
const TIMES = 3;
const rebuiltSchema = z.object({ seconds: z.number(), events: z.int(), bytes: z.int() });

/** The database is built again from run folders, and looked at. */
export const measureRebuild: Part = async (folder, _, add) => {
  generate(resultsPaths(join(folder, 'results')));
  const rebuild = await middleOf(TIMES, folder, 'db', 'rebuild', '--json');
  const { seconds, events, bytes } = rebuiltSchema.parse(JSON.parse(rebuild.stdout));
  const metrics = 4 * sizes.epochs * sizes.runs;
  const size = `${count(sizes.runs)} runs, ${count(events)} events, ${count(metrics)} metric rows, ${(bytes / 1e6).toFixed(0)} MB`;
  add(
    `\`sweep db rebuild\` (${size})`,
    'at least 50,000 events/s',
    `${count(events / seconds)} events/s (${count(events / rebuild.cpuSeconds)} a second of processor time, start included), ${rebuild.peakMiB.toFixed(0)} MiB`,
  );
  add(
    'metrics recorded, in the same',
    'at least 100,000 rows/s',
    `${count(metrics / seconds)} rows/s`,
  );
  add('`sweep db check` of the same', '', took(await sweep(folder, 'db', 'check')));
};

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
  const { folder, runFile } = paths.run(id);
  mkdirSync(folder, { recursive: true });
  const identity = { formatVersion: RUN_FORMAT, id, key, config, dataFingerprint: fingerprint };
  writeFileSync(
    runFile,
    JSON.stringify({ ...identity, parameters: 87_289, baseFolder: '/', createdAt: TIME }),
  );
  const log = eventsOf(seed)
    .map((line, index) => line(index + 1))
    .join('');
  writeAttempt(paths.run(id), 1, log);
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

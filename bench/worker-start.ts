import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runId, runKey } from '../src/core/config/run-key.js';
import { type ModelConfig, trainRunConfigSchema } from '../src/core/config/run-schema.js';
import { loadDataset } from '../src/core/data/load-dataset.js';
import { parameterCount } from '../src/core/model/parameter-count.js';
import { readRunLog } from '../src/core/run-folder/run-log.js';
import { resultsPaths } from '../src/core/run-folder/paths.js';
import { keepTexts } from '../src/core/trainer/decoder/planned-texts.js';
import { type RunFile, runFileSchema } from '../src/core/run-folder/run-file.js';

const WORKER = fileURLToPath(new URL('../dist/core/trainer/worker.js', import.meta.url));

/**
 * Seconds from the start of a compiled worker to its first sign of life after a training step, several times: the
 * first one in a new results folder, after a plan as `sweep run` makes it, and those after it.
 */
export async function workerStarts(
  model: ModelConfig,
  { threads, rounds }: { readonly threads: number; readonly rounds: number },
): Promise<{ readonly first: number; readonly later: readonly number[] }> {
  const results = mkdtempSync(join(tmpdir(), 'sweep-bench-'));
  try {
    const run = await planOneStep(model, results);
    const first = await startOnce(results, run, threads);
    const later: number[] = [];
    for (let round = 0; round < rounds; round++) later.push(await startOnce(results, run, threads));
    return { first, later };
  } finally {
    rmSync(results, { recursive: true });
  }
}

async function startOnce(results: string, run: RunFile, threads: number): Promise<number> {
  const paths = resultsPaths(results).run(run.id);
  mkdirSync(paths.folder, { recursive: true });
  writeFileSync(paths.runFile, JSON.stringify(run));
  const begin = Date.now();
  const worker = spawn(process.execPath, [WORKER, paths.folder, '--threads', `${threads}`], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  await new Promise((resolve) => worker.once('exit', resolve));
  const first = readRunLog(paths).events.find(({ type }) => type === 'progress');
  if (first === undefined) throw new Error('the worker ended before its first step');
  rmSync(paths.folder, { recursive: true });
  return (Date.parse(first.time) - begin) / 1000;
}

/** A run of one epoch of one step, and its texts where its worker looks for them. */
async function planOneStep(model: ModelConfig, results: string): Promise<RunFile> {
  const config = trainRunConfigSchema.parse({
    kind: 'train',
    model,
    train: { maxEpochs: 1 },
    sample: { count: 0, during: 'never' },
    dataset: { source: 'headlines', limit: 32 },
  });
  const { dataset } = config;
  const texts = await loadDataset(dataset, { baseFolder: '.', cacheFolder: results });
  keepTexts(dataset, texts, resultsPaths(results));
  const { fingerprint } = texts;
  const key = runKey(config, fingerprint);
  return runFileSchema.parse({
    formatVersion: 1,
    id: runId(key),
    key,
    config,
    dataFingerprint: fingerprint,
    parameters: parameterCount(model),
    baseFolder: process.cwd(),
    createdAt: new Date().toISOString(),
  });
}

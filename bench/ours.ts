/**
 * Our engine as a subject of the benchmark: one JSON request a line, one JSON answer a line. Requests are those of
 * `peer/decoder.py`, and besides them `steps` (several in a row), `ceiling` (a matrix product) and `memory`.
 */
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { modelSchema, trainSchema, type ModelConfig } from '../src/core/config/run-schema.js';
import { VOCABULARY_SIZE } from '../src/core/data/vocabulary.js';
import type { Engine, TokenBatch } from '../src/core/engine/engine.js';
import { createOnnxEngine } from '../src/core/engine/onnx/onnx-engine.js';
import { initialiseParameters } from '../src/core/model/initialise.js';
import { dropoutMask } from '../src/core/random/dropout-mask.js';
import { Generator } from '../src/core/random/generator.js';
import { BATCH_SIZE, SAMPLED_TEXTS } from './budgets.js';
import { createCeiling } from './ceiling.js';
import type { Timing } from './measure.js';

const request = z.discriminatedUnion('what', [
  z.object({ what: z.literal('step'), model: modelSchema }),
  z.object({ what: z.literal('steps'), model: modelSchema, count: z.int() }),
  z.object({ what: z.literal('evaluate'), model: modelSchema }),
  z.object({ what: z.literal('sample'), model: modelSchema }),
  z.object({ what: z.literal('ceiling') }),
  z.object({ what: z.literal('memory') }),
]);

const threads = z.coerce.number().int().positive().parse(process.argv[2]);
const generator = Generator.fromSeed(1, 'bench');
const engines = new Map<string, Promise<Engine>>();
const ceiling = createCeiling(threads);

for await (const line of createInterface({ input: process.stdin }))
  process.stdout.write(`${JSON.stringify(await answer(request.parse(JSON.parse(line))))}\n`);

async function answer(wanted: z.infer<typeof request>): Promise<Timing | { bytes: number }> {
  switch (wanted.what) {
    case 'memory':
      return { bytes: process.resourceUsage().maxRSS * 1024 };
    case 'ceiling':
      return timed(await ceiling());
    case 'step':
      return timed(await steps(wanted.model, 1));
    case 'steps':
      return timed(await steps(wanted.model, wanted.count));
    case 'evaluate': {
      const engine = await engineOf(wanted.model);
      const batch = randomBatch(wanted.model);
      return timed(() => engine.evaluate(batch));
    }
    case 'sample': {
      const engine = await engineOf(wanted.model);
      const options = { count: SAMPLED_TEXTS, temperature: 1, generator: generator.state() };
      return timed(() => engine.sample(options));
    }
  }
}

/** Steps with all that the trainer does for one, the drawing of the dropout mask included. */
async function steps(model: ModelConfig, count: number): Promise<() => Promise<void>> {
  const engine = await engineOf(model);
  const batch = randomBatch(model);
  return async () => {
    for (let step = 0; step < count; step++) {
      const mask = dropoutMask(batch.tokens.length * model.embedding, model.dropout, generator);
      await engine.step(batch, { dropoutMask: mask });
    }
  };
}

async function timed(work: () => Promise<unknown>): Promise<Timing> {
  const begin = performance.now();
  const usage = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(usage);
  return { wall: performance.now() - begin, cpu: (user + system) / 1000 };
}

function engineOf(model: ModelConfig): Promise<Engine> {
  const key = JSON.stringify(model);
  const known = engines.get(key);
  if (known !== undefined) return known;
  const made = createOnnxEngine({
    model,
    optimizer: trainSchema.parse({}),
    batchSize: BATCH_SIZE,
    parameters: initialiseParameters(model, 1),
    threads,
  });
  engines.set(key, made);
  return made;
}

function randomBatch({ tokens }: ModelConfig): TokenBatch {
  const symbols = { length: BATCH_SIZE * tokens };
  const drawn = Int32Array.from(symbols, () => generator.integer(0, VOCABULARY_SIZE - 1));
  return { tokens: drawn, texts: BATCH_SIZE };
}

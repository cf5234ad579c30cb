import type { ModelConfig } from '../../config/run-schema.js';
import { decodeTokens } from '../../data/vocabulary.js';
import type { Engine } from '../../engine/engine.js';
import { Generator } from '../../random/generator.js';
import type { NewRunEvent } from '../../run-folder/event.js';
import type { TrainerContext } from '../trainer.js';

/** What to sample and how the event calls it. */
export interface SampleRequest {
  readonly stage: 'epoch' | 'final';
  readonly epoch: number;
  readonly count: number;
  readonly temperatures: readonly number[];
  readonly seed: number;
}

/** Samples texts at each temperature and returns what is to be told of them; the noise comes from a stream named by epoch and temperature. */
export async function sampleTexts(
  engine: Engine,
  model: ModelConfig,
  { stage, epoch, count, temperatures, seed }: SampleRequest,
  { signal }: Pick<TrainerContext, 'signal'>,
): Promise<NewRunEvent[]> {
  const events: NewRunEvent[] = [];
  if (count === 0) return events;
  for (const temperature of temperatures) {
    signal.throwIfAborted();
    const begin = performance.now();
    const generator = Generator.fromSeed(seed, `samples/${stage}/${epoch}/${temperature}`).state();
    const tokens = await engine.sample({ count, temperature, generator }); // [count, T]
    const texts = Array.from({ length: count }, (_, index) =>
      decodeTokens(tokens.subarray(index * model.tokens, (index + 1) * model.tokens)),
    );
    const seconds = (performance.now() - begin) / 1000;
    events.push({ type: 'samples', stage, epoch, temperature, texts, seconds });
  }
  return events;
}

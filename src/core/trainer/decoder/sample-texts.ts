import type { ModelConfig } from '../../config/run-schema.js';
import { decodeTokens } from '../../data/vocabulary.js';
import type { Engine } from '../../engine/engine.js';
import { Generator } from '../../random/generator.js';
import type { NewRunEvent } from '../../run-folder/event.js';
import { compareTexts } from '../../text-metrics/compare-texts.js';
import { nextCharacterEntropy } from '../../text-metrics/next-character-entropy.js';
import type { ReferenceTexts } from '../../text-metrics/reference-texts.js';
import type { TrainerContext } from '../trainer.js';

/** What to sample and how the event calls it. */
export interface SampleRequest {
  readonly stage: 'epoch' | 'final';
  readonly epoch: number;
  readonly count: number;
  readonly temperatures: readonly number[];
  readonly seed: number;
}

const NOT_COMPARED = { knownWords: null, copiedTexts: null, trigramDivergence: null } as const;

/** What sampling stands among. */
export interface SamplingContext extends Pick<TrainerContext, 'signal' | 'begins'> {
  /** What the texts are compared with; null when the texts of the model's run are not at hand. */
  readonly reference: ReferenceTexts | null;
}

/** Samples texts at each temperature and returns what is to be told of them; the noise comes from a stream named by epoch and temperature. */
export async function sampleTexts(
  engine: Engine,
  model: ModelConfig,
  { stage, epoch, count, temperatures, seed }: SampleRequest,
  { signal, begins, reference }: SamplingContext,
): Promise<NewRunEvent[]> {
  const events: NewRunEvent[] = [];
  if (count === 0) return events;
  for (const temperature of temperatures) {
    signal.throwIfAborted();
    begins('sample');
    const begin = performance.now();
    const generator = Generator.fromSeed(seed, `samples/${stage}/${epoch}/${temperature}`).state();
    const tokens = await engine.sample({ count, temperature, generator }); // [count, T]
    const texts = Array.from({ length: count }, (_, index) =>
      decodeTokens(tokens.subarray(index * model.tokens, (index + 1) * model.tokens)),
    );
    const seconds = (performance.now() - begin) / 1000;
    const logProbabilities = await engine.logProbabilities({ tokens, texts: count }, temperature);
    const measures = {
      ...(reference === null ? NOT_COMPARED : compareTexts(texts, reference)),
      entropy: nextCharacterEntropy({ tokens, texts: count, logProbabilities }),
    };
    events.push({ type: 'samples', stage, epoch, temperature, texts, measures, seconds });
  }
  return events;
}

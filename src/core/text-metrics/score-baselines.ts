import type { EncodedSplit } from '../data/batches.js';
import { PAD } from '../data/vocabulary.js';
import { type CharacterModel, createBaselines } from './character-model.js';

/** Scores of a model of counted characters, comparable with those of a trained one. */
export interface BaselineScores {
  readonly name: CharacterModel['name'];
  readonly val: TextScores;
  readonly test: TextScores;
}

export interface TextScores {
  /** Nats per text over its T - 1 predicted positions, padding included; mean over the texts. */
  readonly nll: number;
  /** Share of positions where the most probable symbol is right, mean over the texts. */
  readonly top1: number;
}

/** Counts the training texts and scores the others with what was counted. */
export function scoreBaselines(splits: {
  readonly train: EncodedSplit;
  readonly val: EncodedSplit;
  readonly test: EncodedSplit;
}): BaselineScores[] {
  return createBaselines(splits.train).map((model) => ({
    name: model.name,
    val: scoreSplit(model, splits.val),
    test: scoreSplit(model, splits.test),
  }));
}

function scoreSplit(model: CharacterModel, { tokens, count, length }: EncodedSplit): TextScores {
  const best = new Map<Float64Array, number>();
  let nll = 0;
  let right = 0;
  for (let row = 0; row < count; row++) {
    const text = tokens.subarray(row * length, (row + 1) * length);
    for (let position = 1; position < length; position++) {
      const distribution = model.distribution(text, position);
      const symbol = text[position] ?? PAD;
      nll -= Math.log(distribution[symbol] ?? 0);
      let argmax = best.get(distribution);
      if (argmax === undefined) best.set(distribution, (argmax = indexOfLargest(distribution)));
      if (argmax === symbol) right += 1;
    }
  }
  return { nll: nll / count, top1: right / (count * (length - 1)) };
}

function indexOfLargest(values: Float64Array): number {
  return values.reduce(
    (best, value, index) => (value > (values[best] ?? -Infinity) ? index : best),
    0,
  );
}

import type { Scores } from '../../engine/engine.js';

/** Scores averaged over texts. */
export interface MeanScores {
  /** Nats per text. */
  readonly nll: number;
  /** Share of positions where the argmax is right. */
  readonly top1: number;
}

/** Running sums of scores over the batches of a split; the mean is over texts, whatever the batch sizes. */
export class ScoreSum {
  #nll = 0;
  #top1 = 0;
  #texts = 0;
  readonly #perText: number[] = [];

  /** Returns the batch's own mean. */
  add({ nll, top1 }: Scores): MeanScores {
    const batch = { nll: sum(nll), top1: sum(top1) };
    this.#nll += batch.nll;
    this.#top1 += batch.top1;
    this.#texts += nll.length;
    this.#perText.push(...nll);
    return { nll: batch.nll / nll.length, top1: batch.top1 / nll.length };
  }

  /** Texts that were added. */
  get texts(): number {
    return this.#texts;
  }

  /** NLL of each text in the order in which they were added. */
  get perText(): readonly number[] {
    return this.#perText;
  }

  mean(): MeanScores {
    return { nll: this.#nll / this.#texts, top1: this.#top1 / this.#texts };
  }
}

function sum(values: Float64Array): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}

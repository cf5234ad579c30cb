import type { SweepDatabase } from '../../src/core/store/database.js';
import { answerOf, type Question, type QuestionKind } from '../../src/tui/reader/question.js';
import type { OnAnswer, SlowReader } from '../../src/tui/reader/reader.js';

/** A reader that answers when a test tells it to. */
export class HeldReader implements SlowReader {
  readonly isQuick = false;
  readonly hasFailed = false;
  readonly #db: () => SweepDatabase;
  readonly #tookMs: number;
  #held: (() => void)[] = [];

  /** @param tookMs how long it says that its readings took */
  constructor(db: () => SweepDatabase, tookMs = 0) {
    this.#db = db;
    this.#tookMs = tookMs;
  }

  /** Questions that wait for their answer. */
  get held(): number {
    return this.#held.length;
  }

  ask<K extends QuestionKind>(question: Question<K>, onAnswer: OnAnswer<K>): void {
    this.#held.push(() => {
      onAnswer(answerOf(this.#db(), question), this.#tookMs);
    });
  }

  answerAll(): void {
    const held = this.#held;
    this.#held = [];
    for (const answer of held) answer();
  }

  close(): void {
    this.#held = [];
  }
}

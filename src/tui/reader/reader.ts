import type { SweepDatabase } from '../../core/store/database.js';
import { type Answer, answerOf, type Question, type QuestionKind } from './question.js';

/** Called with the answer and the time that reading it took. */
export type OnAnswer<K extends QuestionKind> = (answer: Answer<K>, tookMs: number) => void;

/**
 * Answers questions about a sweep.
 *
 * **Order**: a newer question of a kind replaces an older one of that kind, which may then never be answered.
 *
 * **Errors**: what goes wrong is thrown by `ask`, at once or the next time.
 */
export interface Reader {
  /** Whether an answer costs next to nothing and is there at once. */
  readonly isQuick: boolean;
  ask<K extends QuestionKind>(question: Question<K>, onAnswer: OnAnswer<K>): void;
}

/** Reads in the thread that asks: the answer is there when `ask` returns. */
export class OwnReader implements Reader {
  readonly isQuick = true;
  readonly #db: () => SweepDatabase;

  /** @param db the connection as it is at that moment */
  constructor(db: () => SweepDatabase) {
    this.#db = db;
  }

  ask<K extends QuestionKind>(question: Question<K>, onAnswer: OnAnswer<K>): void {
    const startMs = performance.now();
    const answer = answerOf(this.#db(), question);
    onAnswer(answer, performance.now() - startMs);
  }
}

/** A reader beside the thread that asks: its answers come later. */
export interface SlowReader extends Reader {
  /** Whether something went wrong, which the next question throws. */
  readonly hasFailed: boolean;
  close(): void;
}

/** Makes a reader of the database at a path. */
export type StartReader = (database: string) => SlowReader;

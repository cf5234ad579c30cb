import type { Answer, Question, QuestionKind } from '../reader/question.js';
import type { Reader } from '../reader/reader.js';

/** A reading may take this share of the time: one that takes 5 ms is repeated after a second at the soonest. */
const SHARE = 0.005;

/** However long a reading takes, it is repeated this often. */
const LONGEST_PAUSE_MS = 120_000;

/** What is known now, and what it answers. */
export interface Known<K extends QuestionKind> {
  /** That of the question that it answers: with a slow reader it may not be the one that was asked. */
  readonly key: string;
  readonly answer: Answer<K>;
}

/**
 * Keeps the answer to a question, and asks again no more often than the time that the answer took allows, so that a
 * sweep of a million runs costs hardly more of the processor than one of ten; what it shows is then somewhat older.
 * While a reader is at work, the answer before is given out.
 */
export class PacedQuestion<K extends QuestionKind> {
  #known: (Known<K> & { readonly version: string }) | null = null;
  /** The key of the question that a reader is at. */
  #asked: string | null = null;
  #nextMs = 0;
  #isLate = false;
  #hasArrived = false;

  /**
   * @param key what the question depends on besides the data: one with another key is asked at once
   * @param version changes with the data
   * @returns null while nothing is known yet
   */
  read(
    key: string,
    version: string,
    question: Question<K>,
    reader: Reader,
    nowMs: number = performance.now(),
  ): Known<K> | null {
    const known = this.#known;
    if (known?.key === key) {
      this.#isLate = known.version !== version && nowMs < this.#nextMs;
      // Whoever went back to what is known does not want any more what is on its way.
      if (this.#asked !== key) this.#asked = null;
      if (known.version === version || this.#isLate) return known;
    }
    if (this.#asked !== key) this.#ask({ key, version }, question, reader, nowMs);
    return this.#known;
  }

  /** Whether there is something newer since the last call, or the time has come to ask again. */
  takeNews(nowMs: number = performance.now()): boolean {
    const isNew = this.#hasArrived || (this.#isLate && nowMs >= this.#nextMs);
    if (isNew) this.#isLate = this.#hasArrived = false;
    return isNew;
  }

  #ask(
    about: { readonly key: string; readonly version: string },
    question: Question<K>,
    reader: Reader,
    nowMs: number,
  ): void {
    this.#asked = about.key;
    let isLater = false;
    reader.ask(question, (answer, tookMs) => {
      if (this.#asked !== about.key) return;
      this.#asked = null;
      this.#known = { ...about, answer };
      const endMs = isLater ? performance.now() : nowMs;
      this.#nextMs = endMs + Math.min(tookMs / SHARE, LONGEST_PAUSE_MS);
      this.#hasArrived = isLater;
    });
    isLater = true;
  }
}

import type { Worker } from 'node:worker_threads';
import { SweepError } from '../../core/errors.js';
import { startThread } from '../../core/start-thread.js';
import type { Question, QuestionKind } from './question.js';
import type { OnAnswer, SlowReader } from './reader.js';
import {
  answers,
  type Failed,
  type GivenUp,
  type SomeAnswer,
  type SomeQuestion,
  type ThreadData,
} from './thread-messages.js';

/** A question on its way. */
interface Sent {
  readonly number: number;
  readonly kind: QuestionKind;
}

/**
 * A thread that reads the database with a connection of its own, so that the thread that hears the keys and draws never
 * waits for what takes seconds. It is sent one question at a time; of those that wait, the newest of each kind is kept,
 * and the one that is being read is given up when a newer one of its kind comes.
 */
export class ReaderThread implements SlowReader {
  readonly isQuick = false;
  readonly #worker: Worker;
  readonly #unwanted = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  /** Who waits for the newest question of each kind. */
  readonly #waiting = new Map<QuestionKind, (answer: SomeAnswer) => void>();
  /** The newest question of each kind that has not been sent. */
  readonly #unsent = new Map<QuestionKind, SomeQuestion>();
  #sent: Sent | null = null;
  #asked = 0;
  #failure: Error | null = null;

  /** @param database path of the database, which is opened when the first question comes */
  constructor(database: string) {
    const workerData: ThreadData = { database, unwanted: this.#unwanted.buffer };
    this.#worker = startThread(import.meta.url, './reader-worker', { workerData });
    this.#worker.unref();
    this.#worker.on('message', (message: SomeAnswer | GivenUp | Failed) => {
      if (this.#sent?.number === message.number) this.#sent = null;
      if ('failure' in message) this.#failure = unreadable(database, message.failure);
      else if (!('isGivenUp' in message)) this.#waiting.get(message.kind)?.(message);
      this.#sendNext();
    });
    this.#worker.on('error', (error) => {
      this.#failure = error; // the thread ends of it
    });
  }

  /** @throws SweepError `bad-record` when the database could not be read: nothing is answered any more */
  ask<K extends QuestionKind>(question: Question<K>, onAnswer: OnAnswer<K>): void {
    if (this.#failure !== null) throw this.#failure;
    this.#asked += 1;
    const number = this.#asked;
    const { kind } = question;
    this.#waiting.set(kind, (message) => {
      if (message.number === number && answers(message, question))
        onAnswer(message.answer, message.tookMs);
    });
    this.#unsent.set(kind, { number, question });
    if (this.#sent?.kind === kind) Atomics.store(this.#unwanted, 0, this.#sent.number);
    this.#sendNext();
  }

  get hasFailed(): boolean {
    return this.#failure !== null;
  }

  /** What is being read is read to its end, but nobody waits for it. */
  close(): void {
    this.#unsent.clear();
    void this.#worker.terminate();
  }

  #sendNext(): void {
    const [next] = this.#unsent;
    if (this.#sent !== null || next === undefined) return;
    const [kind, question] = next;
    this.#unsent.delete(kind);
    this.#sent = { number: question.number, kind };
    this.#worker.postMessage(question);
  }
}

function unreadable(database: string, failure: string): SweepError {
  return new SweepError('bad-record', {
    where: database,
    message: `the database cannot be read: ${failure}`,
    fix: 'sweep db check says what is wrong, sweep db rebuild builds it again from the folders of the runs.',
  });
}

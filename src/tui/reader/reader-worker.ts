import { parentPort, workerData } from 'node:worker_threads';
import { messageOf } from '../../core/errors.js';
import { WatchedDatabase } from '../model/watched-database.js';
import { answerOf, type Question, type QuestionKind } from './question.js';
import {
  type Failed,
  type GivenUp,
  type NumberedAnswer,
  type NumberedQuestion,
  threadDataSchema,
} from './thread-messages.js';

// The program of a reading thread: it answers one question after the other.

if (parentPort === null) throw new Error('reader-worker is the program of a thread');
const port = parentPort;
const { database: path, unwanted: shared } = threadDataSchema.parse(workerData);
const unwanted = new Int32Array(shared);
let database: WatchedDatabase | null = null;
/** The question that is being read. */
let current = 0;

/** Ends a statement from inside. */
class NobodyWaits extends Error {}

function checkWanted(): void {
  if (Atomics.load(unwanted, 0) === current) throw new NobodyWaits();
}

port.on('message', ({ number, question }: NumberedQuestion) => {
  current = number;
  try {
    reply(number, question);
  } catch (error) {
    // An error of SQLite loses its text on the way to another thread.
    if (error instanceof NobodyWaits)
      port.postMessage({ number, isGivenUp: true } satisfies GivenUp);
    else port.postMessage({ number, failure: messageOf(error) } satisfies Failed);
  }
});

function reply<K extends QuestionKind>(number: number, question: Question<K>): void {
  const startMs = performance.now();
  database ??= new WatchedDatabase(path);
  database.reopenIfReplaced();
  const answer = answerOf(database.db, question, checkWanted);
  const tookMs = performance.now() - startMs;
  const message: NumberedAnswer<K> = { number, kind: question.kind, answer, tookMs };
  port.postMessage(message);
}

import { z } from 'zod';
import type { Answer, Question, QuestionKind } from './question.js';

/** What a reading thread is started with. */
export const threadDataSchema = z.object({
  /** Path of the database. */
  database: z.string(),
  /** One 32-bit number: that of a question which is being read and that nobody wants any more. */
  unwanted: z.instanceof(SharedArrayBuffer),
});
export type ThreadData = Readonly<z.infer<typeof threadDataSchema>>;

/** A question with its number, from 1 on; which one it is says its kind. */
export interface SomeQuestion {
  readonly number: number;
  readonly question: { readonly kind: QuestionKind };
}

/** The same as the thread takes it. */
export interface NumberedQuestion {
  readonly number: number;
  readonly question: Question;
}

/** An answer with the number of its question. */
export interface NumberedAnswer<K extends QuestionKind> {
  readonly number: number;
  readonly kind: K;
  readonly answer: Answer<K>;
  readonly tookMs: number;
}

/** The same before it is known which question it answers. */
export type SomeAnswer = Pick<NumberedAnswer<QuestionKind>, 'number' | 'kind'>;

/** Whether it answers a question of this kind. */
export function answers<K extends QuestionKind>(
  message: SomeAnswer,
  question: Question<K>,
): message is NumberedAnswer<K> {
  return message.kind === question.kind;
}

/** Nobody wanted to know any more. */
export interface GivenUp {
  readonly number: number;
  readonly isGivenUp: true;
}

/** The reading failed; the thread is no good any more. */
export interface Failed {
  readonly number: number;
  /** Why. */
  readonly failure: string;
}

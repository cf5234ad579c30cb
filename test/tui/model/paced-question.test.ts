import { afterAll, expect, test } from 'vitest';
import { openForReading } from '../../../src/core/store/database.js';
import { PacedQuestion } from '../../../src/tui/model/paced-question.js';
import type { Question } from '../../../src/tui/reader/question.js';
import { sharedTemporaryResults } from '../../support/temporary-results.js';
import { createExampleStudy } from '../example-study.js';
import { HeldReader } from '../held-reader.js';

const study = createExampleStudy(sharedTemporaryResults());
const db = openForReading(study.paths.database);
afterAll(() => {
  db.close();
});
const about = {
  sweep: 'study',
  objective: { metric: 'val.nll', goal: 'minimize' },
  live: [],
} as const;
const BEST: Question<'best'> = { kind: 'best', about };

test('while a question is being read the answer before is given out, and the new one is told once', () => {
  const reader = new HeldReader(() => db);
  const asked = new PacedQuestion<'best'>();
  expect(asked.read('a', '1', BEST, reader)).toBeNull();
  expect(asked.takeNews()).toBe(false);
  reader.answerAll();
  expect(asked.takeNews()).toBe(true);
  expect(asked.takeNews()).toBe(false);
  expect(asked.read('b', '1', BEST, reader)?.key).toBe('a');
  expect(asked.read('b', '1', BEST, reader)?.key).toBe('a');
  expect(reader.held).toBe(1);
  reader.answerAll();
  expect(asked.read('b', '1', BEST, reader)?.key).toBe('b');
  expect(reader.held).toBe(0);
});

test('an answer that nobody wants any more is dropped', () => {
  const reader = new HeldReader(() => db);
  const asked = new PacedQuestion<'best'>();
  asked.read('a', '1', BEST, reader);
  reader.answerAll();
  asked.takeNews();
  asked.read('b', '1', BEST, reader);
  expect(asked.read('a', '1', BEST, reader)?.key).toBe('a');
  reader.answerAll();
  expect(asked.takeNews()).toBe(false);
  expect(asked.read('a', '1', BEST, reader)?.key).toBe('a');
});

test('a long reading is repeated only after a while, and not before it has come', () => {
  const reader = new HeldReader(() => db, 100);
  const asked = new PacedQuestion<'best'>();
  const startMs = performance.now();
  asked.read('a', '1', BEST, reader, startMs);
  asked.read('a', '2', BEST, reader, startMs + 60_000);
  expect(reader.held).toBe(1);
  reader.answerAll();
  asked.read('a', '2', BEST, reader, startMs + 1000);
  expect(reader.held).toBe(0);
  expect(asked.takeNews(startMs + 1000)).toBe(true);
  asked.read('a', '2', BEST, reader, startMs + 1000);
  expect(asked.takeNews(startMs + 2000)).toBe(false);
  expect(asked.takeNews(startMs + 3_600_000)).toBe(true);
  asked.read('a', '2', BEST, reader, startMs + 3_600_000);
  expect(reader.held).toBe(1);
});

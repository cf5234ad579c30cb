import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { openForReading } from '../../../src/core/store/database.js';
import { answerOf, type Question } from '../../../src/tui/reader/question.js';
import { ReaderThread } from '../../../src/tui/reader/reader-thread.js';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { createExampleStudy } from '../example-study.js';

/** A thread may take seconds to start on a loaded machine. */
const WAIT = { timeout: 25_000 };
const scope = {
  sweep: 'study',
  objective: { metric: 'val.nll', goal: 'minimize' },
  live: [],
} as const;

function table(filter: string): Question<'table'> {
  const about = { ...scope, sort: 'name', isReversed: false, group: null, filter } as const;
  return { kind: 'table', about };
}

test('a thread answers what the database answers, of each kind only the newest question', async () => {
  const { paths } = createExampleStudy();
  const thread = new ReaderThread(paths.database);
  const told: unknown[] = [];
  const tell = (answer: unknown): void => {
    told.push(answer);
  };
  for (const filter of ['d', 'do', 'done']) thread.ask(table(filter), tell);
  thread.ask({ kind: 'totals', about: scope }, tell);
  await vi.waitFor(() => {
    expect(told).toHaveLength(2);
  }, WAIT);
  const db = openForReading(paths.database);
  expect(told).toEqual([
    answerOf(db, table('done')),
    answerOf(db, { kind: 'totals', about: scope }),
  ]);
  db.close();
  thread.close();
});

test('what a thread cannot read is said by the next question, with what to do', async () => {
  const path = join(temporaryFolder(), 'sweep.db');
  writeFileSync(path, 'no database');
  const thread = new ReaderThread(path);
  const ask = (): void => {
    thread.ask(table(''), () => undefined);
  };
  ask();
  await vi.waitFor(() => {
    expect(thread.hasFailed).toBe(true);
  }, WAIT);
  expect(ask).toThrow(/the database cannot be read: .*/);
  thread.close();
});

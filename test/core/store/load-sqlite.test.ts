import { createRequire } from 'node:module';
import { expect, it } from 'vitest';
import { loadSqlite } from '../../../src/core/store/load-sqlite.js';

it('takes version 12 on a Node whose Node-API is too old for 13', () => {
  expect(loadSqlite('9')).toBe(createRequire(import.meta.url)('better-sqlite3'));
});

it('takes a version that works on the Node at hand', () => {
  const db = new (loadSqlite())(':memory:');
  expect(db.prepare('SELECT 2 + 3 AS sum').get()).toEqual({ sum: 5 });
  db.close();
});

import { statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { loadSqlite } from '../../../src/core/store/load-sqlite.js';
import { createLogLimit, WAL_LIMIT_BYTES } from '../../../src/core/store/write-ahead-log.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const Database = loadSqlite();

test('the log is emptied whenever it has grown by half its limit', () => {
  const { write, logBytes } = database();
  const sizes = Array.from({ length: 40 }, () => {
    write();
    return logBytes();
  });
  expect(Math.max(...sizes)).toBeLessThan(WAL_LIMIT_BYTES / 2);
  expect(sizes.filter((size) => size === 0).length).toBeGreaterThan(3);
});

test('a reader that does not end keeps the log and loses nothing; after its end the log is emptied', () => {
  const { path, write, logBytes } = database();
  write();
  const reader = new Database(path, { readonly: true });
  onTestFinished(() => {
    reader.close();
  });
  reader.exec('BEGIN');
  const seen = reader.prepare('SELECT count(*) AS rows FROM filled');
  expect(seen.get()).toEqual({ rows: 1 });
  for (let writes = 0; writes < 10; writes++) write();
  expect(logBytes()).toBeGreaterThan(WAL_LIMIT_BYTES / 2);
  expect(seen.get()).toEqual({ rows: 1 });
  reader.exec('COMMIT');
  expect(seen.get()).toEqual({ rows: 11 });
  for (let writes = 0; writes < 10; writes++) write();
  expect(logBytes()).toBeLessThan(WAL_LIMIT_BYTES / 2);
});

/** A database with a log of about a MiB a write. */
function database() {
  const path = join(temporaryFolder(), 'sweep.db');
  const db = new Database(path);
  onTestFinished(() => {
    db.close();
  });
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = OFF');
  db.exec('CREATE TABLE filled (bytes BLOB)');
  const insert = db.prepare('INSERT INTO filled VALUES (zeroblob(1000000))');
  const limitLog = createLogLimit(db);
  const write = (): void => {
    insert.run();
    limitLog();
  };
  const logBytes = (): number => statSync(`${path}-wal`).size;
  return { path, write, logBytes };
}

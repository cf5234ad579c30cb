import { readdirSync, readFileSync } from 'node:fs';
import type Database from 'better-sqlite3';
import { z } from 'zod';
import { SweepError } from '../errors.js';

/** One step from a version of the database to the next. */
export interface Migration {
  /** Version after this step; the first is 1. */
  readonly version: number;
  readonly sql: string;
}

/** Beside this file both in `src` and in `dist`. */
const MIGRATIONS_FOLDER = new URL('./migrations/', import.meta.url);

/** The numbered files of `migrations/` in order. */
export function readMigrations(): Migration[] {
  return readdirSync(MIGRATIONS_FOLDER)
    .filter((file) => /^\d{3}-.*\.sql$/.test(file))
    .sort()
    .map((file) => ({
      version: Number(file.slice(0, 3)),
      sql: readFileSync(new URL(file, MIGRATIONS_FOLDER), 'utf8'),
    }));
}

/** Version of a database file; 0 for an empty one. */
export function databaseVersion(db: Database.Database): number {
  return z.int().parse(db.pragma('user_version', { simple: true }));
}

/**
 * Brings a database to the newest version: all missing steps or, when one fails, none.
 *
 * @throws SweepError `bad-record` when the database was written by a newer version of this program
 */
export function migrate(db: Database.Database, migrations: readonly Migration[]): void {
  const newest = migrations.at(-1)?.version ?? 0;
  const apply = db.transaction(() => {
    // Read inside the transaction: another process may have migrated in the meantime.
    const current = databaseVersion(db);
    checkNotNewer(db.name, current, newest);
    for (const { version, sql } of migrations) {
      if (version <= current) continue;
      db.exec(sql);
      db.pragma(`user_version = ${version}`);
    }
  });
  apply.immediate();
}

/** @throws SweepError `bad-record` when a database is newer than this program */
export function checkNotNewer(file: string, version: number, newest: number): void {
  if (version <= newest) return;
  throw new SweepError('bad-record', {
    where: file,
    message: `the database has version ${version}, this program knows versions up to ${newest}`,
    fix:
      'Update sweep, or choose another results folder with --results. npx sweep db rebuild builds a database of this ' +
      'version from the folders of the runs, and names those that it cannot read.',
  });
}

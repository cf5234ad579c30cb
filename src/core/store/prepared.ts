import type { Statement } from 'better-sqlite3';
import type { SweepDatabase } from './database.js';

const kept = new WeakMap<SweepDatabase, Map<string, Statement>>();

/**
 * A statement that is prepared once for each connection: what is asked several times a second costs more to prepare
 * than to run. Only for texts of which there are few.
 */
export function prepared(db: SweepDatabase, sql: string): Statement {
  const statements = kept.get(db) ?? new Map<string, Statement>();
  kept.set(db, statements);
  const statement = statements.get(sql) ?? db.prepare(sql);
  statements.set(sql, statement);
  return statement;
}

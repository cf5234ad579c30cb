import { z } from 'zod';
import type { SweepDatabase } from '../../src/core/store/database.js';

const columnSchema = z.object({ name: z.string(), hidden: z.int() });

/** Copies the one row, or the rows of the one run, many times, with some columns changed by the number `n`. */
export function copyRows(
  db: SweepDatabase,
  table: string,
  times: number,
  changed: Readonly<Record<string, string>>,
): number {
  const columns = z
    .array(columnSchema)
    .parse(db.pragma(`table_xinfo(${table})`))
    .filter(({ hidden }) => hidden === 0) // the others are computed
    .map(({ name }) => name);
  const values = columns.map((name) => changed[name] ?? name);
  // CROSS JOIN keeps the order of the loops: rows come in the order of the key.
  return db
    .prepare(
      `WITH RECURSIVE numbers (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n + 1 < ?)
       INSERT INTO ${table} (${columns.join()}) SELECT ${values.join()} FROM numbers CROSS JOIN one_${table}`,
    )
    .run(Math.ceil(times)).changes;
}

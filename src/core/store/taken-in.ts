import { z } from 'zod';
import { annotationLogBytes } from '../run-folder/annotations.js';
import type { LatestCoordinator } from '../run-folder/coordinators.js';
import type { ResultsPaths } from '../run-folder/paths.js';
import type { SweepDatabase } from './database.js';
import { parseRow } from './parse-rows.js';

const takenInSchema = z.strictObject({
  /** The coordinator up to whose end it was; empty where none had worked. */
  coordinator: z.string(),
  /** Size of the log of annotations. */
  annotations: z.int(),
});

/** Up to where a database has taken in its results folder. While both are the same there is nothing new. */
export type TakenIn = Readonly<z.infer<typeof takenInSchema>>;

/** What a folder would be taken in up to now, when a coordinator has ended. */
export function takenInUpTo(
  paths: ResultsPaths,
  latest: Pick<LatestCoordinator, 'number' | 'owner'> | null,
): TakenIn {
  return {
    coordinator: latest === null ? '' : `${latest.number} ${latest.owner}`,
    annotations: annotationLogBytes(paths),
  };
}

/** Null when it never was taken in as a whole. */
export function readTakenIn(db: SweepDatabase): TakenIn | null {
  const row = db.prepare('SELECT coordinator, annotations FROM taken_in').get();
  return row === undefined ? null : parseRow(takenInSchema, row);
}

export function writeTakenIn(db: SweepDatabase, { coordinator, annotations }: TakenIn): void {
  db.prepare('INSERT OR REPLACE INTO taken_in (id, coordinator, annotations) VALUES (1, ?, ?)').run(
    coordinator,
    annotations,
  );
}

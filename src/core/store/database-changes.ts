import { z } from 'zod';
import type { SweepDatabase } from './database.js';

/** A number that changes whenever another connection commits to the database; it costs microseconds to ask. */
export function dataVersion(db: SweepDatabase): number {
  return z.int().parse(db.pragma('data_version', { simple: true }));
}

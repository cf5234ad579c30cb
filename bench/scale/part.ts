import type { z } from 'zod';
import type { rowSchema } from './results.js';

/** One line of the table: what was measured, what is asked for, and what came out. */
export type Row = z.infer<typeof rowSchema>;

/** Sizes of what is measured; smaller ones for a quick look. */
export interface Sizes {
  /** Trivial runs of a round beside Optuna. */
  readonly trials: number;
  readonly rounds: number;
  /** Trivial runs that the coordinator's memory is measured over. */
  readonly memoryRuns: number;
  /** Runs of the large database. */
  readonly databaseRuns: number;
}

/** A part of the benchmark, in a folder of its own. */
export type Part = (
  folder: string,
  sizes: Sizes,
  add: (what: string, target: string, measured: string) => void,
) => Promise<void>;

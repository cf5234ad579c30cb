import { type NextTry, readNextTry } from '../core/run-folder/next-try.js';
import type { RunState } from '../core/run-folder/run-state.js';
import {
  listedRunRows,
  type ListedRunRow,
  type ListFilter,
} from '../core/store/listed-run-queries.js';
import { runState } from '../core/store/run-state.js';
import type { OpenStore } from './open-store.js';

/** A line of a sweep's list. */
export interface ListedRun extends ListedRunRow {
  readonly state: RunState;
  /** Of a failed run that is tried again by itself; else null. */
  readonly nextTry: NextTry | null;
  /** The name of the line before that has the same run; two points of a grid may be one configuration. */
  readonly sameAs: string | null;
}

/** The lines of a sweep's list, in its order: each run under all of its names in this sweep, with its state now. */
export function listedRuns({ db, paths }: OpenStore, filter: ListFilter): ListedRun[] {
  const before = new Map<string, ListedRun>();
  return listedRunRows(db, filter).map((row) => {
    const first = before.get(row.id);
    if (first !== undefined) return { ...first, name: row.name, sameAs: first.name };
    const state = runState(row, paths);
    const nextTry = state === 'failed' ? readNextTry(paths, row.id) : null;
    const listed = { ...row, state, nextTry, sameAs: null };
    before.set(row.id, listed);
    return listed;
  });
}

import type { ResultsPaths } from '../core/run-folder/paths.js';
import { type NextTry, readNextTry } from '../core/run-folder/next-try.js';
import type { RunState } from '../core/run-folder/run-state.js';
import type { RunRow } from '../core/store/run-row.js';
import { runState } from '../core/store/run-state.js';

/** A run as `--json` shows it: its row with its state now, without what only the recorder needs. */
export interface RunJson extends Omit<RunRow, 'eventsBytes' | 'lastSeq'> {
  readonly state: RunState;
  /** Of a failed run that is tried again by itself; else null. */
  readonly nextTry: NextTry | null;
}

/** See docs/json.md: fields may be added within a version, never changed or removed. */
export function runJson(row: RunRow, paths: ResultsPaths): RunJson {
  const { eventsBytes, lastSeq, ...shown } = row;
  const state = runState(row, paths);
  const nextTry = state === 'failed' ? readNextTry(paths, row.id) : null;
  return { ...shown, state, nextTry };
}

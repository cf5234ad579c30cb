import type { ResultsPaths } from '../core/run-folder/paths.js';
import type { RunState } from '../core/run-folder/run-state.js';
import type { RunRow } from '../core/store/run-row.js';
import { runState } from '../core/store/run-state.js';

/** A run as `--json` shows it: its row with its state now, without what only the recorder needs. */
export interface RunJson extends Omit<RunRow, 'eventsBytes' | 'lastSeq'> {
  readonly state: RunState;
}

/** See docs/json.md: fields may be added within a version, never changed or removed. */
export function runJson(row: RunRow, paths: ResultsPaths): RunJson {
  const { eventsBytes, lastSeq, ...shown } = row;
  return { ...shown, state: runState(row, paths) };
}

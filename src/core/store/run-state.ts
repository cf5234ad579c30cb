import type { ResultsPaths } from '../run-folder/paths.js';
import { deriveRunState, type RunState } from '../run-folder/run-state.js';
import type { RunRow } from './run-row.js';

/** A run's state now: what the database knows of its log, with its folder and its lease looked at afresh. */
export function runState(
  row: Pick<RunRow, 'id' | 'attempt' | 'outcome'>,
  paths: ResultsPaths,
): RunState {
  return deriveRunState(paths.run(row.id), row);
}

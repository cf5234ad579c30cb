import { resultsPaths, type ResultsPaths } from '../core/run-folder/paths.js';
import { placeDatabase } from '../core/store/database-place.js';

/** Where a command finds results. */
export interface ResultsOptions {
  /** `--results`: the folder that they are in. */
  readonly results: string;
  /** `--cache`: a folder for the database; the default is the results folder, where that is on a disk of this machine. */
  readonly cache?: string | undefined;
}

/** The layout of the results folder that a command was given. */
export function resultsOf({ results, cache }: ResultsOptions): ResultsPaths {
  return resultsPaths(results, placeDatabase(results, cache));
}

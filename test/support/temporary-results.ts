import { resultsPaths, type ResultsPaths } from '../../src/core/run-folder/paths.js';
import { sharedTemporaryFolder, temporaryFolder } from './temporary-folder.js';

/** An empty results folder that is removed when the test has finished. */
export function temporaryResults(): ResultsPaths {
  return resultsPaths(temporaryFolder());
}

/** An empty results folder that is removed after all tests of the file. */
export function sharedTemporaryResults(): ResultsPaths {
  return resultsPaths(sharedTemporaryFolder());
}

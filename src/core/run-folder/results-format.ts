import { existsSync, readdirSync } from 'node:fs';
import type { ResultsPaths } from './paths.js';
import { readRunFile } from './run-file.js';

/**
 * Refuses a results folder whose runs are of another format. It is told by the first run of a folder in which no process of
 * this format has worked.
 *
 * @throws SweepError `bad-record` with what to do
 */
export function checkResultsFormat(paths: ResultsPaths): void {
  if (existsSync(paths.coordinators) || !existsSync(paths.runsFolder)) return;
  const id = readdirSync(paths.runsFolder).find((name) => existsSync(paths.run(name).runFile));
  if (id !== undefined) readRunFile(paths.run(id).runFile);
}

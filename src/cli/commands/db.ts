import prettyBytes from 'pretty-bytes';
import prettyMs from 'pretty-ms';
import { formatDiagnostic } from '../../core/errors.js';
import { resultsPaths } from '../../core/run-folder/paths.js';
import { checkDatabase } from '../../core/store/check-database.js';
import { rebuildDatabase } from '../../core/store/rebuild-database.js';
import { lockResults } from '../../sweeps/scheduler/results-lock.js';
import { pc } from '../colors.js';
import { EXIT_CODE } from '../exit-code.js';
import { createStatusLine, note, print, printJson } from '../output.js';
import { plainLines } from '../plain-text.js';

/** Options of `sweep db check` and `sweep db rebuild`. */
export interface DatabaseOptions {
  readonly results: string;
  readonly json?: true | undefined;
}

/** `sweep db check`: exit code 1 when something is wrong. @throws SweepError `bad-call` when there is no database */
export function runDatabaseCheck({ results, json }: DatabaseOptions): void {
  const check = checkDatabase(resultsPaths(results));
  const isSound = check.problems.length === 0;
  process.exitCode = isSound ? EXIT_CODE.completed : EXIT_CODE.failed;
  if (json === true) {
    printJson({ version: 1, kind: 'database', sound: isSound, ...check });
    return;
  }
  for (const problem of check.problems) note(pc.red(plainLines(formatDiagnostic(problem))));
  if (!isSound) return;
  print(
    `${check.file}  sound: ${count(check.runs ?? 0, 'run')} of ${count(check.sweeps ?? 0, 'sweep')}, ` +
      `${prettyBytes(check.bytes)}, version ${String(check.schemaVersion)}`,
  );
  if (check.behind > 0)
    print(
      `${count(check.behind, 'folder')} with something not recorded yet: the next sweep run takes it in, or sweep db rebuild.`,
    );
}

/**
 * `sweep db rebuild`: the database anew from the folders of sweeps and runs. Folders that cannot be read are named, and
 * the exit code is 1 then.
 *
 * @throws SweepError `busy` while a `sweep run` works in the results folder, `unavailable` when it cannot be written
 */
export function runDatabaseRebuild({ results, json }: DatabaseOptions): void {
  const paths = resultsPaths(results);
  const unlock = lockResults(paths.folder);
  const status = createStatusLine();
  const begin = performance.now();
  try {
    const report = rebuildDatabase(paths, ({ done, total, events }) => {
      status.update(`reading folders: ${done} of ${total} runs, ${events} events`);
    });
    status.clear();
    const seconds = (performance.now() - begin) / 1000;
    if (report.problems.length > 0) process.exitCode = EXIT_CODE.failed;
    if (json === true) {
      printJson({ version: 1, kind: 'rebuild', file: paths.database, seconds, ...report });
      return;
    }
    for (const problem of report.problems) note(pc.red(plainLines(formatDiagnostic(problem))));
    print(
      `${paths.database}  built: ${count(report.runs, 'run')} of ${count(report.sweeps, 'sweep')}, ` +
        `${count(report.events, 'event')}, ${prettyBytes(report.bytes)} in ${prettyMs(seconds * 1000)}`,
    );
  } finally {
    status.clear();
    unlock();
  }
}

function count(number: number, noun: string): string {
  return `${number.toLocaleString('en-US')} ${noun}${number === 1 ? '' : 's'}`;
}

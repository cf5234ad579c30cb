import prettyBytes from 'pretty-bytes';
import prettyMs from 'pretty-ms';
import { formatDiagnostic } from '../../core/errors.js';
import { checkDatabase } from '../../core/store/check-database.js';
import { rebuildDatabase } from '../../core/store/rebuild-database.js';
import { pc } from '../colors.js';
import { EXIT_CODE } from '../exit-code.js';
import { withHeldResults } from '../hold-results.js';
import { createStatusLine, note, print, printJson } from '../output.js';
import { plainLines } from '../plain-text.js';
import { type ResultsOptions, resultsOf } from '../results.js';

/** Options of `sweep db check` and `sweep db rebuild`. */
export interface DatabaseOptions extends ResultsOptions {
  readonly json?: true | undefined;
}

/** `sweep db check`: exit code 1 when something is wrong. @throws SweepError `bad-call` when there is no database */
export function runDatabaseCheck({ json, ...options }: DatabaseOptions): void {
  const check = checkDatabase(resultsOf(options));
  const isSound = check.problems.length === 0;
  process.exitCode = isSound ? EXIT_CODE.completed : EXIT_CODE.failed;
  if (json === true) {
    printJson({ version: 1, kind: 'database', sound: isSound, ...check });
    return;
  }
  for (const problem of check.problems) note(pc.red(plainLines(formatDiagnostic(problem))));
  for (const each of check.notes) note(plainLines(formatDiagnostic(each)));
  if (!isSound) return;
  print(
    `${check.file}  sound: ${count(check.runs ?? 0, 'run')} of ${count(check.sweeps ?? 0, 'sweep')}, ` +
      `${prettyBytes(check.bytes)}, version ${String(check.schemaVersion)}`,
  );
  if (check.notes.length > 0)
    print(
      `${count(check.notes.length, 'note')} above: traces of processes that were cut off, of which nothing counts.`,
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
export async function runDatabaseRebuild({ json, ...options }: DatabaseOptions): Promise<void> {
  const paths = resultsOf(options);
  const status = createStatusLine();
  const begin = performance.now();
  const report = await withHeldResults(paths, () =>
    rebuildDatabase(paths, ({ done, total, events }) => {
      status.update(`reading folders: ${done} of ${total} runs, ${events} events`);
    }),
  ).finally(status.clear);
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
}

function count(number: number, noun: string): string {
  return `${number.toLocaleString('en-US')} ${noun}${number === 1 ? '' : 's'}`;
}

import { checkReport, type ReportCheck } from '../../analysis/report/check/check-report.js';
import { EXIT_CODE } from '../exit-code.js';
import { withStore } from '../open-store.js';
import { print, printJson } from '../output.js';
import { plainText, shortText } from '../plain-text.js';
import type { ResultsOptions } from '../results.js';

/** Options of `sweep report --check`. */
export interface CheckReportOptions extends ResultsOptions {
  readonly json?: boolean | undefined;
}

/** Lines that are quoted are cut: sampled texts can be long. */
const QUOTED_LENGTH = 120;

/**
 * `sweep report --check DIR`: compares a written report with the database; the exit code is 1 when anything differs.
 *
 * @throws SweepError `bad-call` when the folder has no report
 */
export async function runCheckReport(
  folder: string,
  { json, ...options }: CheckReportOptions,
): Promise<void> {
  const check = await withStore(options, ({ db }) => checkReport(db, folder));
  const same = check.differences.length === 0;
  if (json === true) printJson({ version: 1, kind: 'report-check', same, ...check });
  else printCheck(folder, check);
  process.exitCode = same ? EXIT_CODE.completed : EXIT_CODE.failed;
}

function printCheck(folder: string, { files, numbers, differences }: ReportCheck): void {
  if (differences.length === 0) {
    const where = files.length === 1 ? '1 file' : `${files.length} files`;
    print(`${folder}: all ${numbers} numbers in ${where} are what the database has`);
    return;
  }
  for (const { file, line, source, report, database } of differences) {
    const place = line === null ? file : `${file}:${line}`;
    print(`${place}  ${plainText(source ?? 'a line that the database does not give')}`);
    print(`    the report says    ${quoted(report)}`);
    if (source !== null) print(`    the database says  ${quoted(database)}`);
  }
  const count = differences.length;
  print(`${count} ${count === 1 ? 'difference' : 'differences'}`);
}

function quoted(text: string | null): string {
  return text === null ? 'nothing' : shortText(text, QUOTED_LENGTH);
}

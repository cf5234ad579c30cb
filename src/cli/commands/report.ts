import { join } from 'node:path';
import { buildReport } from '../../analysis/report/build-report.js';
import { writeOrigin } from '../../analysis/report/check/check-report.js';
import { readPageAssets } from '../../analysis/report/page/assets.js';
import { writeReport } from '../../analysis/report/write-report.js';
import { withStore } from '../open-store.js';
import { createStatusLine, print } from '../output.js';

export interface ReportOptions {
  /** The results folder. */
  readonly results: string;
  /** Folder to write. @default `report` in the results folder */
  readonly out?: string | undefined;
}

/**
 * `sweep report SWEEP...`: one report with a section for each sweep; prints the path of the report.
 *
 * @throws SweepError `bad-call` when a sweep is unknown or the folder cannot be written
 */
export async function runReport(sweeps: readonly string[], options: ReportOptions): Promise<void> {
  const report = withStore(options.results, ({ db }) => buildReport(db, sweeps));
  const folder = options.out ?? join(options.results, 'report');
  const status = createStatusLine();
  status.update('Drawing the figures');
  try {
    const [reportFile] = await writeReport(report, folder, readPageAssets());
    writeOrigin(sweeps, folder);
    status.clear();
    if (reportFile !== undefined) print(reportFile);
  } finally {
    status.clear();
  }
}

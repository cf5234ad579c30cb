import { join } from 'node:path';
import { buildReport } from '../../analysis/report/build-report.js';
import { writeOrigin } from '../../analysis/report/check/check-report.js';
import { readPageAssets } from '../../analysis/report/page/assets.js';
import { readTemplate } from '../../analysis/report/template/read-template.js';
import { renderTemplate } from '../../analysis/report/template/render-template.js';
import { writeReport, writeTemplatedReport } from '../../analysis/report/write-report.js';
import { withStore } from '../open-store.js';
import { createStatusLine, print } from '../output.js';

export interface ReportOptions {
  /** The results folder. */
  readonly results: string;
  /** Folder to write. @default `report` in the results folder */
  readonly out?: string | undefined;
  /** File of a template that is filled in. */
  readonly template?: string | undefined;
}

/**
 * `sweep report SWEEP...`: one report with a section for each sweep, or a template that is filled in; prints the path of
 * the report.
 *
 * @throws SweepError `bad-call` when a sweep is unknown, the template is wrong or the folder cannot be written
 */
export async function runReport(sweeps: readonly string[], options: ReportOptions): Promise<void> {
  const template = options.template === undefined ? undefined : readTemplate(options.template);
  const report = withStore(options.results, ({ db }) =>
    template === undefined ? buildReport(db, sweeps) : renderTemplate(db, sweeps, template),
  );
  const folder = options.out ?? join(options.results, 'report');
  const status = createStatusLine();
  status.update('Drawing the figures');
  try {
    const [reportFile] =
      'markdown' in report
        ? await writeTemplatedReport(report, folder)
        : await writeReport(report, folder, readPageAssets());
    writeOrigin(sweeps, folder, template);
    status.clear();
    if (reportFile !== undefined) print(reportFile);
  } finally {
    status.clear();
  }
}

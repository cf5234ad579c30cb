import { join } from 'node:path';
import { buildReport } from '../../analysis/report/build-report.js';
import { writeOrigin } from '../../analysis/report/check/check-report.js';
import { REPORT_FORMATS, type ReportFormat } from '../../analysis/report/formats.js';
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
  /** What is written. @default everything; of a template, `report.md` */
  readonly format?: ReadonlySet<ReportFormat> | undefined;
}

/**
 * `sweep report SWEEP...`: one report with a section for each sweep, or a template that is filled in; prints the path of
 * the report.
 *
 * @throws SweepError `bad-call` when a sweep is unknown, the template is wrong or the folder cannot be written
 */
export async function runReport(sweeps: readonly string[], given: ReportOptions): Promise<void> {
  const template = given.template === undefined ? undefined : readTemplate(given.template);
  const report = withStore(given.results, ({ db }) =>
    template === undefined ? buildReport(db, sweeps) : renderTemplate(db, sweeps, template),
  );
  const folder = given.out ?? join(given.results, 'report');
  const status = createStatusLine();
  const options = {
    formats: given.format ?? new Set(template === undefined ? REPORT_FORMATS : (['md'] as const)),
    assets: readPageAssets(),
    onProgress: (step: string) => {
      status.update(step);
    },
  };
  try {
    const [reportFile] =
      'markdown' in report
        ? await writeTemplatedReport(report, folder, options)
        : await writeReport(report, folder, options);
    writeOrigin(sweeps, folder, template);
    status.clear();
    if (reportFile !== undefined) print(reportFile);
  } finally {
    status.clear();
  }
}

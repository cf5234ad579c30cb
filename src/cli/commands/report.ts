import { join } from 'node:path';
import { buildReport } from '../../analysis/report/build-report.js';
import { writeOrigin } from '../../analysis/report/check/check-report.js';
import { REPORT_FORMATS, type ReportFormat } from '../../analysis/report/formats.js';
import { readPageAssets } from '../../analysis/report/page/assets.js';
import { BROWSER_NEEDED, findBrowser } from '../../analysis/report/print/find-browser.js';
import { readTemplate } from '../../analysis/report/template/read-template.js';
import { renderTemplate } from '../../analysis/report/template/render-template.js';
import { printReport, writeReport, type WriteOptions } from '../../analysis/report/write-report.js';
import { reportDocument } from '../../analysis/report/report-document.js';
import { templateDocument } from '../../analysis/report/template/template-document.js';
import { SweepError } from '../../core/errors.js';
import { withStore } from '../open-store.js';
import { createStatusLine, note, print } from '../output.js';
import type { ResultsOptions } from '../results.js';

export interface ReportOptions extends ResultsOptions {
  /** The results folder. */
  /** Folder to write. @default `report` in the results folder */
  readonly out?: string | undefined;
  /** File of a template that is filled in. */
  readonly template?: string | undefined;
  /** What is written. @default everything that can be */
  readonly format?: ReadonlySet<ReportFormat> | undefined;
}

/**
 * `sweep report SWEEP...`: one report with a section for each sweep, or a template that is filled in; prints the path of
 * the report.
 *
 * @throws SweepError `bad-call` when a sweep is unknown, the template is wrong or the folder cannot be written;
 *   `unavailable` when a PDF is asked for and no browser prints it
 */
export async function runReport(sweeps: readonly string[], given: ReportOptions): Promise<void> {
  const template = given.template === undefined ? undefined : readTemplate(given.template);
  const browser = browserFor(given.format);
  const document = withStore(given, ({ db }) =>
    template === undefined
      ? reportDocument(buildReport(db, sweeps))
      : templateDocument(renderTemplate(db, sweeps, template)),
  );
  const folder = given.out ?? join(given.results, 'report');
  const status = createStatusLine();
  const over = new AbortController();
  const options: WriteOptions = {
    formats: given.format ?? new Set(REPORT_FORMATS),
    assets: readPageAssets(),
    onProgress: (step) => {
      status.update(step);
    },
  };
  try {
    const { assets } = options;
    const writePrinted =
      browser === null
        ? null
        : await printReport(document, { assets, browser, signal: over.signal });
    let [written] = await writeReport(document, folder, options);
    if (writePrinted !== null) {
      status.update('Printing the page');
      const [printed] = await unlessLeftOut(() => writePrinted(folder), given.format !== undefined);
      written ??= printed;
    }
    writeOrigin(sweeps, folder, template);
    status.clear();
    print(written ?? folder);
  } finally {
    over.abort();
    status.clear();
  }
}

/** Null where no PDF is wanted, or none can be had by a report that has whatever it can. */
function browserFor(format: ReadonlySet<ReportFormat> | undefined): string | null {
  if (format?.has('pdf') === false) return null;
  const browser = findBrowser(process.env);
  if (browser !== null) return browser;
  if (format !== undefined) {
    throw new SweepError('unavailable', {
      where: 'report.pdf',
      message: 'there is no browser that could print it',
      fix: BROWSER_NEEDED,
    });
  }
  note(`report.pdf is left out: there is no browser that could print it\n    ${BROWSER_NEEDED}`);
  return null;
}

/** A browser that does not print costs a report that nobody asked a PDF of nothing else. */
async function unlessLeftOut(write: () => Promise<string[]>, isWanted: boolean): Promise<string[]> {
  try {
    return await write();
  } catch (error) {
    if (isWanted || !(error instanceof SweepError) || error.code !== 'unavailable') throw error;
    note(`report.pdf is left out: ${error.message}`);
    return [];
  }
}

import { join } from 'node:path';
import { messageOf, SweepError } from '../../core/errors.js';
import { writeFileWhole } from '../../core/run-folder/atomic-write.js';
import { tableCsv, tableJson } from '../tables/table-files.js';
import { figureFiles } from './figure-files.js';
import { figureFilesOf, type ReportFormat } from './formats.js';
import { DATA_FOLDER, type OutputFile } from './output-paths.js';
import type { PageAssets } from './page/assets.js';
import type { TableBlock } from './report.js';
import type { ReportDocument } from './report-document.js';
import { printPage } from './print/print-page.js';

export interface WriteOptions {
  readonly formats: ReadonlySet<ReportFormat>;
  readonly assets: PageAssets;
  /** Told what is done next, in words for a person. */
  readonly onProgress?: (step: string) => void;
}

/**
 * Writes a report into a folder, which is created when it is missing, in some formats: `report.md`, the page
 * `index.html`, `report.tex`, each figure in `figures/`, each table in `tables/` as CSV and JSON. For `report.pdf` see
 * {@link printReport}.
 *
 * **Durability**: each file is written whole or not at all, the documents last, so that they never name a figure that is
 * not there. Other files of the folder stay. Nothing is written of a template that one of the formats cannot show.
 *
 * @returns the files that were written, the documents first
 * @throws SweepError `bad-call` when the folder cannot be written, or a format cannot show a template
 */
export async function writeReport(
  document: ReportDocument,
  folder: string,
  options: WriteOptions,
): Promise<string[]> {
  return writeFiles(
    await figureFiles(document.figures, options, () => otherFiles(document, options)),
    folder,
  );
}

/** Tables, then the documents. */
async function otherFiles(
  document: ReportDocument,
  { formats, assets, onProgress }: WriteOptions,
): Promise<OutputFile[]> {
  const documents: OutputFile[] = [];
  if (formats.has('tex')) documents.push({ path: 'report.tex', content: document.latex() });
  if (formats.has('html')) {
    onProgress?.('Writing the page');
    const links = { figures: figureFilesOf(formats), tables: formats.has('tables') };
    documents.unshift({ path: 'index.html', content: await document.page(assets, links) });
  }
  if (formats.has('md')) documents.push({ path: 'report.md', content: document.markdown() });
  const tables = formats.has('tables') ? document.tables.flatMap(tableFiles) : [];
  return [...tables, ...documents];
}

/** What a report is printed with. */
export interface PrintOptions {
  readonly assets: PageAssets;
  /** The browser's program. */
  readonly browser: string;
  /** Ends the browser. */
  readonly signal?: AbortSignal;
}

/** Waits for a report that is being printed, and writes `report.pdf`. @returns its path */
export type WritePrinted = (folder: string) => Promise<string[]>;

/**
 * Begins to print a report: the page, as a browser does, which takes longest of all and needs no more of this process.
 *
 * @returns what writes it; that throws SweepError `unavailable` when the browser does not print, `bad-call` when the
 *   folder cannot be written
 * @throws SweepError `bad-call` when a page cannot show a template
 */
export async function printReport(
  document: ReportDocument,
  { assets, browser, signal }: PrintOptions,
): Promise<WritePrinted> {
  const page = await document.page(assets, { figures: [], tables: false });
  const printed = printPage(browser, page, signal);
  printed.catch(() => undefined); // told to whoever waits for it
  return async (folder) => writeFiles([{ path: 'report.pdf', content: await printed }], folder);
}

function writeFiles(files: readonly OutputFile[], folder: string): string[] {
  try {
    for (const { path, content } of files) writeFileWhole(join(folder, path), content);
  } catch (error) {
    throw new SweepError(
      'bad-call',
      {
        where: folder,
        message: `the report cannot be written: ${messageOf(error)}`,
        fix: 'Name another folder with --out.',
      },
      { cause: error },
    );
  }
  return files.toReversed().map(({ path }) => join(folder, path));
}

function tableFiles({ name, file, table }: TableBlock): OutputFile[] {
  const path = join(DATA_FOLDER, file);
  return [
    { path: `${path}.csv`, content: tableCsv(table) },
    { path: `${path}.json`, content: tableJson(name, table) },
  ];
}

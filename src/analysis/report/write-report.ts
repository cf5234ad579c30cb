import { join } from 'node:path';
import { messageOf, SweepError } from '../../core/errors.js';
import { writeFileWhole } from '../../core/run-folder/atomic-write.js';
import { drawFigure } from '../figures/draw-figure.js';
import { tableCsv, tableJson } from '../tables/table-files.js';
import { figureTitle } from './figure-title.js';
import { figureFilesOf, type FigureFile, type ReportFormat } from './formats.js';
import { DATA_FOLDER, FIGURES_FOLDER } from './output-paths.js';
import type { PageAssets } from './page/assets.js';
import type { FigureBlock, TableBlock } from './report.js';
import type { ReportDocument } from './report-document.js';
import { printPage } from './print/print-page.js';

interface OutputFile {
  /** Below the report's folder. */
  readonly path: string;
  readonly content: string | Uint8Array;
}

export interface WriteOptions {
  readonly formats: ReadonlySet<ReportFormat>;
  readonly assets: PageAssets;
  /** Told what is done next, in words for a person. */
  readonly onProgress?: (step: string) => void;
}

/**
 * Writes a report into a folder, which is created when it is missing, in some formats: `report.md`, the page
 * `index.html`, `report.tex`, each figure in `figures/`, each table in `tables/` as CSV and JSON. For `report.pdf` see
 * {@link writePrintedReport}.
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
  const { formats, assets, onProgress } = options;
  const documents: OutputFile[] = [];
  if (formats.has('tex')) documents.push({ path: 'report.tex', content: document.latex() });
  if (formats.has('html')) {
    onProgress?.('Writing the page');
    const links = { figures: figureFilesOf(formats), tables: formats.has('tables') };
    documents.unshift({ path: 'index.html', content: await document.page(assets, links) });
  }
  if (formats.has('md')) documents.push({ path: 'report.md', content: document.markdown() });
  const tables = formats.has('tables') ? document.tables.flatMap(tableFiles) : [];
  return writeFiles(
    [...(await figureFiles(document.figures, options)), ...tables, ...documents],
    folder,
  );
}

/**
 * Writes `report.pdf`: the page as a browser prints it.
 *
 * @returns its path
 * @throws SweepError `unavailable` when the browser does not print, `bad-call` when the folder cannot be written or a
 *   page cannot show a template
 */
export async function writePrintedReport(
  document: ReportDocument,
  folder: string,
  { assets, browser }: { readonly assets: PageAssets; readonly browser: string },
): Promise<string[]> {
  const page = await document.page(assets, { figures: [], tables: false });
  return writeFiles([{ path: 'report.pdf', content: await printPage(browser, page) }], folder);
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

/** Drawn one after the other: Vega's ids are counted over the process. */
async function figureFiles(
  figures: readonly FigureBlock[],
  { formats, onProgress }: WriteOptions,
): Promise<OutputFile[]> {
  const kinds = figureFilesOf(formats);
  const files: OutputFile[] = [];
  if (kinds.length === 0) return files;
  for (const [index, figure] of figures.entries()) {
    onProgress?.(`Drawing figure ${index + 1} of ${figures.length}`);
    files.push(...(await filesOfFigure(figure, kinds)));
  }
  return files;
}

async function filesOfFigure(
  { file, spec }: FigureBlock,
  kinds: readonly FigureFile[],
): Promise<OutputFile[]> {
  const title = figureTitle(spec).title ?? file;
  const wanted = { png: kinds.includes('png'), pdf: kinds.includes('pdf'), title };
  const { svg, png, pdf } = await drawFigure(spec, wanted);
  const contents: Readonly<Record<FigureFile, string | Uint8Array | null>> = {
    svg,
    png,
    pdf,
    'vl.json': `${JSON.stringify(spec)}\n`,
  };
  return kinds.flatMap((kind) => {
    const content = contents[kind];
    return content === null ? [] : [{ path: join(FIGURES_FOLDER, `${file}.${kind}`), content }];
  });
}

function tableFiles({ name, file, table }: TableBlock): OutputFile[] {
  const path = join(DATA_FOLDER, file);
  return [
    { path: `${path}.csv`, content: tableCsv(table) },
    { path: `${path}.json`, content: tableJson(name, table) },
  ];
}

import { join } from 'node:path';
import { messageOf, SweepError } from '../../core/errors.js';
import { writeFileWhole } from '../../core/run-folder/atomic-write.js';
import { renderSvg } from '../figures/render-svg.js';
import { tableCsv, tableJson } from '../tables/table-files.js';
import { renderMarkdown } from './markdown.js';
import { DATA_FOLDER, FIGURES_FOLDER } from './output-paths.js';
import type { PageAssets } from './page/assets.js';
import { renderPage } from './page/page.js';
import { allBlocks, type FigureBlock, type Report } from './report.js';
import type { TemplatedReport } from './template/render-template.js';

interface OutputFile {
  /** Below the report's folder. */
  readonly path: string;
  readonly text: string;
}

/**
 * Writes a report into a folder, which is created when it is missing: `report.md` and the page `index.html`, each figure
 * as `figures/*.svg` and its specification, each table as `tables/*.csv` and `.json`.
 *
 * **Durability**: each file is written whole or not at all, the report last, so that it never names a figure that is
 * not there. Other files of the folder stay.
 *
 * @returns the files that were written, `report.md` first
 * @throws SweepError `bad-call` when the folder cannot be written
 */
export async function writeReport(
  report: Report,
  folder: string,
  assets: PageAssets,
): Promise<string[]> {
  const files: OutputFile[] = [];
  for (const block of allBlocks(report)) {
    // Drawn one after the other: Vega's ids are counted over the process.
    if (block.kind === 'figure') files.push(...(await figureFiles(block)));
    if (block.kind !== 'table') continue;
    const { name, file, table } = block;
    files.push({ path: join(DATA_FOLDER, `${file}.csv`), text: tableCsv(table) });
    files.push({ path: join(DATA_FOLDER, `${file}.json`), text: tableJson(name, table) });
  }
  files.push({ path: 'index.html', text: await renderPage(report, assets) });
  files.push({ path: 'report.md', text: renderMarkdown(report) });
  return writeFiles(files, folder);
}

/**
 * Writes a filled-in template as `report.md`, with the figures that it shows; {@link writeReport} says how.
 *
 * @returns the files that were written, `report.md` first
 * @throws SweepError `bad-call` when the folder cannot be written
 */
export async function writeTemplatedReport(
  { markdown, figures }: TemplatedReport,
  folder: string,
): Promise<string[]> {
  const files: OutputFile[] = [];
  for (const figure of figures) files.push(...(await figureFiles(figure)));
  files.push({ path: 'report.md', text: markdown });
  return writeFiles(files, folder);
}

function writeFiles(files: readonly OutputFile[], folder: string): string[] {
  try {
    for (const { path, text } of files) writeFileWhole(join(folder, path), text);
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

async function figureFiles({ file, spec }: FigureBlock): Promise<OutputFile[]> {
  const path = join(FIGURES_FOLDER, file);
  return [
    { path: `${path}.vl.json`, text: `${JSON.stringify(spec)}\n` },
    { path: `${path}.svg`, text: await renderSvg(spec) },
  ];
}

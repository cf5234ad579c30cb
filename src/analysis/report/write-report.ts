import { join } from 'node:path';
import { messageOf, SweepError } from '../../core/errors.js';
import { writeFileWhole } from '../../core/run-folder/atomic-write.js';
import { renderSvg } from '../figures/render-svg.js';
import { renderMarkdown } from './markdown.js';
import { FIGURES_FOLDER } from './output-paths.js';
import { readPageAssets } from './page/assets.js';
import { renderPage } from './page/page.js';
import { allBlocks, type Report } from './report.js';

/**
 * Writes `report.md` and `figures/*.svg` into a folder, which is created when it is missing.
 *
 * **Durability**: each file is written whole or not at all, the report last, so that it never names a figure that is
 * not there. Other files of the folder stay.
 *
 * @returns the files that were written, the report first
 * @throws SweepError `bad-call` when the folder cannot be written
 */
export async function writeReport(report: Report, folder: string): Promise<string[]> {
  const reportFile = join(folder, 'report.md');
  const figuresFolder = join(folder, FIGURES_FOLDER);
  const figures = allBlocks(report).filter((block) => block.kind === 'figure');
  // Drawn one after the other: Vega's ids are counted over the process.
  const files: { path: string; text: string }[] = [];
  for (const figure of figures) {
    files.push({
      path: join(figuresFolder, `${figure.file}.svg`),
      text: await renderSvg(figure.spec),
    });
  }
  files.push({
    path: join(folder, 'index.html'),
    text: await renderPage(report, readPageAssets()),
  });
  files.push({ path: reportFile, text: renderMarkdown(report) });
  try {
    for (const { path, text } of files) writeFileWhole(path, text);
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
  return [reportFile, ...files.map((file) => file.path).filter((path) => path !== reportFile)];
}

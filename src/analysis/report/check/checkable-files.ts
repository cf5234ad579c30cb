import { tableCsv, tableJson } from '../../tables/table-files.js';
import { FIGURE_FILES } from '../formats.js';
import { DATA_FOLDER, FIGURES_FOLDER } from '../output-paths.js';
import type { ReportDocument } from '../report-document.js';
import {
  compareData,
  countNumbers,
  csvValues,
  jsonValues,
  type DataValues,
} from './compare-data.js';
import { compareReports, type ReportDifference } from './compare-reports.js';
import { readLatexNumbers } from './read-latex-numbers.js';
import { readNumbers } from './read-numbers.js';
import { readPageNumbers, programOf } from './read-page-numbers.js';
import type { WrittenNumber } from './written-number.js';

interface FileCheck {
  readonly numbers: number;
  readonly differences: readonly ReportDifference[];
}

/** A file of a report that can be compared with the database. */
export interface CheckableFile {
  /** Below the report's folder, parted by `/`. */
  readonly path: string;
  readonly check: (written: string) => FileCheck | Promise<FileCheck>;
}

/** What a report can have beside its pictures and its PDF, the documents first. */
export function checkableFiles(document: ReportDocument): CheckableFile[] {
  return [
    {
      path: 'report.md',
      check: (written) => compareText(written, document.markdown(), readNumbers),
    },
    { path: 'index.html', check: (written) => comparePage(written, document) },
    {
      path: 'report.tex',
      check: (written) => compareText(written, document.latex(), readLatexNumbers),
    },
    ...document.tables.flatMap(({ name, file, table }): CheckableFile[] => [
      {
        path: `${DATA_FOLDER}/${file}.csv`,
        check: (written) => compareValues(written, tableCsv(table), csvValues),
      },
      {
        path: `${DATA_FOLDER}/${file}.json`,
        check: (written) => compareValues(written, tableJson(name, table), jsonValues),
      },
    ]),
    ...document.figures.map(({ file, spec }): CheckableFile => ({
      path: `${FIGURES_FOLDER}/${file}.vl.json`,
      check: (written) => compareValues(written, JSON.stringify(spec), jsonValues),
    })),
  ];
}

function compareText(
  written: string,
  rebuilt: string,
  read: (text: string) => readonly WrittenNumber[],
): FileCheck {
  return { numbers: read(written).length, differences: compareReports(written, rebuilt, read) };
}

/** Which files a page links depends on what was written with it. */
async function comparePage(written: string, document: ReportDocument): Promise<FileCheck> {
  const links = {
    figures: FIGURE_FILES.filter((kind) =>
      new RegExp(`href="${FIGURES_FOLDER}/[^"]*[.]${kind}"`).test(written),
    ),
    tables: written.includes(`href="${DATA_FOLDER}/`),
  };
  const rebuilt = await document.page(programOf(written), links);
  return compareText(written, rebuilt, readPageNumbers);
}

function compareValues(
  written: string,
  rebuilt: string,
  read: (text: string) => DataValues | null,
): FileCheck {
  return {
    numbers: countNumbers(read(written)),
    differences: compareData(written, rebuilt, read),
  };
}

import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { isMissing, SweepError } from '../../../core/errors.js';
import { writeJson } from '../../../core/run-folder/atomic-write.js';
import type { SweepDatabase } from '../../../core/store/database.js';
import { buildReport } from '../build-report.js';
import { reportDocument, type ReportDocument } from '../report-document.js';
import { renderTemplate, type Template } from '../template/render-template.js';
import { templateDocument } from '../template/template-document.js';
import { checkableFiles } from './checkable-files.js';
import type { ReportDifference } from './compare-reports.js';

/** What a report says of how it was made, beside it: enough to make it again. */
const originSchema = z.strictObject({
  version: z.literal(1),
  kind: z.literal('report-origin'),
  /** Names of the sweeps, in the order of its sections. */
  sweeps: z.array(z.string()).min(1),
  /** What it was filled into; a report without one has all that the sweeps have. */
  template: z.strictObject({ file: z.string(), text: z.string() }).optional(),
});

export const ORIGIN_FILE = 'report-origin.json';
const REPORT_FILE = 'report.md';

/** Writes how a report was made into its folder, for {@link checkReport}. */
export function writeOrigin(sweeps: readonly string[], folder: string, template?: Template): void {
  // The name alone: the folder it lay in is this machine's.
  const from = template && { file: basename(template.file), text: template.text };
  const origin: z.input<typeof originSchema> = {
    version: 1,
    kind: 'report-origin',
    sweeps: [...new Set(sweeps)],
    template: from,
  };
  writeJson(join(folder, ORIGIN_FILE), origin);
}

export interface ReportCheck {
  /** Path of the first file that was checked. */
  readonly file: string;
  readonly sweeps: readonly string[];
  /** How many numbers all files have. */
  readonly numbers: number;
  /** What was checked, the documents first. */
  readonly files: readonly CheckedFile[];
  readonly differences: readonly FileDifference[];
}

export interface CheckedFile {
  readonly file: string;
  /** Numbers with a source; of data, all numbers. */
  readonly numbers: number;
}

export interface FileDifference extends ReportDifference {
  /** Path of the file. */
  readonly file: string;
}

/**
 * Whether every number of a written report is what the database gives now: of report.md, the page, report.tex, the files
 * of tables and the specifications of figures, those that are there. The database is read before this returns.
 *
 * @throws SweepError `bad-call` when the folder has no report of this program, or one of its sweeps is gone
 */
export function checkReport(db: SweepDatabase, folder: string): Promise<ReportCheck> {
  const { sweeps, template } = readOrigin(folder);
  const document =
    template === undefined
      ? reportDocument(buildReport(db, sweeps))
      : templateDocument(renderTemplate(db, sweeps, template));
  return checkFiles(document, sweeps, folder);
}

async function checkFiles(
  document: ReportDocument,
  sweeps: readonly string[],
  folder: string,
): Promise<ReportCheck> {
  const files: CheckedFile[] = [];
  const differences: FileDifference[] = [];
  for (const { path, check } of checkableFiles(document)) {
    const file = join(folder, path);
    if (!existsSync(file)) continue;
    const found = await check(readFileSync(file, 'utf8'));
    files.push({ file, numbers: found.numbers });
    differences.push(...found.differences.map((one) => ({ file, ...one })));
  }
  const [first] = files;
  if (first === undefined) throw noSuchFile(join(folder, REPORT_FILE), folder);
  const numbers = files.reduce((sum, one) => sum + one.numbers, 0);
  return { file: first.file, sweeps, numbers, files, differences };
}

function readOrigin(folder: string): z.infer<typeof originSchema> {
  const file = join(folder, ORIGIN_FILE);
  const text = read(file, folder);
  try {
    return originSchema.parse(JSON.parse(text));
  } catch (error) {
    throw new SweepError(
      'bad-record',
      {
        where: file,
        message: 'the file does not say how the report was made',
        fix: 'Write the report again: npx sweep report SWEEP --out DIR',
      },
      { cause: error },
    );
  }
}

function read(file: string, folder: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (!isMissing(error)) throw error;
    throw noSuchFile(file, folder, error);
  }
}

function noSuchFile(file: string, folder: string, cause?: unknown): SweepError {
  return new SweepError(
    'bad-call',
    {
      where: file,
      message: 'there is no such file',
      fix: `Name a folder that npx sweep report wrote: npx sweep report SWEEP --out ${folder}`,
    },
    { cause },
  );
}

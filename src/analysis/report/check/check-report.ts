import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { isMissing, SweepError } from '../../../core/errors.js';
import { writeJson } from '../../../core/run-folder/atomic-write.js';
import type { SweepDatabase } from '../../../core/store/database.js';
import { buildReport } from '../build-report.js';
import { reportDocument } from '../report-document.js';
import { renderTemplate, type Template } from '../template/render-template.js';
import { templateDocument } from '../template/template-document.js';
import { compareReports, type ReportDifference } from './compare-reports.js';
import { readNumbers } from './read-numbers.js';

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
  /** Path of the report that was checked. */
  readonly file: string;
  readonly sweeps: readonly string[];
  /** How many numbers with a source it has. */
  readonly numbers: number;
  readonly differences: readonly ReportDifference[];
}

/**
 * Whether every number of a written report.md is what the database gives now.
 *
 * @throws SweepError `bad-call` when the folder has no report of this program, or one of its sweeps is gone
 */
export function checkReport(db: SweepDatabase, folder: string): ReportCheck {
  const file = join(folder, REPORT_FILE);
  const { sweeps, template } = readOrigin(folder);
  const written = read(file, folder);
  const rebuilt = (
    template === undefined
      ? reportDocument(buildReport(db, sweeps))
      : templateDocument(renderTemplate(db, sweeps, template))
  ).markdown();
  const differences = compareReports(written, rebuilt);
  return { file, sweeps, numbers: readNumbers(written).length, differences };
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
    throw new SweepError(
      'bad-call',
      {
        where: file,
        message: 'there is no such file',
        fix: `Name a folder that npx sweep report wrote: npx sweep report SWEEP --out ${folder}`,
      },
      { cause: error },
    );
  }
}

import { InvalidArgumentError } from 'commander';
import { REPORT_FORMATS, type ReportFormat } from '../analysis/report/formats.js';
import { suggestionFor } from '../core/suggest-key.js';

/**
 * The formats of `--format md,html`, in any order and case.
 *
 * @throws InvalidArgumentError for one that there is not, with the closest
 */
export function parseReportFormats(list: string): ReadonlySet<ReportFormat> {
  const names = list.split(',').map((name) => name.trim().toLowerCase());
  return new Set(names.map(parseFormat));
}

function parseFormat(name: string): ReportFormat {
  const format = REPORT_FORMATS.find((one) => one === name);
  if (format !== undefined) return format;
  const what = name === '' ? 'A format is missing.' : `There is no format ${name}.`;
  throw new InvalidArgumentError(`${what} ${suggestionFor(name, REPORT_FORMATS)}`);
}

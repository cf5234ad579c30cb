import { formatCount as formatReportCount, THOUSANDS } from '../analysis/tables/format.js';

/** A count with commas between thousands: `5,097,821`. */
export function formatCount(value: number): string {
  return withCommas(formatReportCount(value));
}

/** A text of a report for the terminal, where a narrow space takes a whole cell or has no glyph. */
export function withCommas(text: string): string {
  return text.replaceAll(THOUSANDS, ',');
}

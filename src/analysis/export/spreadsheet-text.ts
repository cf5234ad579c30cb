/**
 * What makes a spreadsheet take a cell for a formula, or changes its meaning: OWASP's list (CSV Injection) with the
 * full-width forms, which some take for the plain ones; and the apostrophe, so that the way back is without doubt.
 */
const BEGINS_FORMULA = /^[=+\-@\t\r\n'＝＋－＠]/;

/**
 * A text as a cell that no spreadsheet takes for a formula: one that begins like a formula, or with an apostrophe, gets
 * one apostrophe in front, which spreadsheets read as "this is text". Taking one leading apostrophe off each text cell
 * gives back the texts: see {@link fromSpreadsheetText}.
 */
export function toSpreadsheetText(text: string): string {
  return BEGINS_FORMULA.test(text) ? `'${text}` : text;
}

/** The text that {@link toSpreadsheetText} was given. */
export function fromSpreadsheetText(cell: string): string {
  return cell.startsWith("'") ? cell.slice(1) : cell;
}

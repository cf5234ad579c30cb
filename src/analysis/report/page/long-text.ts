/** Characters of a cell in one line: of names, numbers and intervals. */
const LINE = 56;

/** Whether a cell is a text that may break, so that nobody has to scroll for the end of a sentence. */
export function isLongText(text: string): boolean {
  return text.length > LINE;
}

/** Characters of a cell in one line: of names, numbers and intervals. */
const LINE = 56;

/** Whether a cell is a text that may break, so that nobody has to scroll for the end of a sentence. */
export function isLongText(text: string): boolean {
  return text.length > LINE;
}

/** Characters of a word that may cost a column its width; names of runs and keys are longer. */
const WORD = 12;

/** Whether a word of a title may break: `model.embedding`, but not `Distinct-1`. */
export function isLongWord(word: string): boolean {
  return word.length > WORD;
}

/** A text in the parts between which it may break where there is little room: `embedding=8,` and `seed=1`, `model.` and `heads`. */
export function breakableParts(text: string): string[] {
  return text.split(/(?<=[,/](?=\S)|[a-z]\.(?=[a-z]))/);
}

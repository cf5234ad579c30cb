import wrapAnsi from 'wrap-ansi';

/** A sentence on lines that the terminal does not break within a word; as it is where there is no terminal. */
export function prose(text: string, { isTTY, columns }: NodeJS.WriteStream): string {
  return isTTY && columns > 0 ? wrapAnsi(text, columns, { trim: false }) : text;
}

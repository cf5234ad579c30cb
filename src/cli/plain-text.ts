import { stripVTControlCharacters } from 'node:util';

/**
 * Text from a definition, a data set or a model as it may be shown: escape sequences could move the cursor, change the
 * window's title or worse, and a line break would break a table.
 */
export function plainText(text: string): string {
  return (
    stripVTControlCharacters(text)
      .replaceAll(/\r?\n */g, ' ') // what to do about an error stands on a line of its own, set in
      // Cc: the control characters that are left after whole sequences are gone.
      .replaceAll(/\p{Cc}/gu, ' ')
  );
}

/** {@link plainText} of each line: messages quote definitions and file names, and have lines of their own. */
export function plainLines(text: string): string {
  return text.split('\n').map(plainText).join('\n');
}

/** {@link plainText}, shortened with an ellipsis. */
export function shortText(text: string, length: number): string {
  const plain = plainText(text);
  return plain.length <= length ? plain : `${plain.slice(0, length - 1)}…`;
}

import { isUnicodeTerminal } from '../tui/text/unicode-terminal.js';
import { asciiSigns } from './ascii-signs.js';
import { prose } from './prose.js';

/** The only place that writes to the terminal: results to stdout, everything else to stderr. */

/** Prints a result line. */
export function print(text: string): void {
  process.stdout.write(`${shown(text, process.stdout)}\n`);
}

/** Prints a sentence, broken between words where the terminal is narrow. */
export function printProse(text: string): void {
  print(prose(text, process.stdout));
}

/** Prints one JSON document and nothing else. */
export function printJson(document: unknown): void {
  process.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
}

/** Prints progress, a warning or an error. */
export function note(text: string): void {
  process.stderr.write(`${shown(text, process.stderr)}\n`);
}

/** Prints a sentence of progress or an error, broken between words where the terminal is narrow. */
export function noteProse(text: string): void {
  note(prose(text, process.stderr));
}

/** A progress line on stderr that replaces itself on a terminal and stays silent elsewhere. */
export function createStatusLine(): {
  readonly update: (text: string) => void;
  readonly clear: () => void;
} {
  const isTerminal = process.stderr.isTTY;
  return {
    update: (text) => {
      if (isTerminal) process.stderr.write(`\r\u001b[2K${text}`);
    },
    clear: () => {
      if (isTerminal) process.stderr.write('\r\u001b[2K');
    },
  };
}

/** What goes into a file is UTF-8 wherever it is written. */
function shown(text: string, { isTTY }: NodeJS.WriteStream): string {
  return isTTY && !isUnicodeTerminal(process.env) ? asciiSigns(text) : text;
}

/** The only place that writes to the terminal: results to stdout, everything else to stderr. */

/** Prints a result line. */
export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Prints one JSON document and nothing else. */
export function printJson(document: unknown): void {
  process.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
}

/** Prints progress, a warning or an error. */
export function note(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** A progress line on stderr that replaces itself on a terminal and stays silent elsewhere. */
export function createStatusLine(): { update(text: string): void; clear(): void } {
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

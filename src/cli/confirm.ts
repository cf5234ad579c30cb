import { createInterface } from 'node:readline/promises';
import { SweepError } from '../core/errors.js';

/**
 * Asks a question on the terminal.
 *
 * @returns whether the answer was yes; anything else is no
 * @throws SweepError `bad-call` where nobody can be asked
 */
export async function confirm(question: string): Promise<boolean> {
  if (!process.stdin.isTTY)
    throw new SweepError('bad-call', {
      message: 'nobody can be asked: the input is not a terminal',
      fix: 'Say --yes to go ahead without being asked.',
    });
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await terminal.question(`${question} [y/N] `);
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    terminal.close();
  }
}

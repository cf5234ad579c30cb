import { readFileSync } from 'node:fs';
import { messageOf, SweepError } from '../../../core/errors.js';
import type { Template } from './render-template.js';

/** Longest template that is read, in characters: a book has a million. */
const MAX_LENGTH = 5_000_000;

/** @throws SweepError `bad-call` when the file cannot be read as text */
export function readTemplate(file: string): Template {
  const fix = 'Name a Markdown file: --template report.md.liquid';
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file));
  } catch (error) {
    throw new SweepError(
      'bad-call',
      { where: file, message: `the template cannot be read: ${messageOf(error)}`, fix },
      { cause: error },
    );
  }
  if (text.length > MAX_LENGTH) {
    const message = `the template must be at most ${MAX_LENGTH} characters long (got ${text.length})`;
    throw new SweepError('bad-call', { where: file, message, fix });
  }
  return { file, text };
}

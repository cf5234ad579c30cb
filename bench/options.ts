import { parseArgs, type ParseArgsConfig } from 'node:util';
import { z } from 'zod';
import { messageOf } from '../src/core/errors.js';

/** A whole number from 1 on, as text. */
export const whole = z.coerce.number<string>().int().positive();

/** Names apart by commas. */
export const list = z.string().transform((text) => text.split(','));

/** What the command line asks for; a mistake in it ends the program with a message. */
export function readOptions<T extends z.ZodType>(
  schema: T,
  options: NonNullable<ParseArgsConfig['options']>,
): z.output<T> {
  try {
    return schema.parse(parseArgs({ options }).values);
  } catch (error) {
    console.error(error instanceof z.ZodError ? z.prettifyError(error) : messageOf(error));
    console.error('bench/README.md says what can be given.');
    process.exit(2);
  }
}

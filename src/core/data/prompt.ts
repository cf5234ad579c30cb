import { quoteValue, SweepError } from '../errors.js';
import { CLS, encodeText } from './vocabulary.js';

/** A character that no letter a-z and no space is; whole code points, so that an emoji counts as one. */
const OUTSIDE_ALPHABET = /[^a-z ]/u;

/**
 * The tokens of a text that samples are to begin with, [prompt], without the start token.
 *
 * @param tokens T of the model: one of them is the start token, and at least one must be left to sample
 * @throws SweepError `bad-call` for a character outside the vocabulary and for a prompt that is too long
 * @example encodePrompt('trump ', 150)
 */
export function encodePrompt(prompt: string, tokens: number): Int32Array {
  const outside = OUTSIDE_ALPHABET.exec(prompt);
  if (outside !== null) throw unknownCharacter(prompt, outside[0], outside.index);
  const longest = tokens - 2;
  if (prompt.length > longest)
    throw new SweepError('bad-call', {
      message: `--prompt must have at most ${longest} characters for this model of ${tokens} tokens (got ${prompt.length})`,
      fix: 'The start token takes one place, and one must be left to sample.',
    });
  const symbols = encodeText(prompt, prompt.length + 1);
  if (symbols[0] !== CLS) throw new Error('an encoded text must begin with the start token');
  return Int32Array.from(symbols.subarray(1));
}

function unknownCharacter(prompt: string, character: string, index: number): SweepError {
  const lower = prompt.toLowerCase();
  const isCase = lower !== prompt && !OUTSIDE_ALPHABET.test(lower);
  const position = index + 1; // all before it are in the alphabet, one code unit each
  return new SweepError('bad-call', {
    message: `--prompt must have only the letters a-z and spaces (got ${quoteValue(character)} at character ${position})`,
    fix: isCase
      ? `The model knows lower-case letters only: --prompt ${JSON.stringify(lower)}`
      : 'The vocabulary is abcdefghijklmnopqrstuvwxyz and the space; digits, punctuation and diacritics are not in it.',
  });
}

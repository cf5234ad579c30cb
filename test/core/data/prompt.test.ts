import { expect, test } from 'vitest';
import { encodePrompt } from '../../../src/core/data/prompt.js';
import { SweepError } from '../../../src/core/errors.js';

test('a prompt is its characters as tokens, without a start token', () => {
  expect([...encodePrompt('ab z', 10)]).toEqual([1, 2, 27, 26]);
  expect(encodePrompt('', 10)).toHaveLength(0);
});

test('a prompt may fill all places but the one that is sampled', () => {
  expect(encodePrompt('a'.repeat(8), 10)).toHaveLength(8);
  expect(() => encodePrompt('a'.repeat(9), 10)).toThrow(
    '--prompt must have at most 8 characters for this model of 10 tokens (got 9)\n' +
      '    The start token takes one place, and one must be left to sample.',
  );
});

const FOREIGN =
  'The vocabulary is abcdefghijklmnopqrstuvwxyz and the space; digits, punctuation and diacritics are not in it.';

test.each([
  {
    prompt: 'Trump ',
    message: '--prompt must have only the letters a-z and spaces (got "T" at character 1)',
    fix: 'The model knows lower-case letters only: --prompt "trump "',
  },
  {
    prompt: 'a 😀 b!',
    message: '--prompt must have only the letters a-z and spaces (got "😀" at character 3)',
    fix: FOREIGN,
  },
  {
    prompt: 'Été',
    message: '--prompt must have only the letters a-z and spaces (got "É" at character 1)',
    fix: FOREIGN,
  },
])('$prompt is no prompt', ({ prompt, ...diagnostic }) => {
  expect(() => encodePrompt(prompt, 100)).toThrow(new SweepError('bad-call', diagnostic));
});

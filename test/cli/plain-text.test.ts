import fc from 'fast-check';
import { expect, test } from 'vitest';
import { plainLines, plainText, shortText } from '../../src/cli/plain-text.js';

test('no text can send a control character to the terminal', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(plainText(`\u001b]0;${text}\u0007`)).not.toMatch(/\p{Cc}/u);
    }),
  );
});

test('lines of a message stay lines', () => {
  expect(plainLines('where  what\u001b[2J\n    fix')).toBe('where  what\n    fix');
});

test('lines of a message that is shown in one have a space between them', () => {
  expect(plainText('where  what\n    fix\r\nmore')).toBe('where  what fix more');
});

test('a long text is cut to the length with an ellipsis', () => {
  expect(shortText('abcdef', 6)).toBe('abcdef');
  expect(shortText('abcdefg', 6)).toBe('abcde…');
});

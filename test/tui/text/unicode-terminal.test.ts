import { expect, test } from 'vitest';
import { isUnicodeTerminal } from '../../../src/tui/text/unicode-terminal.js';

test.each<[boolean, NodeJS.ProcessEnv]>([
  [true, { LANG: 'en_GB.UTF-8' }],
  [true, { LANG: 'C.utf8' }],
  [true, { LANG: 'C', LC_CTYPE: 'C.UTF-8' }],
  [true, { LC_ALL: '', LANG: 'C.UTF-8' }],
  [true, { LC_ALL: 'C', SWEEP_ASCII: '0' }],
  [false, {}],
  [false, { LANG: 'C' }],
  [false, { LANG: 'de_DE.ISO-8859-1' }],
  [false, { LANG: 'C.UTF-8', LC_ALL: 'POSIX' }],
  [false, { LANG: 'C.UTF-8', SWEEP_ASCII: '1' }],
  [false, { LANG: 'C.UTF-8', TERM: 'linux' }],
])('more than ASCII is drawn: %s with %j', (expected, environment) => {
  expect(isUnicodeTerminal(environment, 'linux')).toBe(expected);
});

test('where terminals are of UTF-8 without a locale, more than ASCII is drawn', () => {
  expect(isUnicodeTerminal({}, 'darwin')).toBe(true);
  expect(isUnicodeTerminal({}, 'win32')).toBe(true);
  expect(isUnicodeTerminal({ LC_ALL: 'C' }, 'darwin')).toBe(false);
});

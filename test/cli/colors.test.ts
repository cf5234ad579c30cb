import { expect, test } from 'vitest';
import { wantsColors } from '../../src/cli/colors.js';

test.each([
  ['a terminal', {}, true, true],
  ['a pipe', {}, false, false],
  ['a CI job that writes to a file', { CI: 'true' }, false, false],
  ['a terminal with NO_COLOR', { NO_COLOR: '1' }, true, false],
  ['a terminal with an empty NO_COLOR', { NO_COLOR: '' }, true, true],
  ['a pipe with FORCE_COLOR', { FORCE_COLOR: '1' }, false, true],
  ['NO_COLOR and FORCE_COLOR together', { NO_COLOR: '1', FORCE_COLOR: '1' }, true, false],
  ['a dumb terminal', { TERM: 'dumb' }, true, false],
])('%s', (_, environment, isTerminal, expected) => {
  expect(wantsColors(environment, isTerminal)).toBe(expected);
});

import { describe, expect, test } from 'vitest';
import { isMeantToOutliveTerminal, type StartTraces } from '../../src/cli/hangup.js';

/** Started by hand in a terminal. */
const PLAIN: StartTraces = {
  command: '/usr/bin/node',
  writesToTerminal: true,
  hasUnreadableStdin: false,
  hasIgnoringAncestor: false,
};

describe('isMeantToOutliveTerminal', () => {
  test.each<[string, Partial<StartTraces>, boolean]>([
    ['a program in a terminal', {}, false],
    ['a program whose output goes into a file', { writesToTerminal: false }, false],
    ['where nothing is known', { command: undefined, writesToTerminal: false }, false],
    ['nohup in a terminal', { hasUnreadableStdin: true, writesToTerminal: false }, true],
    [
      'nohup that found stdin redirected, or is that of macOS',
      { command: '/usr/bin/nohup', writesToTerminal: false },
      true,
    ],
    ['a terminal that was itself started under nohup', { command: '/usr/bin/nohup' }, false],
    ['a program of that name only in a folder', { command: '/nohup/sweep' }, false],
    ["a script with trap '' HUP, in a terminal", { hasIgnoringAncestor: true }, true],
  ])('tells %s: $2', (_what, traces, expected) => {
    expect(isMeantToOutliveTerminal({ ...PLAIN, ...traces })).toBe(expected);
  });
});

import type { Key } from 'ink';

const NO_KEY: Key = {
  upArrow: false,
  downArrow: false,
  leftArrow: false,
  rightArrow: false,
  pageDown: false,
  pageUp: false,
  home: false,
  end: false,
  return: false,
  escape: false,
  ctrl: false,
  shift: false,
  tab: false,
  backspace: false,
  delete: false,
  meta: false,
  super: false,
  hyper: false,
  capsLock: false,
  numLock: false,
};

/** One key: its sign, or none where it is known by a flag. */
export type PressedKey = readonly [input: string, key: Key];

/** The keys of one input: those that arrive together come as one, and each must be heard. */
export function decodeInput(input: string, key: Key): PressedKey[] {
  const signs = Array.from(input);
  if (signs.length > 1) return signs.map(decodeSign);
  // Escape and a key that came together look like Alt and that key, which means nothing here.
  if (key.meta && !key.escape && input !== '')
    return [
      ['', { ...NO_KEY, escape: true, meta: true }],
      [input, { ...key, meta: false }],
    ];
  return [[input, key]];
}

/** A sign out of several: the keys that have no sign of their own are told by their control characters. */
function decodeSign(sign: string): PressedKey {
  if (sign === '\r' || sign === '\n') return ['', { ...NO_KEY, return: true }];
  if (sign === '\u007f') return ['', { ...NO_KEY, backspace: true }];
  if (sign === '\u0003') return ['c', { ...NO_KEY, ctrl: true }];
  return [sign, NO_KEY];
}

import { expect, test } from 'vitest';
import { wrapSpan } from '../../../src/tui/text/wrap-span.js';

function wrapped(text: string, width: number, most: number): string[] {
  return wrapSpan({ text }, width, most, '…').map((line) => line.map((span) => span.text).join(''));
}

test('a long text is broken between words, and only its last line is cut', () => {
  expect(wrapped('no memory left', 20, 3)).toEqual(['no memory left']);
  expect(wrapped('no memory left on the device', 10, 3)).toEqual([
    'no memory',
    'left on',
    'the device',
  ]);
  expect(wrapped('no memory left on the device', 10, 2)).toEqual(['no memory', 'left on t…']);
  expect(wrapped('unbreakable', 4, 3)).toEqual(['unbr', 'eaka', 'ble']);
});

import { expect, test } from 'vitest';
import { formatDuration, formatShortDuration } from '../../../src/tui/text/format.js';

test('a time that a clock was set back over is none, and never negative', () => {
  for (const seconds of [-0.4, -3600, Number.MIN_SAFE_INTEGER, 0])
    expect([formatDuration(seconds), formatShortDuration(seconds)]).toEqual(['0s', '0s']);
  expect([formatDuration(3725), formatShortDuration(3725)]).toEqual(['1h 2m', '62m']);
});

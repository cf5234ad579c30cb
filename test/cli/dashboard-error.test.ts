import { expect, test } from 'vitest';
import { SweepError } from '../../src/core/errors.js';
import { describeDashboardError } from '../../src/cli/dashboard-error.js';

test('an error that a user can act on is told with its way out', () => {
  const error = new SweepError('unavailable', { message: 'the disk is full', fix: 'Free some.' });
  expect(describeDashboardError(error)).toBe('the disk is full\n    Free some.');
});

test('a bug is told in one line with its place, and without a stack', () => {
  const text = describeDashboardError(new TypeError('no such key'));
  expect(text).toMatch(
    /^This is a bug in sweep, .*: TypeError: no such key \(at .*error\.test\.ts/,
  );
  expect(text).not.toContain('\n');
});

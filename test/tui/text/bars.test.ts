import { expect, test } from 'vitest';
import { averageInto, progressBar, sparkline } from '../../../src/tui/text/bars.js';

const BAR = { barFull: '#', barEmpty: '.' };
const LEVELS = { levels: ['_', '-', '^'] };

test('a bar is quite full only at the end, and shows the smallest beginning', () => {
  expect(progressBar(0, 5, BAR)).toBe('.....');
  expect(progressBar(0.001, 5, BAR)).toBe('#....');
  expect(progressBar(0.5, 4, BAR)).toBe('##..');
  expect(progressBar(0.999, 5, BAR)).toBe('####.');
  expect(progressBar(1, 5, BAR)).toBe('#####');
  expect(progressBar(7, 3, BAR)).toBe('###');
  expect(progressBar(1, 0, BAR)).toBe('');
});

test('a sparkline goes from the lowest to the highest level', () => {
  expect(sparkline([3, 2, 1], 10, LEVELS)).toBe('^-_');
  expect(sparkline([5, 5], 10, LEVELS)).toBe('--');
  expect(sparkline([], 10, LEVELS)).toBe('');
  expect(sparkline([Number.NaN, 1, 2], 10, LEVELS)).toBe('_^');
});

test('more values than cells are averaged', () => {
  expect(averageInto([1, 3, 5, 7], 2)).toEqual([2, 6]);
  expect(sparkline([9, 9, 5, 5, 1, 1], 3, LEVELS)).toBe('^-_');
});

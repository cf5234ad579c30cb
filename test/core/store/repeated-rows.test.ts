import { expect, it } from 'vitest';
import { z } from 'zod';
import { RepeatedRows } from '../../../src/core/store/parse-rows.js';

const row = z.object({ position: z.int(), bestNll: z.number().nullable() });

it('gives the object that it gave before for a row that is the same, wherever it is now', () => {
  const rows = new RepeatedRows(row, 'position');
  const [first, second] = rows.parse([
    { position: 0, best_nll: null },
    { position: 1, best_nll: 0.5 },
  ]);
  const again = rows.parse([
    { position: 1, best_nll: 0.5 },
    { position: 0, best_nll: 0.7 },
  ]);
  expect(again).toEqual([
    { position: 1, bestNll: 0.5 },
    { position: 0, bestNll: 0.7 },
  ]);
  expect(again[0]).toBe(second);
  expect(again[1]).not.toBe(first);
});

it('refuses a row that is not what this version writes, also where one was right before', () => {
  const rows = new RepeatedRows(row, 'position');
  rows.parse([{ position: 0, best_nll: 1 }]);
  expect(() => rows.parse([{ position: 0, best_nll: 'one' }])).toThrow(/a row cannot be read/);
  expect(() => rows.parse([null])).toThrow(/a row cannot be read/);
});

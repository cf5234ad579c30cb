import { expect, test } from 'vitest';
import { fitTable, type FittingColumn } from '../../src/cli/fit-table.js';
import { formatTable } from '../../src/cli/table.js';

const COLUMNS: readonly FittingColumn[] = [
  { title: 'run' },
  { title: 'id', goes: 2 },
  { title: 'state' },
  { title: 'parameters', align: 'right', goes: 1 },
];
const GRID = [
  ['learningRate=0.01,heads=2', '3f2a91', 'completed', '87,289'],
  ['learningRate=0.001,heads=2', '8c0012', '\u001b[31mfailed\u001b[39m', '87,289'],
];

function widest(width: number | null, rows = GRID): number {
  const fitted = fitTable(COLUMNS, rows, width);
  const seen = formatTable(fitted.columns, fitted.rows).replaceAll(/\u001b\[\d+m/g, ''); // eslint-disable-line no-control-regex
  return Math.max(...seen.split('\n').map((line) => line.length));
}

test('a table that fits, or is not for a terminal, stays as it is', () => {
  expect(fitTable(COLUMNS, GRID, null)).toEqual({ columns: COLUMNS, rows: GRID, left: [] });
  expect(fitTable(COLUMNS, GRID, 80)).toEqual({ columns: COLUMNS, rows: GRID, left: [] });
});

test('on a narrow terminal the names of a grid lose their keys, then columns go, and it says which', () => {
  const { columns, rows, left } = fitTable(COLUMNS, GRID, 50);
  expect(columns.map(({ title }) => title)).toEqual([
    'learningRate, heads',
    'id',
    'state',
    'parameters',
  ]);
  expect(rows[0]).toEqual(['0.01, 2', '3f2a91', 'completed', '87,289']);
  expect(left).toEqual([]);
  expect(fitTable(COLUMNS, GRID, 38).left).toEqual(['parameters']);
  expect(fitTable(COLUMNS, GRID, 28).left).toEqual(['id', 'parameters']);
});

test('no line is wider than the terminal, whatever the names', () => {
  const long = GRID.map(([, ...rest], index) => [`${'a-long-name'.repeat(9)}-${index}`, ...rest]);
  for (const width of [24, 30, 40, 60, 80, 120]) {
    expect(widest(width)).toBeLessThanOrEqual(width);
    expect(widest(width, long)).toBeLessThanOrEqual(width);
  }
  expect(fitTable(COLUMNS, long, 30).rows.map(([name]) => name)).toEqual([
    'a-long-na…ng-name-0',
    'a-long-na…ng-name-1',
  ]);
});

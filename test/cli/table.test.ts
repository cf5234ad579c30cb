import { expect, test } from 'vitest';
import { formatTable } from '../../src/cli/table.js';

test('a long table has one head, and its columns stand below each other throughout', () => {
  const columns = [{ title: 'run' }, { title: 'NLL', align: 'right' }] as const;
  const rows = Array.from({ length: 250 }, (_, index) => [`run-${index}`, `${10 ** (index % 4)}`]);
  const lines = formatTable(columns, rows).split('\n');
  expect(lines).toHaveLength(251);
  expect(lines[1]).toBe('run-0       1');
  expect(lines[250]).toBe('run-249    10');
  expect(new Set(lines.map((line) => line.length))).toEqual(new Set([13]));
});

test('a cell of several lines stands in its column, beside empty cells', () => {
  const columns = [{ title: 'key' }, { title: 'value', align: 'right' }] as const;
  const rows = [
    ['text', 'one\nthree'],
    ['日本', '2'],
  ];
  expect(formatTable(columns, rows).split('\n')).toEqual([
    'key   value',
    'text    one',
    '      three',
    '日本      2',
  ]);
});

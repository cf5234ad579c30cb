import { describe, expect, it } from 'vitest';
import { computed, provenanceText, recorded } from '../../../src/analysis/provenance.js';
import { packTable } from '../../../src/analysis/report/page/pack-table.js';
import { packedTableSchema } from '../../../src/analysis/report/page/page-data.js';
import { printSize } from '../../../src/analysis/report/page/print-size.js';
import { tableHtml } from '../../../src/analysis/report/page/table-html.js';
import { sourced, type Table } from '../../../src/analysis/tables/table.js';

const shown = { kind: 'table', name: 'long', file: 'q2_long', caption: [] } as const;
const table: Table = {
  columns: [
    { title: 'Run', align: 'left' },
    { title: 'NLL', align: 'right', format: (value) => value.toFixed(2) },
  ],
  rows: [
    ['first', 1],
    ['</script>', sourced(98.125, recorded('abc', 'test.nll', { seq: 4, epoch: 2 }))],
    ['mean', sourced(97, computed(['abc', 'def'], 'mean of test.nll'))],
    ['one', sourced(96.5, computed(['abc'], 'effect'))],
    ['missing', null],
  ],
};

describe('the rows of a long table as data', () => {
  it('keep text, number and source, with runs and metrics by their place', () => {
    expect(packTable(table, 1)).toEqual({
      metrics: ['test.nll', 'effect'],
      runs: ['abc', 'def'],
      rows: [
        ['</script>', ['98.13', 98.125, 0, 0, 4, 2]],
        ['mean', ['97.00', 97, ['mean of test.nll of 2 runs: abc, def', 0, 1]]],
        ['one', ['96.50', 96.5, 1, 0]],
        ['missing', ['–', null]],
      ],
    });
  });

  it('stand in the page as text that cannot end the script', () => {
    const rows = Array.from({ length: 60 }, (_, index) => [`</script>${index}`, index]);
    const html = tableHtml({ ...shown, table: { ...table, rows } }, { tables: true });
    expect(html.match(/<tr>/g)).toHaveLength(1 + 50);
    expect(html.match(/<\/script>/g)).toHaveLength(1);
    const json = /data-rows="10">(.*?)<\/script>/.exec(html)?.[1] ?? '';
    const packed = packedTableSchema.parse(JSON.parse(json));
    expect(packed.rows[9]).toEqual(['</script>59', ['59.00', 59]]);
  });
});

describe('the source of a number that many runs went into', () => {
  it('names the first of them only', () => {
    const runs = Array.from({ length: 20 }, (_, index) => `run-${index}`);
    expect(provenanceText(computed(runs, 'mean'))).toMatch(
      /^mean of 20 runs: run-0, .*run-11 and 8 more$/,
    );
  });
});

it('a sentence in a cell breaks, a name or a number does not', () => {
  const sentence = 'fewer than two values of it occur in two configurations or more';
  const html = tableHtml(
    {
      ...shown,
      table: {
        ...table,
        rows: [
          [sentence, 1],
          ['under-100k', 2],
        ],
      },
    },
    { tables: false },
  );
  expect(html).toContain(`<td class="long">${sentence}</td><td class="right" data-value="1">`);
  expect(html).toContain('<td>under-100k</td>');
});

it('a name breaks between its settings, a title between the parts of a key', () => {
  const columns = [{ title: 'of model.embedding, NLL/char', align: 'left' as const }];
  const rows = [['embedding=8,rate=0.01/seed=1'], ['a, b / c.']];
  const html = tableHtml({ ...shown, table: { columns, rows } }, { tables: false });
  expect(html).toContain('>of model.<wbr>embedding, NLL/char</th>');
  expect(html).toContain('<td>embedding=8,<wbr>rate=0.01/<wbr>seed=1</td>');
  expect(html).toContain('<td>a, b / c.</td>');
});

describe('the letters of a printed table', () => {
  const wide = (columns: number): Table => ({
    columns: Array.from({ length: columns }, () => ({ title: 'Interval', align: 'left' })),
    rows: [Array.from({ length: columns }, () => sourced('−0.9998 to −0.9832', computed([], 'r')))],
  });

  it('are smaller where it would be wider than the paper', () => {
    expect(printSize(table, 50)).toBe(null);
    expect([5, 6, 7, 8, 9].map((columns) => printSize(wide(columns), 50))).toEqual([
      null,
      6.8,
      5.8,
      5,
      5,
    ]);
    const html = tableHtml({ ...shown, table: wide(6) }, { tables: false });
    expect(html).toContain('<table class="sortable" style="--print: 6.8pt">');
  });

  it('are as large as ever for sentences and names, which break', () => {
    const sentence = 'fewer than two values of it occur in two configurations or more '.repeat(4);
    const name = 'embedding=24,learningRate=0.001/seed=1';
    const columns = Array.from({ length: 4 }, () => ({ title: 'A', align: 'left' as const }));
    const rows = [[sentence, sourced(sentence, computed([], 'course')), name, name]];
    expect(printSize({ columns, rows }, 50)).toBe(null);
  });
});

import { describe, expect, it } from 'vitest';
import { computed, provenanceText, recorded } from '../../../src/analysis/provenance.js';
import { packTable } from '../../../src/analysis/report/page/pack-table.js';
import { packedTableSchema } from '../../../src/analysis/report/page/page-data.js';
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

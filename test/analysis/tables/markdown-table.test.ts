import { describe, expect, it } from 'vitest';
import { formatNll } from '../../../src/analysis/tables/format.js';
import { markdownTable } from '../../../src/analysis/tables/markdown-table.js';
import {
  escapeHtml,
  escapeMarkdown,
  fencedBlock,
  visibleLine,
} from '../../../src/analysis/tables/markdown-text.js';
import { withoutEmptyColumns, type Table } from '../../../src/analysis/tables/table.js';

const table: Table = {
  columns: [
    { title: 'Run', align: 'left' },
    { title: 'NLL', align: 'right', format: formatNll },
    { title: 'Note', align: 'left' },
  ],
  rows: [
    ['a|b', 95.4801, null],
    ['c\nd', null, ''],
  ],
};

describe('markdownTable', () => {
  it('aligns, rounds, escapes and marks what is missing', () => {
    expect(markdownTable(table)).toBe(
      [
        '| Run | NLL | Note |',
        '| --- | ---: | --- |',
        '| a\\|b | 95.48 | – |',
        '| c d | – | – |',
      ].join('\n'),
    );
  });

  it('can leave out columns without a value', () => {
    expect(withoutEmptyColumns(table)).toEqual({
      columns: table.columns.slice(0, 2),
      rows: [
        ['a|b', 95.4801],
        ['c\nd', null],
      ],
    });
  });
});

describe('escapeMarkdown', () => {
  it.each([
    ['plain text, 95.48 (under-100k)', 'plain text, 95.48 (under-100k)'],
    ['a | b', 'a \\| b'],
    ['`code` *bold* _it_ ~x~ $m$', '\\`code\\` \\*bold\\* \\_it\\_ \\~x\\~ \\$m\\$'],
    ['<script>&amp;', '&lt;script&gt;&amp;amp;'],
    ['[a](b) ![c](d)', '\\[a\\](b) !\\[c\\](d)'],
    ['back\\slash', 'back\\\\slash'],
    ['# heading', '\\# heading'],
    ['- item', '\\- item'],
    ['1. item', '1\\. item'],
    ['95.48', '95.48'],
    ['two\r\nlines\tand a tab', 'two lines and a tab'],
    ['https://x.org www.x.org @name', 'https:&#47;/x.org www&#46;x.org &#64;name'],
    ['a\u202eb\u0007', 'a\\\\u202eb\\\\u0007'],
  ])('%j becomes %j', (text, escaped) => {
    expect(escapeMarkdown(text)).toBe(escaped);
  });
});

describe('texts outside of Markdown', () => {
  it('HTML is escaped without backslashes', () => {
    expect(escapeHtml('a|b <b> & *c*\n')).toBe('a|b &lt;b&gt; &amp; *c* ');
  });

  it('a fence is longer than any row of backticks in it', () => {
    expect(fencedBlock(['a', '````', 'b'])).toBe('`````text\na\n````\nb\n`````');
    expect(fencedBlock(['x: 1'], 'yaml')).toBe('```yaml\nx: 1\n```');
  });

  it('line breaks and invisible characters become visible', () => {
    expect(visibleLine('a\nb\r\tc\u202ed\u2028e')).toBe('a\\nb\\r\\tc\\u202ed\\u2028e');
  });
});

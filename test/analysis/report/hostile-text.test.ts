import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { beforeAll, describe, expect, it } from 'vitest';
import { lineChart } from '../../../src/analysis/figures/line-chart.js';
import { runStyle } from '../../../src/analysis/figures/palette.js';
import { REPORT_FORMATS } from '../../../src/analysis/report/formats.js';
import { namedFigure, namedTable } from '../../../src/analysis/report/named.js';
import type { Block } from '../../../src/analysis/report/report.js';
import { reportDocument } from '../../../src/analysis/report/report-document.js';
import { writeReport } from '../../../src/analysis/report/write-report.js';
import { sharedTemporaryFolder } from '../../support/temporary-folder.js';
import { elementsOf } from '../figures/well-formed.js';

/** Texts that would do something in one of the formats if they were taken for more than text. */
const HOSTILE = [
  '<script>alert(1)</script><img src=x onerror=alert(1)>',
  '![x](javascript:alert(1)) [y](javascript:alert(1)) ```',
  '--> </details></style></svg>',
  '\\input{/etc/passwd}\\write18{id} $x^2$ 100% & {',
  '=HYPERLINK("http://example.org")',
  '@SUM(1+1)|cmd',
  '+1',
];

const folder = sharedTemporaryFolder();
const read = (...path: string[]): string => readFileSync(join(folder, ...path), 'utf8');

/** The text wherever a run's name, a note or a sampled text can stand. */
function blocksOf(text: string, index: number): Block[] {
  const table = { columns: [{ title: text, align: 'left' as const }], rows: [[text]] };
  const samples = { label: text, run: 'a1', seq: 1, stage: 'final', epoch: 0 } as const;
  return [
    { kind: 'heading', level: 1, text },
    {
      kind: 'text',
      text: [text, ' ', { kind: 'code', text }, ' ', { kind: 'link', href: text, content: [text] }],
    },
    { kind: 'list', items: [{ label: text, text: [text] }] },
    namedTable('q', `table-${index}`, [text], table),
    { kind: 'code', language: 'yaml', text },
    { kind: 'samples', ...samples, temperature: 1, texts: [text], total: 1 },
    { kind: 'details', summary: text, blocks: [{ kind: 'text', text: [text] }] },
  ];
}

beforeAll(async () => {
  const points = [{ epoch: 0, valNll: 2, valTop1: 0.5, trainNll: 2, trainTop1: 0.5 }];
  const curves = HOSTILE.map((name, at) => ({ name, style: runStyle(at), bestEpoch: 0, points }));
  const title = HOSTILE.join(' ');
  const figure = { caption: [title], alt: title };
  const blocks = [
    ...HOSTILE.flatMap(blocksOf),
    namedFigure('q', 'curves', figure, lineChart(curves, 'nll')!),
  ];
  const report = { title, sections: [{ sweep: 'q', title, blocks }], runs: [] };
  const assets = { style: '', script: 'start();' };
  await writeReport(reportDocument(report), folder, { formats: new Set(REPORT_FORMATS), assets });
}, 60_000);

describe('hostile text', () => {
  it('is text in Markdown', () => {
    const outside = read('report.md')
      .replace(/^(`{3,})\w*\n[^]*?\n\1$/gm, '')
      .replace(/(?<![\\`])(`+) [^\n]*? \1(?!`)/g, '');
    expect(outside).not.toMatch(/(?<!\]\()<(?!\/?details>|\/?summary>|!-- )/);
    expect(outside.match(/<details>/g)).toHaveLength(HOSTILE.length);
    expect(outside.match(/<\/details>/g)).toHaveLength(HOSTILE.length);
    // In a block of HTML no Markdown is read.
    const inMarkdown = outside.replace(/^<summary>.*<\/summary>$/gm, '');
    expect(inMarkdown).not.toMatch(/(?<!\\)\]\([^)]*javascript:/);
    expect(outside).not.toContain('](<javascript:');
  });

  it('is text in the page', () => {
    const page = read('index.html');
    const outside = page.replace(/<script[^>]*>.*?<\/script>/gs, '');
    expect(outside).not.toMatch(/<(?:script|img)|href="(?!#|figures\/|tables\/)/);
    expect(page.match(/<script/g)).toHaveLength(3); // the figure, the runs, its own
    expect(page.match(/<\/style>/g)).toHaveLength(page.match(/<style>/g)?.length ?? 0);
  });

  it('is text in LaTeX', () => {
    const latex = read('report.tex');
    expect(latex).not.toMatch(/\\(?:input|write)|javascript:alert\(1\)\}\{/);
    expect(latex).toContain('\\textbackslash{}input\\{/etc/passwd\\}\\textbackslash{}write18');
    expect(latex).toContain('100\\% \\& \\{');
  });

  it('is text in a spreadsheet', () => {
    const cells = HOSTILE.flatMap((_, index): string[] =>
      parse(read('tables', `q_table-${index}.csv`)).flat(),
    );
    expect(cells).toHaveLength(2 * HOSTILE.length);
    expect(cells.filter((cell) => /^[=+\-@\t\r]/.test(cell))).toEqual([]);
  });

  it('is text in a figure and in data', () => {
    const elements = elementsOf(read('figures', 'q_curves.svg'));
    const drawn = /^(?:svg|g|path|text|defs|clipPath|rect|line)$/;
    expect(elements.filter((name) => !drawn.test(name))).toEqual([]);
    const specification = JSON.stringify(JSON.parse(read('figures', 'q_curves.vl.json')));
    for (const [index, text] of HOSTILE.entries()) {
      expect(specification).toContain(JSON.stringify(text));
      expect(JSON.parse(read('tables', `q_table-${index}.json`))).toMatchObject({
        rows: [[{ value: text }]],
      });
    }
  });
});

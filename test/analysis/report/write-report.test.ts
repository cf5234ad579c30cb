import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildReport } from '../../../src/analysis/report/build-report.js';
import { REPORT_FORMATS, type ReportFormat } from '../../../src/analysis/report/formats.js';
import { renderMarkdown } from '../../../src/analysis/report/markdown.js';
import { reportDocument } from '../../../src/analysis/report/report-document.js';
import { writeReport } from '../../../src/analysis/report/write-report.js';
import { escapeMarkdown } from '../../../src/analysis/tables/markdown-text.js';
import { SweepError } from '../../../src/core/errors.js';
import { openForReading } from '../../../src/core/store/database.js';
import { rebuildDatabase } from '../../../src/core/store/rebuild-database.js';
import { listRuns } from '../../../src/core/store/run-queries.js';
import type { RunRow } from '../../../src/core/store/run-row.js';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { HOSTILE_NAME, recordStudy } from '../example-study.js';
import { elementsOf } from '../figures/well-formed.js';

const OPTIONS = { formats: new Set(REPORT_FORMATS), assets: { style: '', script: '' } };

function studyMarkdown(sweeps: readonly string[]): { markdown: string; runs: RunRow[] } {
  const { db } = recordStudy(temporaryFolder());
  const runs = listRuns(db, { sweep: 'q2' });
  const markdown = renderMarkdown(buildReport(db, sweeps));
  db.close();
  return { markdown, runs };
}

/** The cells of the table below a heading, by the first cell that is a run's name. */
function tableBelow(markdown: string, heading: string): Map<string, string[]> {
  const [, below = ''] = markdown.split(`\n### ${heading}\n`);
  const [part = ''] = below.split('\n### ');
  const rows = part.split('\n').filter((line) => line.startsWith('| '));
  return new Map(
    rows.slice(2).map((row) => {
      const cells = row.slice(2, -2).split(/ (?<!\\)\| /);
      return [cells.find((cell) => /[a-z]/.test(cell)) ?? '', cells];
    }),
  );
}

/** The texts of the study have 20 tokens, of which 19 are predicted. */
function perCharacter(nll: number | null): string {
  return nll === null ? '–' : (nll / 19).toFixed(4);
}

describe('the report in Markdown', () => {
  it('has the numbers of the database', () => {
    const { markdown, runs } = studyMarkdown(['q2']);
    const results = tableBelow(markdown, 'Results');
    const final = tableBelow(markdown, 'After the last epoch');
    const scored = runs.filter((run) => run.bestValNll !== null);
    expect(results.size).toBe(runs.length);
    expect(scored).toHaveLength(3);
    for (const run of scored) {
      const name = escapeMarkdown(run.name);
      expect(results.get(name)?.slice(4)).toEqual([
        String(run.bestEpoch),
        run.bestValNll?.toFixed(2),
        perCharacter(run.bestValNll),
        run.bestValTop1?.toFixed(4),
        run.testNll?.toFixed(2) ?? '–',
        perCharacter(run.testNll),
        run.testTop1?.toFixed(4) ?? '–',
      ]);
      expect(final.get(name)?.slice(3, 9)).toEqual([
        run.finalTrainNll?.toFixed(2),
        perCharacter(run.finalTrainNll),
        run.finalTrainTop1?.toFixed(4),
        run.finalValNll?.toFixed(2),
        perCharacter(run.finalValNll),
        run.finalValTop1?.toFixed(4),
      ]);
    }
    expect(tableBelow(markdown, 'Correlation of NLL and top-1').get('small')).toEqual([
      'small',
      '6',
      '−0.9982',
      '−0.9998 to −0.9827',
      '&lt; 0.001',
      '5.7',
      '−0.9998 to −0.9808',
      '−1.000',
      '−0.978',
    ]);
    const [small] = runs;
    expect(markdown).toContain(
      `- **Best run**: small (val.nll 95.75<!-- val.nll of run ${small?.id ?? ''}, event 6, epoch 2 --> nats per text)`,
    );
    expect(markdown).toContain(
      `row 1, column 9: 98.125 = test.nll of run ${small?.id ?? ''}, event 14, epoch 2\n`,
    );
  });

  it('has a section for each sweep, in the given order, once', () => {
    const { markdown } = studyMarkdown(['q4', 'q2', 'q4']);
    const headings = withoutFences(markdown)
      .split('\n')
      .filter((line) => /^##? /.test(line));
    expect(headings).toEqual([
      '# Report on q4, q2',
      '## q4',
      '## q2: Budgets \\| &lt;b&gt;bold&lt;/b&gt;',
    ]);
  });

  it('lets nothing break out of where it stands', () => {
    const { markdown } = studyMarkdown(['q2', 'q4']);
    const outside = withoutFences(markdown);
    expect(outside).not.toContain('<script');
    expect(outside).not.toContain('alert(1)');
    expect(outside).not.toContain('<b>');
    expect(markdown).not.toContain('\u202e');
    const tags = outside.match(/<\/?details>/g) ?? [];
    expect(tags.filter((tag) => tag === '<details>')).toHaveLength(tags.length / 2);
    for (const line of outside.split('\n').filter((text) => text.startsWith('| '))) {
      expect(line.endsWith(' |')).toBe(true);
    }
  });

  it('keeps the number of cells in every row of a table', () => {
    const tables = withoutFences(studyMarkdown(['q2', 'q4']).markdown)
      .split('\n\n')
      .filter((part) => part.startsWith('| '));
    expect(tables.length).toBeGreaterThan(8);
    for (const table of tables) {
      const widths = table.split('\n').map((row) => row.match(/(?<!\\)\|/g)?.length);
      expect(new Set(widths).size).toBe(1);
    }
  });

  it('shows a few texts of each run and says how many there are', () => {
    const { markdown } = studyMarkdown(['q2', 'q4']);
    expect(markdown).toContain('Temperature 1 (8 of 12 texts):');
    expect(markdown).toContain('\n(empty text)\nplain text 0\n');
    expect(markdown).toContain('Temperature 0.1 (1 text):\n\n```text\nthe the the\n```');
    expect(markdown).toContain('### Sampled texts while small was trained');
    expect(markdown).toContain('Epoch 5, temperature 1 (1 text):');
  });

  it('says where each run comes from and what it was set to', () => {
    const { markdown, runs } = studyMarkdown(['q2']);
    for (const run of runs) expect(markdown).toContain(`| ${run.id} |`);
    expect(markdown).toContain('| onnx 1.30.0 | v20.20.2 | 0.1.0 | abc with changes |');
    expect(markdown).toContain('| train.learningRate | 0.001 |');
    expect(markdown).toContain('| small | 1\u202f234 | 8 |');
    expect(markdown).toContain('````yaml\nname: q2\n# ``` </details>\n````');
  });
});

describe('writeReport', () => {
  it(
    'writes the report and its figures, byte for byte the same from the run folders alone',
    { timeout: 120_000 },
    async () => {
      const { db, paths } = recordStudy(temporaryFolder());
      const report = buildReport(db, ['q2', 'q4']);
      db.close();
      const folder = join(temporaryFolder(), 'new', 'report');
      const files = await writeReport(reportDocument(report), folder, OPTIONS);
      const names = ['q2_curves', 'q2_top1-curves', 'q2_scatter', 'q4_temperatures'].map(
        (name) => `figures/${name}.svg`,
      );
      const written = files.map((file) => relative(folder, file));
      expect(written.slice(0, 3)).toEqual(['report.md', 'report.tex', 'index.html']);
      for (const name of names) {
        expect(written).toContain(name);
        for (const ending of ['.vl.json', '.png', '.pdf'])
          expect(written).toContain(name.replace('.svg', ending));
      }
      expect(
        readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile()),
      ).toHaveLength(files.length);
      const csv = readFileSync(join(folder, 'tables', 'q2_results.csv'), 'utf8').split('\n');
      expect(csv[1]).toMatch(
        /^1,small,completed,1234,2,95\.75,5\.0394\d+,0\.806,98\.125,5\.1644\d+,0\.7875/,
      );

      const bytes = files.map((file) => readFileSync(file));
      const markdown = bytes[0]?.toString() ?? '';
      expect(markdown).toBe(renderMarkdown(report));
      for (const name of names) expect(markdown).toContain(`](${name})`);
      for (const svg of names.map((name) => readFileSync(join(folder, name), 'utf8'))) {
        expect(elementsOf(svg)[0]).toBe('svg');
        const isOfSamples = svg.includes('Sampled texts by temperature');
        for (const name of isOfSamples ? ['cool'] : ['small', 'replica', HOSTILE_NAME]) {
          expect(svg).toContain(`>${xmlText(name)}<`);
        }
      }

      rmSync(paths.database);
      rebuildDatabase(paths);
      const rebuilt = openForReading(paths.database);
      await writeReport(reportDocument(buildReport(rebuilt, ['q2', 'q4'])), folder, OPTIONS);
      rebuilt.close();
      // One by one: `toEqual` takes ten seconds for so many bytes.
      for (const [index, file] of files.entries())
        expect(readFileSync(file).equals(bytes[index] ?? Buffer.of()), file).toBe(true);
    },
  );

  it('writes a document alone with the figures that it shows', async () => {
    const { db } = recordStudy(temporaryFolder());
    const report = buildReport(db, ['q4']);
    db.close();
    const written = async (...formats: ReportFormat[]): Promise<string[]> => {
      const folder = temporaryFolder();
      const options = { ...OPTIONS, formats: new Set(formats) };
      return (await writeReport(reportDocument(report), folder, options)).map((file) =>
        relative(folder, file),
      );
    };
    expect(await written('html')).toEqual(['index.html']);
    expect(await written('tex')).toEqual(['report.tex', 'figures/q4_temperatures.pdf']);
    expect(await written('md')).toEqual(['report.md', 'figures/q4_temperatures.svg']);
  });

  it('says so when the folder cannot be written', async () => {
    const file = join(temporaryFolder(), 'file');
    writeFileSync(file, '');
    const writing = writeReport(
      reportDocument({ title: 'Nothing', sections: [], runs: [] }),
      file,
      OPTIONS,
    );
    await expect(writing).rejects.toThrow(SweepError);
    await expect(writing).rejects.toThrow(`${file}  the report cannot be written: EEXIST`);
  });
});

/** Markdown without its fenced blocks, by the rule of CommonMark: a fence ends at one at least as long. */
function withoutFences(markdown: string): string {
  let fence: string | null = null;
  const outside: string[] = [];
  for (const line of markdown.split('\n')) {
    const marker = /^(`{3,})/.exec(line)?.[1];
    if (fence === null) {
      if (marker === undefined) outside.push(line);
      else fence = marker;
    } else if (marker !== undefined && marker.length >= fence.length && line === marker) {
      fence = null;
    }
  }
  if (fence !== null) throw new Error('a fence is not closed');
  return outside.join('\n');
}

function xmlText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { checkReport, writeOrigin } from '../../../src/analysis/report/check/check-report.js';
import { readNumbers } from '../../../src/analysis/report/check/read-numbers.js';
import { buildReport } from '../../../src/analysis/report/build-report.js';
import { renderMarkdown } from '../../../src/analysis/report/markdown.js';
import { runCheckReport } from '../../../src/cli/commands/check-report.js';
import { runReport } from '../../../src/cli/commands/report.js';
import { openForWriting, type SweepDatabase } from '../../../src/core/store/database.js';
import { sharedTemporaryFolder, temporaryFolder } from '../../support/temporary-folder.js';
import { documentedFields } from '../../e2e/sweep-program.js';
import { recordStudy, RUNS } from '../example-study.js';

const results = sharedTemporaryFolder();
let db: SweepDatabase;
let markdown: string;
beforeAll(() => {
  ({ db } = recordStudy(results));
  markdown = renderMarkdown(buildReport(db, ['q2', 'q4']));
  return () => db.close();
});
afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = undefined;
});

/** A folder with the report after a hand has been on it. */
function reportWith(edit: (text: string) => string): string {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'report.md'), edit(markdown));
  writeOrigin(['q2', 'q4', 'q2'], folder);
  return folder;
}

describe('checking a report', () => {
  test('finds nothing in one that nobody touched, and counts its numbers', async () => {
    const check = await checkReport(
      db,
      reportWith((text) => text),
    );
    expect(check).toMatchObject({ sweeps: ['q2', 'q4'], differences: [] });
    expect(check.numbers).toBeGreaterThan(20);
  });

  test('finds a figure of a table that was copied wrongly, as the study copied 166.65 to 116.65', async () => {
    // The study's report: 166.65 in its table, 116.65 in its text.
    const wrong = markdown.replace(/\| 98\.13 \|/, '| 116.65 |');
    expect(wrong).not.toBe(markdown);
    const { differences } = await checkReport(
      db,
      reportWith(() => wrong),
    );
    expect(differences).toHaveLength(1);
    expect(differences[0]).toMatchObject({ report: '116.65', database: '98.13' });
    expect(differences[0]!.source).toContain(`test.nll of run ${RUNS.small.id}, event `);
    expect(wrong.split('\n')[differences[0]!.line! - 1]).toContain('116.65');
  });

  test('reads a number whose thousands are apart as one', () => {
    const [number] = readNumbers(
      'It has 5\u202f097\u202f821<!-- parameters of run 65decb3bf032 -->.',
    );
    expect(number?.shown).toBe('5\u202f097\u202f821');
  });

  test('finds an edited number in running text', async () => {
    const { differences } = await checkReport(
      db,
      reportWith((text) => text.replace(/95\.75(?=<!--)/, '59.75')),
    );
    expect(differences).toHaveLength(1);
    expect(differences[0]).toMatchObject({ report: '59.75', database: '95.75' });
  });

  test('finds a number that was typed in where the database gives none, and lets plain prose be', async () => {
    const typed = await checkReport(
      db,
      reportWith((text) => `${text}\nWe conclude this.\n\nThe NLL is 116.65.\n`),
    );
    expect(typed.differences).toEqual([
      {
        file: expect.stringMatching(/report\.md$/) as unknown,
        line: markdown.split('\n').length + 3,
        source: null,
        report: 'The NLL is 116.65.',
        database: null,
      },
    ]);
  });

  test('finds every place of a number that the database no longer has', async () => {
    const other = sharedStudy();
    const { differences } = await checkReport(
      other,
      reportWith((text) => text),
    );
    other.close();
    const scores = differences.filter(({ source }) => source?.startsWith('test.nll of'));
    expect(scores.map(({ report, database }) => [report, database])).toContainEqual([
      '98.13',
      '166.65',
    ]);
  });

  function sharedStudy(): SweepDatabase {
    const folder = temporaryFolder();
    const study = recordStudy(folder);
    study.db.close();
    const writable = openForWriting(study.paths.database);
    writable
      .prepare(
        "UPDATE evaluations SET value = 166.65 WHERE run_id = ? AND split = 'test' AND name = 'nll'",
      )
      .run(RUNS.small.id);
    writable.prepare('UPDATE runs SET test_nll = 166.65 WHERE id = ?').run(RUNS.small.id);
    return writable;
  }
});

describe('checking the other files of a report', () => {
  const folder = sharedTemporaryFolder();
  const files = ['index.html', 'report.tex', 'tables/q2_results.csv', 'tables/q2_results.json'];
  const pristine = new Map<string, string>();
  beforeAll(async () => {
    vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    const format = new Set(['html', 'tex', 'tables'] as const);
    await runReport(['q2', 'q4'], { results, out: folder, format });
    for (const file of files) pristine.set(file, readFileSync(join(folder, file), 'utf8'));
  });

  /** What is told of a file when a hand has been on it. */
  async function differencesIn(file: string, edit: (text: string) => string) {
    const text = pristine.get(file) ?? '';
    expect(edit(text)).not.toBe(text);
    writeFileSync(join(folder, file), edit(text));
    const { differences } = await checkReport(db, folder);
    writeFileSync(join(folder, file), text);
    return differences.map((one) => ({ ...one, file: relative(folder, one.file) }));
  }

  test('finds nothing in files that nobody touched', async () => {
    const check = await checkReport(db, folder);
    expect(check.differences).toEqual([]);
    for (const file of files)
      expect(check.files.find((one) => one.file === join(folder, file))?.numbers).toBeGreaterThan(
        9,
      );
  });

  const source = `test.nll of run ${RUNS.small.id}, event 14, epoch 2`;

  test('finds an edited number of the page, with its line', async () => {
    const found = await differencesIn('index.html', (text) =>
      text.replace('>98.13</a>', '>116.65</a>'),
    );
    const line = (pristine.get('index.html') ?? '').split('>98.13</a>')[0]?.split('\n').length;
    expect(found).toEqual([
      { file: 'index.html', line, source, report: '116.65', database: '98.13' },
    ]);
  });

  test('finds an edited number in the data of the page', async () => {
    const found = await differencesIn('index.html', (text) => text.replace(',101.25,', ',102.25,'));
    expect(found).toHaveLength(1);
    expect(found[0]?.report).toContain(',102.25,');
    expect(found[0]?.database).toContain(',101.25,');
  });

  test('finds an edited cell of LaTeX, with its line', async () => {
    const found = await differencesIn('report.tex', (text) =>
      text.replace('& 98.13 &', '& 116.65 &'),
    );
    const line = (pristine.get('report.tex') ?? '').split('& 98.13 &')[0]?.split('\n').length;
    const place = `${source}, table results, column 9`;
    expect(found).toEqual([
      { file: 'report.tex', line, source: place, report: '116.65', database: '98.13' },
    ]);
  });

  test('finds an edited cell of a table, with its row and column', async () => {
    const values = { line: null, report: '116.65', database: '98.125' };
    const csv = 'tables/q2_results.csv';
    expect(await differencesIn(csv, (text) => text.replace('98.125', '116.65'))).toEqual([
      { ...values, file: csv, source: 'row 1, column Test NLL (9)' },
    ]);
    const json = 'tables/q2_results.json';
    expect(await differencesIn(json, (text) => text.replace('98.125', '116.65'))).toEqual([
      { ...values, file: json, source: 'rows[0][8].value' },
    ]);
    expect(await differencesIn(json, () => '{')).toMatchObject([{ report: 'cannot be read' }]);
  });
});

describe('sweep report --check', () => {
  async function printed(folder: string, json = false): Promise<string> {
    const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    await runCheckReport(folder, { results, json });
    return write.mock.calls.map(([text]) => String(text)).join('');
  }

  test('says so in one line and ends with 0 when all is true', async () => {
    const folder = reportWith((text) => text);
    const { numbers } = await checkReport(db, folder);
    expect(await printed(folder)).toBe(
      `${folder}: all ${numbers} numbers in 1 file are what the database has\n`,
    );
    expect(process.exitCode).toBe(0);
  });

  test('names place, report and database of each difference and ends with 1', async () => {
    const folder = reportWith((text) => text.replace(/\| 98\.13 \|/, '| 116.65 |'));
    const text = await printed(folder);
    expect(text).toMatch(
      /report\.md:\d+ {2}test\.nll of run .*\n {4}the report says {4}116\.65\n {4}the database says {2}98\.13\n1 difference\n/,
    );
    expect(process.exitCode).toBe(1);
  });

  test('fills a template in again, and knows the numbers of its author from edited ones', async () => {
    const out = temporaryFolder();
    const template = join(out, 'own.md.liquid');
    const prose =
      '# Our 3 sizes\n\nNLL {{ run.small.test.nll | round: 1 }}.\n\n{% table final %}\n';
    writeFileSync(template, prose);
    const folder = join(out, 'report');
    vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    const format = new Set(['md', 'html', 'tex'] as const);
    await runReport(['q2'], { results, out: folder, template, format });
    const file = join(folder, 'report.md');
    expect(await checkReport(db, folder)).toMatchObject({ sweeps: ['q2'], differences: [] });
    expect(readFileSync(join(folder, 'report-origin.json'), 'utf8')).not.toContain(out);
    writeFileSync(file, readFileSync(file, 'utf8').replace('98.1<', '91.8<').replace('3 s', '4 s'));
    expect((await checkReport(db, folder)).differences).toMatchObject([
      { line: 1, report: '# Our 4 sizes', database: null },
      { line: 3, report: '91.8', database: '98.1' },
    ]);
  });

  test('a wrong template writes nothing', async () => {
    const out = temporaryFolder();
    const template = join(out, 'own.md.liquid');
    writeFileSync(template, '{{ run.smal.test.nll }}');
    const folder = join(out, 'report');
    await expect(runReport(['q2'], { results, out: folder, template })).rejects.toThrow(
      `${template}:1:4  unknown run smal\n    Did you mean run.small?`,
    );
    expect(existsSync(folder)).toBe(false);
    await expect(
      runReport(['q2'], { results, out: folder, template: `${template}.gone` }),
    ).rejects.toThrow('own.md.liquid.gone  the template cannot be read: ENOENT');
  });

  test('--json has the fields that docs/json.md promises', async () => {
    const document = JSON.parse(await printed(reportWith(String), true)) as Record<string, unknown>;
    expect(document).toMatchObject({ version: 1, kind: 'report-check', same: true });
    expect(Object.keys(document).sort()).toEqual(documentedFields('`report-check`'));
  });

  test('a folder without a report is an error that says how to write one', async () => {
    const folder = temporaryFolder();
    await expect(runCheckReport(folder, { results })).rejects.toThrow(
      'report-origin.json  there is no such file\n    Name a folder that npx sweep report',
    );
    expect(() => readFileSync(join(folder, 'report.md'))).toThrow();
  });
});

import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';
import { beforeAll, describe, expect, test } from 'vitest';
import { exportResults, type ResultFormat } from '../../../src/analysis/export/export-results.js';
import {
  fromSpreadsheetText,
  toSpreadsheetText,
} from '../../../src/analysis/export/spreadsheet-text.js';
import { runExport } from '../../../src/cli/commands/export.js';
import { runExportResults } from '../../../src/cli/commands/export-results.js';
import { stageFolder } from '../../../src/core/run-folder/staged-output.js';
import type { SweepDatabase } from '../../../src/core/store/database.js';
import { sharedTemporaryFolder, temporaryFolder } from '../../support/temporary-folder.js';
import { HOSTILE_NAME, HOSTILE_TEXT, recordStudy, RUNS, SMALL_NLL } from '../example-study.js';

const results = sharedTemporaryFolder();
let db: SweepDatabase;
beforeAll(() => {
  ({ db } = recordStudy(results));
  return () => db.close();
});

function exportStudy(format: ResultFormat): string {
  const out = join(temporaryFolder(), 'out');
  exportResults(db, { scope: { kind: 'sweep', sweep: 'q2' }, format, out });
  return out;
}

type Row = Record<string, unknown>;

/** What every format has of the study, whatever it calls its numbers. */
function expectStudy(runs: Row[], epochs: Row[], samples: Row[]): void {
  expect(runs.map(({ name }) => name)).toEqual([
    'small',
    'replica',
    HOSTILE_NAME,
    'broken',
    'planned',
  ]);
  expect(runs[0]).toMatchObject({ run: RUNS.small.id, outcome: 'completed', testNll: 98.125 });
  expect(runs[4]).toMatchObject({ outcome: null, testNll: null, epochs: 0 });
  const small = epochs.filter(({ name }) => name === 'small');
  expect(small.map((epoch) => epoch['val.nll'])).toEqual(SMALL_NLL);
  expect(small.map(({ epoch }) => epoch)).toEqual([0, 1, 2, 3, 4, 5]);
  expect(small[1]).toMatchObject({ improved: true, 'train.nll': 102.75, step: 16 });
  const texts = samples.filter(({ name, stage }) => name === 'small' && stage === 'final');
  expect(texts.slice(0, 2).map(({ text }) => text)).toEqual([HOSTILE_TEXT, '']);
  expect(texts[1]).toMatchObject({ epoch: 2, temperature: 1, position: 1 });
}

describe('csv', () => {
  /** As a program reads it: an empty cell is null, an empty text is not. */
  function read(file: string): Row[] {
    return parse(readFileSync(file), {
      columns: true,
      cast: (value, { quoting, header, column }) => {
        if (header) return value;
        if (value === '') return quoting ? '' : null;
        const isText = ['run', 'name', 'outcome', 'stage', 'text'].includes(String(column));
        if (isText) return fromSpreadsheetText(value);
        return value === 'true' || value === 'false' ? value === 'true' : Number(value);
      },
    });
  }

  test('has the runs, their epochs and their texts as three files', () => {
    const out = exportStudy('csv');
    expect(readdirSync(out).sort()).toEqual(['epochs.csv', 'runs.csv', 'samples.csv']);
    const [runs, epochs, samples] = ['runs', 'epochs', 'samples'].map((name) =>
      read(join(out, `${name}.csv`)),
    );
    expectStudy(runs!, epochs!, samples!);
  });

  test('a text that begins like a formula gets an apostrophe, and no other text does', () => {
    for (const text of ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '＝1', "'quoted"])
      expect(toSpreadsheetText(text)).toBe(`'${text}`);
    for (const text of ['', 'plain', ' =1', '1-2', '"=1"'])
      expect(toSpreadsheetText(text)).toBe(text);
  });

  test('every text comes back from its cell', () => {
    const text = fc.oneof(fc.string(), fc.constantFrom("''=", "'", '=', "'a'"));
    fc.assert(
      fc.property(text, (value) => {
        expect(fromSpreadsheetText(toSpreadsheetText(value))).toBe(value);
        expect(toSpreadsheetText(value)).not.toMatch(/^[=+\-@\t\r]/);
      }),
    );
  });
});

test('json is one document of version 1 with the fields that docs/json.md promises', () => {
  const document = JSON.parse(readFileSync(exportStudy('json'), 'utf8')) as {
    version: number;
    kind: string;
    sweep: string;
    runs: Row[];
    epochs: Row[];
    samples: Row[];
  };
  expect(document).toMatchObject({ version: 1, kind: 'export', sweep: 'q2' });
  expectStudy(document.runs, document.epochs, document.samples);
  expect(document.runs[0]).toMatchObject({ config: { kind: 'train', seed: 1 } });
  const page = readFileSync(new URL('../../../docs/json.md', import.meta.url), 'utf8');
  const section = page.split(/^## /m).find((part) => part.startsWith('`export`'))!;
  for (const key of ['runs', 'epochs', 'samples'] as const)
    for (const field of Object.keys(document[key][0]!)) expect(section).toContain(`\`${field}\``);
});

test('parquet has typed columns that another reader gives back', async () => {
  const out = exportStudy('parquet');
  const read = async (name: string): Promise<Row[]> => {
    const file = await asyncBufferFromFile(join(out, `${name}.parquet`));
    const rows = await parquetReadObjects({ file });
    return rows.map((row) => {
      const values = Object.entries(row).map(([key, value]): [string, unknown] => [
        key,
        typeof value === 'bigint' ? Number(value) : value,
      ]);
      return Object.fromEntries(values);
    });
  };
  const [runs, epochs, samples] = [await read('runs'), await read('epochs'), await read('samples')];
  expectStudy(runs, epochs, samples);
  expect(runs[0]).toMatchObject({ config: { kind: 'train' }, gitDirty: true });
  expect(runs[0]!['startedAt']).toEqual(new Date('2026-01-02T00:00:00.000Z'));
});

describe('files', () => {
  test('one run is exported by its name, in any format', () => {
    const out = join(temporaryFolder(), 'one.json');
    runExportResults('replica', { results, to: 'json', out });
    const { sweep, runs } = JSON.parse(readFileSync(out, 'utf8')) as { sweep: null; runs: Row[] };
    expect({ sweep, names: runs.map(({ name }) => name) }).toEqual({
      sweep: null,
      names: ['replica'],
    });
  });

  test('what is there is kept unless --force says otherwise, and then other files stay', () => {
    const out = temporaryFolder();
    writeFileSync(join(out, 'mine.txt'), 'mine');
    const request = { results, to: 'csv', out } as const;
    expect(() => {
      runExportResults('q2', request);
    }).toThrow('the folder exists already');
    runExportResults('q2', { ...request, force: true });
    expect(readdirSync(out).sort()).toEqual(['epochs.csv', 'mine.txt', 'runs.csv', 'samples.csv']);
  });

  test('a writer that fails leaves nothing, and what a killed one left is removed', () => {
    const out = join(temporaryFolder(), 'deep', 'out');
    mkdirSync(`${out}.partial`, { recursive: true });
    expect(() =>
      stageFolder(out, (staged) => {
        expect(readdirSync(staged)).toEqual([]);
        writeFileSync(join(staged, 'half.csv'), 'a');
        throw new Error('no more');
      }),
    ).toThrow('no more');
    expect([existsSync(out), existsSync(`${out}.partial`)]).toEqual([false, false]);
  });

  test('a place that cannot be written is an error that names it', () => {
    const file = join(temporaryFolder(), 'file');
    writeFileSync(file, '');
    expect(() => {
      runExportResults('q2', { results, to: 'csv', out: join(file, 'out') });
    }).toThrow(/file\/out {2}the export cannot be written: /);
  });

  test('a model is of one run: a sweep is refused with the names of its runs', async () => {
    const options = { results, to: 'onnx', checkpoint: 'best', split: 'val' } as const;
    await expect(runExport('q4', options)).rejects.toThrow(
      '"q4" is a sweep, and --to onnx takes one run\n    Name a run, such as q4/cool; --to csv',
    );
  });
});

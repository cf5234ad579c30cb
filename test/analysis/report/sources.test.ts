import { expect, test } from 'vitest';
import { buildReport } from '../../../src/analysis/report/build-report.js';
import { allBlocks } from '../../../src/analysis/report/report.js';
import { cellSource, cellValue } from '../../../src/analysis/tables/table.js';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { recordStudy } from '../example-study.js';

/** What a row is about, as its name is: nothing was measured. */
const LABELS = ['Temperature', 'Epoch', 'Value'];

test('every number of every table says where it comes from', () => {
  const { db } = recordStudy(temporaryFolder());
  const tables = allBlocks(buildReport(db, ['q2', 'q4'])).filter(({ kind }) => kind === 'table');
  db.close();
  const unsourced = tables.flatMap((block) =>
    block.kind !== 'table'
      ? []
      : block.table.rows.flatMap((row) =>
          block.table.columns
            .filter(({ title }, at) => {
              const cell = row[at] ?? null;
              const isNumber = /^[−-]?\d+(?:\.\d+)?(?: to | ± |$)/.test(String(cellValue(cell)));
              return isNumber && cellSource(cell) === null && !LABELS.includes(title);
            })
            .map(({ title }) => `${block.file}: ${title}`),
        ),
  );
  expect(tables.length).toBeGreaterThan(10);
  expect(unsourced).toEqual([]);
});

import { expect, test } from 'vitest';
import { configurationTables } from '../../../src/analysis/tables/configuration-tables.js';
import { tableTexts } from '../../../src/analysis/tables/table.js';
import { tableCsv } from '../../../src/analysis/tables/table-files.js';
import { listRuns } from '../../../src/core/store/run-queries.js';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { inRecordedSweep, exampleRunWith } from '../../core/store/example-runs.js';
import { recordStudy } from '../example-study.js';

test('what a sampling run has not is no difference between the runs that train', () => {
  const { db } = recordStudy(temporaryFolder());
  const runs = listRuns(db);
  expect(new Set(runs.map(({ kind }) => kind))).toEqual(new Set(['train', 'sample']));
  const { shared, differing } = configurationTables(runs);
  const titles = differing.columns.map(({ title }) => title);
  expect(titles).not.toContain('train.optimizer');
  expect(titles).not.toContain('kind');
  expect(shared.rows.map(([field]) => field)).toContain('train.optimizer');
  db.close();
});

test('counts have their thousands apart as elsewhere, and all digits in a file; each leads to its run', () => {
  const files = [1000, 4000, null].map((limit) => exampleRunWith({ limit }));
  const runs = files.map((file) => ({ file, events: [] }));
  const { differing } = inRecordedSweep('limits', runs, (db) =>
    configurationTables(listRuns(db, { sweep: 'limits' })),
  );
  expect(differing.columns.map(({ title }) => title)).toEqual([
    'Run',
    'Parameters',
    'dataset.limit',
  ]);
  expect(tableTexts(differing).map((row) => row[2])).toEqual(['1\u202f000', '4\u202f000', 'all']);
  expect(tableCsv(differing)).toContain('case-b,1234,4000\n');
  expect(differing.rows[1]?.[2]).toMatchObject({
    source: { metric: 'config.dataset.limit', run: files[1]?.id },
  });
});

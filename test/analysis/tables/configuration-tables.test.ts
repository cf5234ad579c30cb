import { expect, test } from 'vitest';
import { configurationTables } from '../../../src/analysis/tables/configuration-tables.js';
import { listRuns } from '../../../src/core/store/run-queries.js';
import { temporaryFolder } from '../../support/temporary-folder.js';
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

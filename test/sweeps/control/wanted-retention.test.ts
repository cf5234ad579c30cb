import { mkdirSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Retention } from '../../../src/core/run-folder/retention.js';
import { sweepRecordFile } from '../../../src/core/store/sweep-record.js';
import { createRetentionReader } from '../../../src/sweeps/control/wanted-retention.js';
import { temporaryResults } from '../../support/temporary-results.js';

test('of the sweeps that share a run the one that keeps most decides', () => {
  const paths = temporaryResults();
  const write = (sweep: string, text: string): void => {
    mkdirSync(paths.sweep(sweep), { recursive: true });
    writeFileSync(sweepRecordFile(paths.sweep(sweep)), text);
  };
  const record = (name: string, keep?: Retention): void => {
    const parts = { name, title: null, definitionFile: 'a.yaml', definitionText: '', keep };
    const rest = { objective: null, recordedAt: '2026-01-02T00:00:00.000Z', runs: [] };
    write(name, JSON.stringify({ ...parts, ...rest }));
  };
  record('thrifty', 'best');
  record('usual');
  record('some', 3);
  write('damaged', '{"name": "dam');

  const wanted = createRetentionReader(paths);
  expect(wanted(['thrifty'])).toBe('best');
  expect(wanted(['thrifty', 'usual'])).toBe('last');
  expect(wanted(['usual', 'some', 'thrifty'])).toBe(3);
  expect(wanted(['some', 'damaged'])).toBe('improvements'); // it may have said so
  expect(wanted(['gone'])).toBe('last');
  expect(wanted([])).toBe('last');
});

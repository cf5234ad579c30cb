import { existsSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readAnnotations, writeAnnotations } from '../../../src/core/run-folder/annotations.js';
import { temporaryResults } from '../../support/temporary-results.js';

const runOf = () => temporaryResults().run('0123456789ab');

test('nothing is written on a run until somebody does, and nothing is left when it is taken away', () => {
  const run = runOf();
  expect(readAnnotations(run)).toEqual({ note: null, tags: [] });
  writeAnnotations(run, { note: ' one\n line ', tags: ['b', 'a', 'b'] });
  expect(readAnnotations(run)).toEqual({ note: 'one line', tags: ['a', 'b'] });
  writeAnnotations(run, { note: '  ', tags: [] });
  expect(existsSync(run.annotations)).toBe(false);
});

test('a damaged file is named, not taken for none', () => {
  const run = runOf();
  writeAnnotations(run, { note: 'x', tags: [] });
  writeFileSync(run.annotations, '{"note": 3');
  expect(() => readAnnotations(run)).toThrow(/the run's note and tags cannot be read/);
});

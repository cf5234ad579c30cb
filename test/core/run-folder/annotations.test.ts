import { existsSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import {
  annotatedSince,
  annotationLogBytes,
  readAnnotations,
  writeAnnotations,
} from '../../../src/core/run-folder/annotations.js';
import { temporaryResults } from '../../support/temporary-results.js';

const ID = '0123456789ab';

test('nothing is written on a run until somebody does, and nothing is left when it is taken away', () => {
  const paths = temporaryResults();
  const run = paths.run(ID);
  expect(readAnnotations(run)).toEqual({ note: null, tags: [] });
  writeAnnotations(paths, ID, { note: ' one\n line ', tags: ['b', 'a', 'b'] });
  expect(readAnnotations(run)).toEqual({ note: 'one line', tags: ['a', 'b'] });
  writeAnnotations(paths, ID, { note: '  ', tags: [] });
  expect(existsSync(run.annotations)).toBe(false);
});

test('a damaged file is named, not taken for none', () => {
  const paths = temporaryResults();
  writeAnnotations(paths, ID, { note: 'x', tags: [] });
  writeFileSync(paths.run(ID).annotations, '{"note": 3');
  expect(() => readAnnotations(paths.run(ID))).toThrow(/the run's note and tags cannot be read/);
});

test('each change is logged, so that another host knows which runs to look at', () => {
  const paths = temporaryResults();
  expect([annotationLogBytes(paths), annotatedSince(paths, 0)]).toEqual([0, []]);
  writeAnnotations(paths, ID, { note: 'one', tags: [] });
  const bytes = annotationLogBytes(paths);
  writeAnnotations(paths, 'ba9876543210', { note: null, tags: ['t'] });
  writeAnnotations(paths, 'ba9876543210', { note: null, tags: [] });
  expect(annotatedSince(paths, bytes)).toEqual(['ba9876543210']);
  expect(annotatedSince(paths, 0)).toEqual([ID, 'ba9876543210']);
  // Two hosts that wrote at once may have left anything; no line is taken for a path.
  writeFileSync(paths.annotationLog, '{"run":"../../etc"}\n{"run":"012345\n');
  expect(annotatedSince(paths, 0)).toEqual([]);
});

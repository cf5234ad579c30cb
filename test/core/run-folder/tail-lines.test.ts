import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readTailLines } from '../../../src/core/run-folder/tail-lines.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

test('the last lines of a file are read whole, without one that is being written', () => {
  const file = join(temporaryFolder(), 'log');
  writeFileSync(file, 'first\nsecond\nthird\nhal');
  expect(readTailLines(file, 1000)).toEqual(['first', 'second', 'third']);
  expect(readTailLines(file, 14)).toEqual(['third']);
  expect(readTailLines(file, 3)).toEqual([]);
});

test('a file that is not there has no lines', () => {
  expect(readTailLines(join(temporaryFolder(), 'log'), 1000)).toEqual([]);
});

import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { coordinatorLease, createCoordinator } from '../../../src/core/run-folder/coordinators.js';
import { newOwner } from '../../../src/core/run-folder/exclusive-folder.js';
import { ownHolder } from '../../../src/core/run-folder/holder.js';
import {
  announceNextTry,
  clearNextTry,
  readNextTry,
} from '../../../src/core/run-folder/next-try.js';
import type { ResultsPaths } from '../../../src/core/run-folder/paths.js';
import { temporaryResults } from '../../support/temporary-results.js';
import { ENDED, writeLease } from '../../support/write-lease.js';

const ID = '0123456789ab';
const LATER = { at: '2099-01-01T00:00:00.000Z', number: 1, of: 2 };

function coordinated(): ResultsPaths {
  const paths = temporaryResults();
  const holder = ownHolder();
  createCoordinator(paths, 1, { owner: newOwner(), holder, database: paths.database });
  return paths;
}

test('a next try is what was announced, until it is taken back', () => {
  const paths = coordinated();
  expect(readNextTry(paths, ID)).toBeNull();
  announceNextTry(paths.run(ID), { ...LATER, coordinator: 1 });
  expect(readNextTry(paths, ID)).toEqual(LATER);
  clearNextTry(paths.run(ID));
  expect(readNextTry(paths, ID)).toBeNull();
});

test('there is none when who announced it has ended, or another one works there now', () => {
  const paths = coordinated();
  announceNextTry(paths.run(ID), { ...LATER, coordinator: 1 });
  createCoordinator(paths, 2, { owner: newOwner(), holder: ownHolder(), database: '' });
  expect(readNextTry(paths, ID)).toBeNull();
  announceNextTry(paths.run(ID), { ...LATER, coordinator: 2 });
  expect(readNextTry(paths, ID)).toEqual(LATER);
  writeLease(coordinatorLease(paths, 2), { holder: ENDED });
  expect(readNextTry(paths, ID)).toBeNull();
});

test('what cannot be read is none', () => {
  const paths = coordinated();
  announceNextTry(paths.run(ID), { ...LATER, coordinator: 1 });
  writeFileSync(paths.run(ID).nextTry, '{"at":');
  expect(readNextTry(paths, ID)).toBeNull();
});

import { existsSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { runPaths } from '../../../src/core/run-folder/paths.js';
import {
  DEFAULT_RETENTION,
  improvementsKept,
  mostGenerous,
  readRetention,
  type Retention,
  retentionSchema,
  writeRetention,
} from '../../../src/core/run-folder/retention.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const wish = fc.oneof(
  fc.constantFrom<Retention>('best', 'last', 'improvements'),
  fc.integer({ min: 1, max: 9 }),
);

/** What is kept, counted: models of improvements, and whether the last is one. */
const kept = (keep: Retention): number => improvementsKept(keep) + (keep === 'best' ? 0 : 1);

test('of several wishes the one that keeps most counts, in whatever order they come', () => {
  fc.assert(
    fc.property(fc.array(wish, { minLength: 1 }), (wishes) => {
      const most = mostGenerous(wishes);
      expect(wishes).toContain(most);
      expect(kept(most)).toBe(Math.max(...wishes.map(kept)));
      expect(kept(mostGenerous(wishes.toReversed()))).toBe(kept(most));
    }),
  );
  expect(mostGenerous([])).toBe('last');
});

test('a wish is one of three words or a number of models', () => {
  for (const wrong of ['all', 0, -1, 1.5, null, '3'])
    expect(retentionSchema.safeParse(wrong).success).toBe(false);
});

test('a worker reads what was wished last; the default needs no file', () => {
  const paths = runPaths(temporaryFolder());
  expect(readRetention(paths)).toBe(DEFAULT_RETENTION);
  for (const keep of ['improvements', 4, 'best'] as const) {
    writeRetention(paths, keep);
    expect(readRetention(paths)).toBe(keep);
  }
  writeRetention(paths, DEFAULT_RETENTION);
  expect(existsSync(paths.retention)).toBe(false);
});

test('a wish that cannot be read removes nothing', () => {
  const paths = runPaths(temporaryFolder());
  writeFileSync(paths.retention, '{"keep": "b');
  expect(readRetention(paths)).toBe('improvements');
});

test('what a killed writer left of a wish goes with the next one', () => {
  const paths = runPaths(temporaryFolder());
  const [half, other] = [`${paths.retention}.10265672682959`, `${paths.annotations}.1`];
  writeFileSync(half, '{ "ke');
  writeFileSync(other, '{');
  writeRetention(paths, 3);
  expect(existsSync(half)).toBe(false);
  expect(existsSync(other)).toBe(true); // others write that, perhaps just now
  expect(readRetention(paths)).toBe(3);
});

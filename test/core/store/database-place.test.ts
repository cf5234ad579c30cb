import { mkdirSync, symlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { placeDatabase } from '../../../src/core/store/database-place.js';
import { userCacheFolder } from '../../../src/core/run-folder/user-cache.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

test('on a disk of this machine the database is with the results', () => {
  expect(placeDatabase(join(temporaryFolder(), 'not', 'made', 'yet'), undefined)).toBeUndefined();
});

test('a cache has a folder for each host, and in it one for each results folder, whatever it is called by', () => {
  const folder = temporaryFolder();
  const [one, other, link] = ['one/results', 'other/results', 'link'].map((name) =>
    join(folder, name),
  );
  mkdirSync(one!, { recursive: true });
  symlinkSync(one!, link!);
  const cache = join(folder, 'cache');
  const place = (results: string): string => placeDatabase(results, cache) ?? '';
  expect(dirname(dirname(place(one!)))).toBe(join(cache, hostname()));
  expect(basename(dirname(place(one!)))).toMatch(/^results-[0-9a-f]{12}$/);
  expect(basename(place(one!))).toBe('sweep.db');
  expect(place(other!)).not.toBe(place(one!));
  expect(place(link!)).toBe(place(one!));
  // The same before the folder is made and after.
  const before = place(other!);
  mkdirSync(other!, { recursive: true });
  expect(place(other!)).toBe(before);
});

test('the cache of a user is where XDG says, else in the home', () => {
  const home = (): string => '/home/ann';
  expect(userCacheFolder({ XDG_CACHE_HOME: '/var/ann' }, home)).toBe('/var/ann/sweep');
  expect(userCacheFolder({}, home)).toBe('/home/ann/.cache/sweep');
  expect(userCacheFolder({ XDG_CACHE_HOME: 'relative' }, home)).toBe('/home/ann/.cache/sweep');
});

import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  askWhetherThere,
  createNumbered,
  isFollowed,
  isStagedNumber,
  lastNumber,
  newOwner,
  type NumberedFolders,
} from '../../../src/core/run-folder/exclusive-folder.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

function folders(): NumberedFolders {
  const parent = join(temporaryFolder(), 'attempts');
  return { parent, ownerFile: 'launch.json', otherFiles: ['events.jsonl'] };
}

function ownerOf({ parent }: NumberedFolders, number: number): unknown {
  return JSON.parse(readFileSync(join(parent, `${number}`, 'launch.json'), 'utf8'));
}

test('a number is made once, by the first, with all that belongs into it', () => {
  const all = folders();
  const [one, other] = [newOwner(), newOwner()];
  expect(createNumbered(all, 1, { owner: one }, { 'lease.json': { beat: 0 } })).toBe(true);
  expect(createNumbered(all, 1, { owner: other })).toBe(false);
  expect(ownerOf(all, 1)).toEqual({ owner: one });
  expect(readdirSync(all.parent)).toEqual(['1']);
  expect(readdirSync(join(all.parent, '1')).sort()).toEqual(['launch.json', 'lease.json']);
});

test('whoever is told that its own folder exists already knows it by its token', () => {
  const all = folders();
  const owner = newOwner();
  createNumbered(all, 1, { owner });
  // The answer to the first request was lost on the way, and it was sent again.
  expect(createNumbered(all, 1, { owner })).toBe(true);
  expect(readdirSync(all.parent)).toEqual(['1']);
});

test('what one left who died while it made a folder is in nobody’s way', () => {
  const all = folders();
  const left = `1.${newOwner()}`;
  mkdirSync(join(all.parent, left), { recursive: true });
  expect(lastNumber(all)).toBe(0);
  expect(createNumbered(all, 1, { owner: newOwner() })).toBe(true);
  expect([left, '1', '12.x', 'launch.json.77'].map(isStagedNumber)).toEqual([
    true,
    false,
    false,
    false,
  ]);
});

test('the last number is the last that was made; an empty folder is none', () => {
  const all = folders();
  expect(lastNumber(all)).toBe(0);
  for (const number of [1, 2, 3]) createNumbered(all, number, { owner: newOwner() });
  mkdirSync(join(all.parent, '4'));
  expect([lastNumber(all), lastNumber(all, 2)]).toEqual([3, 3]);
  // Its first file goes when it has ended; the others stay.
  writeFileSync(join(all.parent, '4', 'events.jsonl'), '');
  expect([lastNumber(all), lastNumber(all, 3)]).toEqual([4, 4]);
});

test('a folder is followed when the next one was made, and asking leaves no trace', () => {
  const all = folders();
  createNumbered(all, 1, { owner: newOwner() });
  expect(isFollowed(all, 1)).toBe(false);
  expect(readdirSync(all.parent)).toEqual(['1']);
  mkdirSync(join(all.parent, '2')); // somebody asks at this moment, or died while it did
  expect(isFollowed(all, 1)).toBe(false);
  expect(createNumbered(all, 2, { owner: newOwner() })).toBe(true);
  expect(isFollowed(all, 1)).toBe(true);
  expect(existsSync(join(all.parent, '2', 'launch.json'))).toBe(true);
});

test('a file is there, and stays', () => {
  const file = join(temporaryFolder(), 'events.jsonl');
  expect(askWhetherThere(file)).toBe(false);
  writeFileSync(file, 'text');
  expect(askWhetherThere(file)).toBe(true);
  expect(readFileSync(file, 'utf8')).toBe('text');
});

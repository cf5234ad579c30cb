import { expect, test } from 'vitest';
import { shortenedWords, shownNames } from '../../../src/tui/text/run-names.js';

const AS = { title: 'RUN', ellipsis: '…' };
const GRID = ['small/learningRate=0.01,heads=2', 'small/learningRate=0.001,heads=2'];

test('names that fit stay as they are', () => {
  expect(shownNames(GRID, 32, AS)).toEqual({ title: 'RUN', names: GRID });
});

test('where the names of a grid are too long their values tell the runs apart, and the title has the keys', () => {
  expect(shownNames(GRID, 26, AS)).toEqual({
    title: 'run, learningRate, heads',
    names: ['small, 0.01, 2', 'small, 0.001, 2'],
  });
  expect(shownNames(GRID, 17, AS)).toEqual({
    title: 'run, lear…, heads',
    names: ['small, 0.01, 2', 'small, 0.001, 2'],
  });
});

test('other names lose their middle, so that their ends tell them apart', () => {
  const names = ['a-long-experiment-first', 'a-long-experiment-other', 'short'];
  expect(shownNames(names, 14, AS)).toEqual({
    title: 'RUN',
    names: ['a-long-…-first', 'a-long-…-other', 'short'],
  });
  expect(shownNames([...GRID, 'alone'], 14, AS).title).toBe('RUN');
});

test('of words in a row the longest lose their ends first', () => {
  expect(shortenedWords(['learningRate', 'dropout'], 21, '…')).toBe('learningRate, dropout');
  expect(shortenedWords(['learningRate', 'dropout'], 17, '…')).toBe('learnin…, dropout');
  expect(shortenedWords(['learningRate', 'dropout'], 4, '…')).toBe('lea…');
});

import { SweepError } from '../../errors.js';
import { Generator } from '../../random/generator.js';
import { shuffledIndices } from '../../random/shuffle.js';
import type { Split } from '../dataset.js';
import type { Row } from '../source.js';

/** Shares of the rows that are held out, and the seed of the shuffle before that. */
export interface SplitFractions {
  readonly val: number;
  readonly test: number;
  readonly seed: number;
}

/**
 * Rows in random order, cut into the three splits; the counts are rounded. Whole rows are split, so that the texts of one
 * row (both titles of a pair) never end up on two sides.
 *
 * @throws SweepError `bad-data` if a split would get no row, `bad-definition` if nothing is left for training
 */
export function splitRows(
  rows: readonly Row[],
  { val, test, seed }: SplitFractions,
  file: string,
): Record<Split, Row[]> {
  if (val + test >= 1) {
    throw new SweepError('bad-definition', {
      where: 'dataset.split',
      message: `val + test must be less than 1 (got ${val} + ${test})`,
      fix: 'The rest is for training: leave some.',
    });
  }
  const order = shuffledIndices(rows.length, Generator.fromSeed(seed, 'split'));
  const shuffled = [...order].flatMap((index) => rows.slice(index, index + 1));
  const valCount = Math.round(rows.length * val);
  const testCount = Math.round(rows.length * test);
  const trainCount = rows.length - valCount - testCount;
  if (Math.min(valCount, testCount, trainCount) < 1) {
    throw new SweepError('bad-data', {
      where: file,
      message:
        `has too few texts to split: ${rows.length} would give ` +
        `${trainCount} for training, ${valCount} for validation and ${testCount} for the test`,
      fix: 'Each split needs at least one: add texts, or change dataset.split.',
    });
  }
  return {
    train: shuffled.slice(0, trainCount),
    val: shuffled.slice(trainCount, trainCount + valCount),
    test: shuffled.slice(trainCount + valCount),
  };
}

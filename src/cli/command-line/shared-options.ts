import { Option } from '@commander-js/extra-typings';
import { InvalidArgumentError } from 'commander';
import { DURATION_RULE, parseDuration } from '../../sweeps/definition/duration.js';

/** `--set`, with {@link collect}. */
export const SET = ['--set <key=value>', 'override a value for all runs; repeatable'] as const;

/** Gathers the values of an option that may be repeated. */
export function collect(value: string, previous: readonly string[]): readonly string[] {
  return [...previous, value];
}

export const resultsOption = new Option('--results <folder>', 'where results are kept')
  .env('SWEEP_RESULTS')
  .default('results');

export const cacheOption = new Option(
  '--cache <folder>',
  'where the database is kept (default: with the results; on a network file system, in your cache folder)',
).env('SWEEP_CACHE');

/** @throws InvalidArgumentError for anything else */
export function positiveInteger(value: string): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1)
    throw new InvalidArgumentError('It must be a positive integer.');
  return number;
}

/** @throws InvalidArgumentError for anything else */
export function wholeNumber(value: string): number {
  const number = Number(value);
  if (value.trim() === '' || !Number.isInteger(number) || number < 0)
    throw new InvalidArgumentError('It must be 0 or a positive integer.');
  return number;
}

/** In milliseconds. @throws InvalidArgumentError for anything else */
export function duration(value: string): number {
  const ms = parseDuration(value);
  if (ms === null) throw new InvalidArgumentError(`It ${DURATION_RULE}.`);
  return ms;
}

/** What is said of the options that win over the definition's keys of the same names. */
export const HANDLING = {
  retries: 'further tries of a run that was killed, hung, lost its device or its disk (default: 2)',
  timeout: 'the longest that a run may take in one go, such as 2h (default: as long as it takes)',
  gracePeriod: 'time to end by itself before a run is killed (default: 30s)',
} as const;

/** Adds examples below a command's help. */
export function examples(
  command: { addHelpText(position: 'after', text: string): unknown },
  lines: readonly string[],
): void {
  command.addHelpText('after', `\nExamples:\n${lines.map((line) => `  $ ${line}`).join('\n')}`);
}

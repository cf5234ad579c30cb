import { Option } from '@commander-js/extra-typings';
import { InvalidArgumentError } from 'commander';

/** `--set`, with {@link collect}. */
export const SET = ['--set <key=value>', 'override a value for all runs; repeatable'] as const;

/** Gathers the values of an option that may be repeated. */
export function collect(value: string, previous: readonly string[]): readonly string[] {
  return [...previous, value];
}

export const resultsOption = new Option('--results <folder>', 'where results are kept')
  .env('SWEEP_RESULTS')
  .default('results');

/** @throws InvalidArgumentError for anything else */
export function positiveInteger(value: string): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1)
    throw new InvalidArgumentError('It must be a positive integer.');
  return number;
}

/** Adds examples below a command's help. */
export function examples(
  command: { addHelpText(position: 'after', text: string): unknown },
  lines: readonly string[],
): void {
  command.addHelpText('after', `\nExamples:\n${lines.map((line) => `  $ ${line}`).join('\n')}`);
}

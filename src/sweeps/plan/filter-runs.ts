import type { RunConfig } from '../../core/config/run-schema.js';
import { quoteValue, SweepError } from '../../core/errors.js';
import { evaluateWhere, parseWhere, type WhereClause } from '../definition/where-clause.js';
import { flattenConfig } from './where.js';

/** What a condition can look at. */
export interface FilteredRun {
  readonly name: string;
  readonly config: RunConfig;
  readonly parameters: number;
  readonly replicate: number | null;
}

const WHERE = '--where';

/**
 * A condition of the command line, in the language of a definition's `where`.
 *
 * @example createRunFilter('model.embedding <= 64 && parameters < 100k')
 * @returns whether a run fits; it throws `bad-call` when the condition is neither true nor false for it
 * @throws SweepError `bad-call` when the condition is wrong
 */
export function createRunFilter(text: string): (run: FilteredRun) => boolean {
  const expression = parseWhere(text);
  if (!('kind' in expression))
    throw new SweepError(
      'bad-call',
      expression.map(({ offset, ...problem }) => ({ ...problem, where: `${WHERE}:${offset + 1}` })),
    );
  const clause: WhereClause = { text, where: WHERE, expression };
  return ({ name, config, parameters, replicate }) => {
    const values = flattenConfig(config);
    values.set('parameters', parameters);
    values.set('name', name);
    values.set('replicate', replicate ?? 1);
    const fits = evaluateWhere(clause, (key) => values.get(key));
    if (typeof fits === 'boolean') return fits;
    throw new SweepError('bad-call', {
      where: WHERE,
      message: `the condition must be true or false (got ${quoteValue(fits)} for run ${quoteValue(name)})`,
    });
  };
}

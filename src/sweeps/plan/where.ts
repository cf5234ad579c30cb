import type { RunConfig } from '../../core/config/run-schema.js';
import { quoteValue, SweepError } from '../../core/errors.js';
import { evaluateWhere, type WhereClause } from '../definition/where-clause.js';
import type { Case } from './cases.js';

/**
 * Whether a case stays in the sweep.
 *
 * @throws SweepError `bad-definition` when the condition gives anything but true or false
 */
export function isKept(
  clause: WhereClause | undefined,
  item: Case,
  config: RunConfig,
  parameters: number,
): boolean {
  if (clause === undefined) return true;
  const values = flattenConfig(config);
  values.set('parameters', parameters);
  values.set('name', item.name);
  values.set('replicate', item.replicate);
  const kept = evaluateWhere(clause, values);
  if (typeof kept === 'boolean') return kept;
  throw new SweepError('bad-definition', {
    where: clause.where,
    message: `where must be true or false (got ${quoteValue(kept)} for run ${quoteValue(item.name)})`,
  });
}

/** The fields of a configuration by dotted name; a list is one value. */
export function flattenConfig(config: object): Map<string, unknown> {
  const values = new Map<string, unknown>();
  const visit = (prefix: string, part: object): void => {
    for (const [name, value] of Object.entries(part) as [string, unknown][]) {
      const key = `${prefix}${name}`;
      if (typeof value === 'object' && value !== null && !Array.isArray(value))
        visit(`${key}.`, value);
      else values.set(key, value);
    }
  };
  visit('', config);
  return values;
}

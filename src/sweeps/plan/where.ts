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
  const { name, replicate } = item;
  return holdsWhere(clause, flattenConfig(config), { parameters, replicate, name: () => name });
}

/** What a condition can ask of a run beside the fields of its configuration. */
export interface RunFacts {
  readonly parameters: number;
  /** From 1. */
  readonly replicate: number;
  /** Made only when it is asked for. */
  readonly name: () => string;
}

/**
 * Whether a condition holds for a run.
 *
 * @param values the fields of its configuration by dotted name
 * @throws SweepError `bad-definition` when the condition gives anything but true or false
 */
export function holdsWhere(
  clause: WhereClause | undefined,
  values: ReadonlyMap<string, unknown>,
  { parameters, replicate, name }: RunFacts,
): boolean {
  if (clause === undefined) return true;
  const kept = evaluateWhere(clause, (key) => {
    if (key === 'parameters') return parameters;
    if (key === 'replicate') return replicate;
    return key === 'name' ? name() : values.get(key);
  });
  if (typeof kept === 'boolean') return kept;
  throw new SweepError('bad-definition', {
    where: clause.where,
    message: `where must be true or false (got ${quoteValue(kept)} for run ${quoteValue(name())})`,
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

import { z } from 'zod';
import { messageOf, quoteValue, type Diagnostic } from '../../core/errors.js';
import type { Overrides } from './definition.js';
import { describeRule } from './describe-rule.js';
import { FIELDS } from './fields.js';
import { parseYamlValue } from './parse-yaml.js';
import { suggestionFor } from '../../core/suggest-key.js';

/** What `--set` states: fields of every run, and the number of replicates. */
export interface SetOverrides {
  readonly overrides: Overrides;
  readonly replicates: number | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

const WHERE = '--set';
const REPLICATES = { schema: z.int().positive() };

/**
 * Parses `key=value` overrides from the command line; the value is read as YAML and the last one of a key wins.
 *
 * @example parseSetOverrides(['train.maxEpochs=2', 'sample.temperatures=[0.5, 1.0]'])
 */
export function parseSetOverrides(assignments: readonly string[]): SetOverrides {
  const overrides = new Map<string, { value: unknown; where: string }>();
  const diagnostics: Diagnostic[] = [];
  let replicates: number | undefined;
  for (const assignment of assignments) {
    const parsed = parseAssignment(assignment);
    if ('message' in parsed) diagnostics.push(parsed);
    else if (parsed.key === 'replicates') replicates = Number(parsed.value);
    else overrides.set(parsed.key, { value: parsed.value, where: WHERE });
  }
  return { overrides, replicates, diagnostics };
}

function parseAssignment(assignment: string): { key: string; value: unknown } | Diagnostic {
  const equals = assignment.indexOf('=');
  if (equals < 0)
    return {
      where: WHERE,
      message: `must be key=value (got ${quoteValue(assignment)})`,
      fix: 'For example: --set train.maxEpochs=2',
    };
  const key = assignment.slice(0, equals).trim();
  const field = key === 'replicates' ? REPLICATES : FIELDS.get(key);
  if (field === undefined)
    return {
      where: WHERE,
      message: `${key} is not a known key`,
      fix: suggestionFor(key, [...FIELDS.keys(), 'replicates']),
    };
  let value: unknown;
  try {
    value = parseYamlValue(assignment.slice(equals + 1));
  } catch (error) {
    return { where: WHERE, message: `the value of ${key} is not YAML: ${messageOf(error)}` };
  }
  if (field.schema.safeParse(value).success) return { key, value };
  const rule = describeRule(z.toJSONSchema(field.schema, { io: 'input' }));
  return { where: WHERE, message: `${key} must be ${rule} (got ${quoteValue(value)})` };
}

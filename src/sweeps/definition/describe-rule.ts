import { z } from 'zod';
import { anyOf } from '../../core/errors.js';

/** The keywords of a JSON Schema that the definition's schema uses. */
const ruleSchema = z.looseObject({
  type: z.string().optional(),
  const: z.unknown().optional(),
  enum: z.array(z.unknown()).optional(),
  get anyOf(): z.ZodOptional<z.ZodArray<z.ZodUnknown>> {
    return z.array(z.unknown()).optional();
  },
  items: z.unknown().optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  exclusiveMinimum: z.number().optional(),
  exclusiveMaximum: z.number().optional(),
  minLength: z.number().optional(),
  maxLength: z.number().optional(),
});
type Rule = z.infer<typeof ruleSchema>;

/** The part of a JSON Schema that describes the value at a path; undefined where nothing is described. */
export function ruleAt(schema: unknown, path: readonly (string | number)[]): Rule | undefined {
  const parsed = ruleSchema.safeParse(schema);
  if (!parsed.success) return undefined;
  const [head, ...rest] = path;
  if (head === undefined) return parsed.data;
  const { items, properties } = parsed.data;
  return ruleAt(typeof head === 'number' ? items : properties?.[head], rest);
}

/** What a value must be, as the end of a sentence: `a positive integer`, `one of "a", "b"`. */
export function describeRule(schema: unknown): string {
  const rule = ruleSchema.parse(schema);
  if (rule.const !== undefined) return JSON.stringify(rule.const);
  if (rule.enum !== undefined)
    return `one of ${rule.enum.map((v) => JSON.stringify(v)).join(', ')}`;
  if (rule.anyOf !== undefined) return anyOf(rule.anyOf.map(describeRule));
  switch (rule.type) {
    case 'integer':
      return describeNumber('integer', 'an integer', rule);
    case 'number':
      return describeNumber('number', 'a number', rule);
    case 'string':
      return describeText(rule);
    case 'boolean':
      return 'true or false';
    case 'null':
      return 'null';
    case 'array':
      return 'minItems' in rule ? 'a list of at least one value' : 'a list';
    default:
      return 'a mapping';
  }
}

function describeText({ minLength, maxLength }: Rule): string {
  if (maxLength !== undefined) return `a text of at most ${maxLength} characters`;
  return minLength === undefined ? 'a text' : 'a text that is not empty';
}

function describeNumber(noun: string, withArticle: string, rule: Rule): string {
  // zod writes the range of exact integers as bounds, which no user asked for.
  const isBound = (bound: number | undefined): bound is number =>
    bound !== undefined && Math.abs(bound) < Number.MAX_SAFE_INTEGER;
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = rule;
  const upper = isBound(maximum)
    ? `to ${maximum}`
    : isBound(exclusiveMaximum)
      ? `to below ${exclusiveMaximum}`
      : undefined;
  if (isBound(exclusiveMinimum)) {
    if (upper !== undefined) return `${withArticle} from above ${exclusiveMinimum} ${upper}`;
    return exclusiveMinimum === 0
      ? `a positive ${noun}`
      : `${withArticle} above ${exclusiveMinimum}`;
  }
  if (isBound(minimum)) {
    if (upper !== undefined) return `${withArticle} from ${minimum} ${upper}`;
    return minimum === 0 ? `${withArticle} of at least 0` : `${withArticle} of at least ${minimum}`;
  }
  return withArticle;
}

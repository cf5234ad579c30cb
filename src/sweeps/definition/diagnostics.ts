import type { z } from 'zod';
import { quoteValue, type Diagnostic } from '../../core/errors.js';
import { describeRule, ruleAt } from './describe-rule.js';
import { FIELDS, GROUPS } from './fields.js';
import type { YamlPath, YamlSource } from './parse-yaml.js';
import { definitionJsonSchema } from './schema.js';
import { suggestionFor } from '../../core/suggest-key.js';

/** Problems of one kind that are told in one go. */
const MOST_SHOWN = 100;

/** What the schema found wrong with a definition, in the house's words and with places. */
export function describeIssues(
  issues: readonly z.core.$ZodIssue[],
  source: YamlSource,
): readonly Diagnostic[] {
  const schema = definitionJsonSchema();
  // Suggestions take their time, and nobody reads a thousand of them.
  return issues.slice(0, MOST_SHOWN).flatMap((issue) => {
    const path = issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part));
    if (issue.code === 'unrecognized_keys')
      return issue.keys.slice(0, MOST_SHOWN).map((key) => unknownKey(key, path, schema, source));
    return [wrongValue(issue, path, schema, source)];
  });
}

function wrongValue(
  issue: z.core.$ZodIssue,
  path: YamlPath,
  schema: unknown,
  source: YamlSource,
): Diagnostic {
  const value = valueAt(source.value, path);
  const where = source.locate(path);
  const name = path.length === 0 ? 'the definition' : displayPath(path);
  if (value === undefined) return { where, message: `${name} is missing` };
  // A rule in the schema's own words says more than its type.
  const isSaid = issue.code === 'invalid_format' || issue.message.startsWith('must ');
  const rule = isSaid ? undefined : ruleAt(schema, path);
  const must = rule === undefined ? issue.message : `must be ${describeRule(rule)}`;
  return { where, message: `${name} ${must} (got ${quoteValue(value)})` };
}

function unknownKey(key: string, path: YamlPath, schema: unknown, source: YamlSource): Diagnostic {
  const keyPath = [...path, key];
  const where = source.locate(keyPath, 'key');
  const message = `${displayPath(keyPath)} is not a known key`;
  if (path.length === 0 && (FIELDS.has(key) || GROUPS.has(key)))
    return { where, message, fix: `Put it under base: base.${key}.` };
  const prefix = fieldPart(path)?.join('.');
  const known = Object.keys(ruleAt(schema, path)?.properties ?? {});
  const full = (name: string): string => (prefix ? `${prefix}.${name}` : name);
  return {
    where,
    message,
    fix: suggestionFor(
      full(key),
      known.map(full),
      known.filter((name) => !name.includes('.')).map(full),
    ),
  };
}

/**
 * A path as it is shown: a field by its dotted name wherever it stands (`model.heads`, the place tells the rest),
 * anything else in full (`runs[0].budget`).
 */
export function displayPath(path: YamlPath): string {
  const field = fieldPart(path);
  const shown = field !== undefined && isFieldName(field) ? field : path;
  return shown.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    return text === '' ? part : `${text}.${part}`;
  }, '');
}

/** The part of a path below `base`, a run, or a value of `grid` or `zip`; undefined elsewhere. */
function fieldPart(path: YamlPath): YamlPath | undefined {
  const [head, ...rest] = path;
  if (head === 'dataset') return path;
  if (head === 'base') return rest;
  if (head === 'runs' && rest.length > 0) return rest.slice(1);
  if (head !== 'grid' && head !== 'zip') return undefined;
  const index = rest.findIndex((part) => typeof part === 'number');
  return index < 0 ? rest : [...rest.slice(0, index), ...rest.slice(index + 1)];
}

function isFieldName(path: YamlPath): boolean {
  const head = String(path[0] ?? '').split('.')[0] ?? '';
  return GROUPS.has(head) || FIELDS.has(head);
}

function valueAt(value: unknown, path: YamlPath): unknown {
  return path.reduce<unknown>((part, key) => {
    if (typeof part !== 'object' || part === null) return undefined;
    return Object.getOwnPropertyDescriptor(part, key)?.value;
  }, value);
}

/** Diagnostics by file (in order of appearance) and position, each once; those without a position last. */
export function sortDiagnostics(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const files: string[] = [];
  const keyed = diagnostics.map((diagnostic) => {
    const match = /^(.*):(\d+):(\d+)$/.exec(diagnostic.where ?? '');
    const file = match?.[1] ?? '';
    if (match !== null && !files.includes(file)) files.push(file);
    const rank = match === null ? Infinity : files.indexOf(file);
    return { diagnostic, key: [rank, Number(match?.[2] ?? 0), Number(match?.[3] ?? 0)] as const };
  });
  const seen = new Set<string>();
  return keyed
    .sort((a, b) => compare(a.key[0], b.key[0]) || a.key[1] - b.key[1] || a.key[2] - b.key[2])
    .map(({ diagnostic }) => diagnostic)
    .filter(({ where, message }) => {
      const text = `${where ?? ''} ${message}`;
      return !seen.has(text) && seen.add(text).size > 0;
    });
}

/** Order of two numbers of which both may be infinite. */
function compare(a: number, b: number): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

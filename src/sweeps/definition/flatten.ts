import type { Diagnostic } from '../../core/errors.js';
import type { Axis, Override } from './definition.js';
import { FIELDS, GROUPS } from './fields.js';
import type { YamlPath, YamlSource } from './parse-yaml.js';

/** Where to look for the fields, and where to report. */
export interface FlattenContext {
  readonly source: YamlSource;
  readonly report: (diagnostic: Diagnostic) => void;
}

interface Entry {
  readonly key: string;
  readonly value: unknown;
  readonly path: YamlPath;
}

/**
 * The fields that the mapping at a path states, by dotted name, however they are nested; a field that is stated both
 * dotted and nested is reported. What is not a field is left to the schema.
 */
export function flattenOverrides(
  value: unknown,
  path: YamlPath,
  context: FlattenContext,
): Map<string, Override> {
  const overrides = new Map<string, Override>();
  for (const entry of flatten(value, path, context))
    overrides.set(entry.key, { value: entry.value, where: context.source.locate(entry.path) });
  return overrides;
}

/** The fields that `grid` or `zip` gives lists for; what is not a list is left to the schema. */
export function flattenAxes(value: unknown, path: YamlPath, context: FlattenContext): Axis[] {
  return flatten(value, path, context).flatMap(({ key, value: list, path: place }) => {
    if (!Array.isArray(list)) return [];
    const values = list.map((item: unknown, index) => ({
      value: item,
      where: context.source.locate([...place, index]),
    }));
    return [{ key, values }];
  });
}

function flatten(value: unknown, path: YamlPath, context: FlattenContext): readonly Entry[] {
  const prefix = path[0] === 'dataset' ? 'dataset.' : '';
  const found = new Map<string, Entry>();
  for (const entry of entriesOf(value, prefix, path)) {
    if (found.has(entry.key))
      context.report({
        where: context.source.locate(entry.path, 'key'),
        message: `${entry.key} is given twice, dotted and nested`,
        fix: 'Keep one of them.',
      });
    else found.set(entry.key, entry);
  }
  return [...found.values()];
}

function* entriesOf(value: unknown, prefix: string, path: YamlPath): Generator<Entry> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
  for (const [name, child] of Object.entries(value) as [string, unknown][]) {
    const key = `${prefix}${name}`;
    const place = [...path, name];
    if (FIELDS.has(key)) yield { key, value: child, path: place };
    else if (GROUPS.has(key)) yield* entriesOf(child, `${key}.`, place);
  }
}

import { suggestionFor } from '../../../core/suggest-key.js';
import { TemplateProblem } from './template-problem.js';
import { isGroup, type ScopeGroup, type ScopeValue, type TemplateScope } from './template-scope.js';

/** So many names are looked through below the place where a name stops to be known. */
const MAX_SEARCHED = 500;
/** So many are listed when none is close. */
const MAX_LISTED = 20;

/**
 * Why a name stands for nothing, and what was probably meant.
 *
 * @param written the name up to the part that is unknown, with dots: `run.small.tset`
 */
export function unknownName(
  { names, ambiguousRuns }: TemplateScope,
  written: string,
): TemplateProblem {
  const { path, value, rest } = followName(names, written);
  if (value === null) {
    return new TemplateProblem(
      `${showName(path)} has no value, so that there is no ${written}`,
      `Ask first: {% if ${showName(path)} %} … {% endif %}`,
    );
  }
  // The name of a loop (`for row in …`) or of an assign: what it stands for is not known here.
  if (path.length === 0 && rest.includes('.')) {
    const runs = names['run'];
    const [run] = isGroup(runs) ? Object.values(runs) : [];
    const fix = suggest([], rest.slice(rest.indexOf('.') + 1), isGroup(run) ? run : names);
    return new TemplateProblem(`unknown name ${written}`, fix);
  }
  const sweeps = path.length === 1 && path[0] === 'run' ? ambiguousRuns.get(rest) : undefined;
  if (sweeps !== undefined) {
    return new TemplateProblem(
      `${sweeps.join(' and ')} have different runs of the name ${rest}`,
      `Say which: ${showName(['sweep', sweeps[0] ?? '', 'run', rest])}`,
    );
  }
  const what =
    path.length === 1 && rest !== ''
      ? `unknown ${path[0] ?? ''} ${rest}`
      : `unknown name ${written}`;
  return new TemplateProblem(
    what,
    isGroup(value) ? suggest(path, rest, value) : `${showName(path)} is a single value.`,
  );
}

/** How far a name is known. Runs and sweeps can have dots in their names: the longest that fits is taken. */
function followName(
  names: ScopeGroup,
  written: string,
): { path: string[]; value: ScopeValue | undefined; rest: string } {
  const path: string[] = [];
  let value: ScopeValue | undefined = names;
  let rest = written;
  while (isGroup(value) && rest !== '') {
    const text = rest;
    const [key] = Object.keys(value)
      .filter((name) => text === name || text.startsWith(`${name}.`))
      .toSorted((a, b) => b.length - a.length);
    if (key === undefined) break;
    path.push(key);
    value = value[key];
    rest = rest.slice(key.length + 1);
  }
  return { path, value, rest };
}

function suggest(path: readonly string[], rest: string, from: ScopeGroup): string {
  const children = Object.keys(from);
  const valid = children.length > MAX_LISTED ? children : [...children, ...leaves(from)];
  const listed = children.length > MAX_LISTED ? [...children.slice(0, MAX_LISTED), '…'] : children;
  const shown = new Map(valid.map((key) => [key, showName([...path, ...partsOf(from, key)])]));
  const fix = suggestionFor(rest, valid, listed);
  const [, key] = /^Did you mean (.*)\?$/s.exec(fix) ?? [];
  return key === undefined ? fix : `Did you mean ${shown.get(key) ?? key}?`;
}

/** Dotted names of the single values below a group. */
function leaves(from: ScopeGroup): string[] {
  const found: string[] = [];
  const visit = (group: ScopeGroup, prefix: string): void => {
    for (const [key, value] of Object.entries(group)) {
      if (found.length >= MAX_SEARCHED) return;
      if (isGroup(value)) visit(value, `${prefix}${key}.`);
      else found.push(`${prefix}${key}`);
    }
  };
  visit(from, '');
  return found;
}

function partsOf(from: ScopeGroup, key: string): string[] {
  return key in from ? [key] : followName(from, key).path;
}

/** A name as it is written in a template: `run.small.test`, `run["~ 500k"].test`. */
function showName(path: readonly string[]): string {
  return path
    .map((part, index) => {
      if (index === 0) return part;
      return /^[\w-]+$/.test(part) ? `.${part}` : `[${JSON.stringify(part)}]`;
    })
    .join('');
}

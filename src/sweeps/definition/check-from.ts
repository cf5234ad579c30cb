import { quoteValue, type Diagnostic } from '../../core/errors.js';
import { onlySamples, type Definition, type FromReference, type RunEntry } from './definition.js';
import { suggestionFor } from './suggest-key.js';

/** What is wrong with runs that stand on other runs of the same sweep. */
export function* checkFromWithin(
  definition: Definition,
): Generator<Diagnostic & { readonly run: string }> {
  for (const run of definition.runs) {
    if (run.from === undefined || run.from.sweep !== undefined) continue;
    yield* checkChoice(run.from, definition, 'this sweep', run.name);
    const cycle = findCycle(run, definition.runs);
    if (cycle !== undefined)
      yield {
        where: run.from.where,
        message: `from makes a cycle: ${cycle.join(' → ')}`,
        run: run.name,
      };
  }
}

/** What is wrong with a choice among the runs of another definition. */
export function* checkFromUpstream(
  from: FromReference,
  upstream: Definition,
): Generator<Diagnostic> {
  yield* checkChoice(from, upstream, from.sweep ?? '', '');
}

function* checkChoice(
  from: FromReference,
  among: Definition,
  label: string,
  run: string,
): Generator<Diagnostic & { readonly run: string }> {
  const { where, runs } = from;
  const names = among.runs.map((entry) => entry.name);
  const unknown =
    names.length === 0 ? [] : (runs ?? []).filter((n) => !names.includes(entryName(n)));
  for (const name of unknown)
    yield {
      where,
      message: `from.runs names ${quoteValue(name)}, which ${label} does not have`,
      fix: suggestionFor(name, names),
      run,
    };
  if (unknown.length > 0) return;
  const chosen = among.runs.filter((entry) => isChosen(entry.name, entry.from, from));
  const train = names.length === 0 ? [among.from] : chosen.map((entry) => entry.from ?? among.from);
  if (onlySamples(among) || train.every((reference) => reference?.take === 'checkpoint'))
    yield { where, message: `from has no run of ${label} to choose: none of them trains`, run };
}

/** Whether the entry of this name is among those to choose from. */
export function isChosen(
  name: string,
  ownFrom: FromReference | undefined,
  { runs, sweep }: FromReference,
): boolean {
  if (runs !== undefined) return runs.some((run) => entryName(run) === name);
  return sweep !== undefined || ownFrom === undefined;
}

/** `under-100k` for the run `under-100k/seed=2`. */
function entryName(run: string): string {
  return run.split('/')[0] ?? run;
}

/** Names from the entry along its references back to itself; undefined when they end. */
function findCycle(
  start: RunEntry,
  entries: readonly RunEntry[],
  path: readonly string[] = [start.name],
  current = start,
): readonly string[] | undefined {
  if (current.from === undefined || current.from.sweep !== undefined) return undefined;
  for (const name of current.from.runs ?? []) {
    const next = entries.find((entry) => entry.name === entryName(name));
    if (next === undefined) continue;
    if (next === start) return [...path, start.name];
    if (path.includes(next.name)) continue; // a cycle that does not pass through the start
    const cycle = findCycle(start, entries, [...path, next.name], next);
    if (cycle !== undefined) return cycle;
  }
  return undefined;
}

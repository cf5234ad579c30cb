import { quoteValue, type Diagnostic } from '../../core/errors.js';
import { onlySamples, type Definition, type FromReference, type RunEntry } from './definition.js';
import { suggestionFor } from '../../core/suggest-key.js';

/** What is wrong with runs that stand on other runs of the same sweep. */
export function* checkFromWithin(
  definition: Definition,
): Generator<Diagnostic & { readonly run: string }> {
  for (const run of definition.runs)
    if (run.from !== undefined && run.from.sweep === undefined)
      yield* checkChoice(run.from, definition, 'this sweep', run.name);
  yield* checkChains(definition.runs);
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
  const isChosen = chosenBy(from);
  const chosen = among.runs.filter((entry) => isChosen(entry.name, entry.from));
  const train = names.length === 0 ? [among.from] : chosen.map((entry) => entry.from ?? among.from);
  if (onlySamples(among) || train.every((reference) => reference?.take === 'checkpoint'))
    yield { where, message: `from has no run of ${label} to choose: none of them trains`, run };
}

/** Tells by its name whether an entry is among those that a reference chooses from. */
export function chosenBy({
  runs,
  sweep,
}: FromReference): (name: string, ownFrom: FromReference | undefined) => boolean {
  if (runs === undefined) return (_, ownFrom) => sweep !== undefined || ownFrom === undefined;
  const names = new Set(runs.map(entryName));
  return (name) => names.has(name);
}

/** `under-100k` for the run `under-100k/seed=2`. */
function entryName(run: string): string {
  return run.split('/')[0] ?? run;
}

/** Runs that stand on one another, one after the other, at most. */
const LONGEST_CHAIN = 50;

/** References that come back to their run, and chains of references that are too long to be meant. */
function* checkChains(
  entries: readonly RunEntry[],
): Generator<Diagnostic & { readonly run: string }> {
  const references = referencesAmong(entries);
  const next = (entry: RunEntry): readonly RunEntry[] => references.get(entry) ?? [];
  const { left, hasCycle } = removeSettled(entries, next);
  for (const entry of left.slice(0, LONGEST_CHAIN)) {
    const where = entry.from?.where ?? entry.where;
    const cycle = hasCycle ? findCycle(entry, next) : undefined;
    if (cycle !== undefined)
      yield { where, message: `from makes a cycle: ${cycle.join(' → ')}`, run: entry.name };
    if (!hasCycle)
      yield {
        where,
        message: `from goes on through more than ${LONGEST_CHAIN} runs`,
        run: entry.name,
      };
  }
}

/** The entries that each entry stands on. */
function referencesAmong(entries: readonly RunEntry[]): Map<RunEntry, readonly RunEntry[]> {
  const byName = new Map(entries.map((entry) => [entry.name, entry]));
  return new Map(
    entries.map((entry) => {
      const { from } = entry;
      const names = from === undefined || from.sweep !== undefined ? [] : (from.runs ?? []);
      return [entry, names.flatMap((name) => byName.get(entryName(name)) ?? [])];
    }),
  );
}

/**
 * What is left when the entries that stand on nothing are taken away, then those that stand on these only, and so on:
 * the ends of chains that are too long, or whatever stands on a cycle.
 */
function removeSettled(
  entries: readonly RunEntry[],
  next: (entry: RunEntry) => readonly RunEntry[],
): { readonly left: readonly RunEntry[]; readonly hasCycle: boolean } {
  const waitsFor = new Map(entries.map((entry) => [entry, next(entry).length]));
  const standingOn = new Map<RunEntry, RunEntry[]>();
  for (const entry of entries) for (const other of next(entry)) append(standingOn, other, entry);
  const level = new Map<RunEntry, number>();
  const queue = entries.filter((entry) => waitsFor.get(entry) === 0);
  for (const entry of queue) level.set(entry, 0);
  for (const entry of queue)
    // grows while it is walked
    for (const above of standingOn.get(entry) ?? []) {
      const count = (waitsFor.get(above) ?? 0) - 1;
      waitsFor.set(above, count);
      if (count > 0) continue;
      level.set(above, (level.get(entry) ?? 0) + 1);
      queue.push(above);
    }
  const hasCycle = level.size < entries.length;
  const left = entries.filter((entry) => {
    const height = level.get(entry);
    return hasCycle ? height === undefined : (height ?? 0) > LONGEST_CHAIN;
  });
  return { left, hasCycle };
}

function append(lists: Map<RunEntry, RunEntry[]>, key: RunEntry, entry: RunEntry): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [entry]);
  else list.push(entry);
}

/** Names along the shortest way from an entry back to itself; undefined when there is none. */
function findCycle(
  start: RunEntry,
  next: (entry: RunEntry) => readonly RunEntry[],
): readonly string[] | undefined {
  const cameFrom = new Map<RunEntry, RunEntry>();
  const queue = [start];
  for (let current = queue.shift(); current !== undefined; current = queue.shift())
    for (const other of next(current)) {
      if (other === start) {
        const path = [start.name];
        for (let at: RunEntry | undefined = current; at !== undefined; at = cameFrom.get(at))
          path.unshift(at.name);
        return path;
      }
      if (cameFrom.has(other)) continue;
      cameFrom.set(other, current);
      queue.push(other);
    }
  return undefined;
}

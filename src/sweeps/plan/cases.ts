import type { Definition, FromReference, Overrides, RunEntry } from '../definition/definition.js';
import { caseName, shortenKeys } from './case-name.js';
import { expandGrid } from './grid.js';
import { expandReplicates } from './replicates.js';
import { expandZip } from './zip.js';

/** One run of a sweep before its configuration is resolved. */
export interface Case {
  /** Unique in its sweep; the sweep's own name where a definition has a single run that changes nothing. */
  readonly name: string;
  /** The explicit run that it belongs to; undefined in a definition without `runs`. */
  readonly entry: RunEntry | undefined;
  /** The result that it stands on, by its own `from` or the definition's. */
  readonly from: FromReference | undefined;
  /** What it states beyond the base: the run's fields, the choices of grid and zip, the seed of its replicate. */
  readonly settings: Overrides;
  /** From 1. */
  readonly replicate: number;
}

/**
 * All cases of a definition, lazily: runs × grid × zip × replicates, where the replicate changes fastest.
 *
 * A run with its own `from` is multiplied by the replicates only: it stands on a run for which grid and zip have
 * already chosen. `where` is not applied here, because it looks at resolved configurations.
 */
export function* expandCases(definition: Definition): Generator<Case> {
  for (const entry of entriesOf(definition)) yield* expandEntry(definition, entry);
}

/** The explicit runs of a definition, or one nameless run where there are none. */
export function entriesOf(definition: Definition): readonly (RunEntry | undefined)[] {
  return definition.runs.length === 0 ? [undefined] : definition.runs;
}

/** The cases of one explicit run, lazily. */
export function* expandEntry(definition: Definition, entry: RunEntry | undefined): Generator<Case> {
  const standsAlone = entry?.from !== undefined;
  const grid = standsAlone ? [] : definition.grid;
  const zip = standsAlone ? [] : definition.zip;
  const shortKeys = shortenKeys([...grid, ...zip].map(({ key }) => key));
  for (const fromGrid of expandGrid(grid)) {
    for (const fromZip of expandZip(zip)) {
      const chosen = new Map([...fromGrid, ...fromZip]);
      for (const replicate of expandReplicates(definition, entry)) {
        const settings = new Map([...(entry?.overrides ?? []), ...chosen]);
        if (replicate.seed !== undefined) settings.set('seed', replicate.seed);
        yield {
          name: caseName(entry?.name, chosen, replicate, shortKeys) ?? definition.name,
          entry,
          from: entry?.from ?? definition.from,
          settings,
          replicate: replicate.number,
        };
      }
    }
  }
}

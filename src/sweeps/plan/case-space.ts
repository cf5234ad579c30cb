import type { Definition, Override, Overrides, RunEntry } from '../definition/definition.js';
import { caseName, shortenKeys } from './case-name.js';
import type { Case } from './cases.js';
import { replicateAt } from './replicates.js';

/** One of the choices that multiply the runs of a definition: a field of the grid, or the rows of zip. */
export interface Dimension {
  /** Fields that it sets. */
  readonly keys: readonly string[];
  readonly length: number;
  /** What its choice number `index` sets. */
  at(index: number): Overrides;
}

/** Where in a space a case lies. */
export interface CasePlace {
  /** One for each dimension. */
  readonly indices: readonly number[];
  /** From 0. */
  readonly replicate: number;
}

/**
 * All cases of one explicit run as a space of indices, so that one of a million can be looked at without the others.
 * The order is that of `expandEntry`: replicates change fastest, then the last dimension.
 */
export class CaseSpace {
  readonly dimensions: readonly Dimension[];
  /** Number of cases. */
  readonly size: number;
  readonly #definition: Definition;
  readonly #entry: RunEntry | undefined;
  readonly #shortKeys: ReadonlyMap<string, string>;

  constructor(definition: Definition, entry: RunEntry | undefined) {
    const standsAlone = entry?.from !== undefined;
    const { grid, zip } = standsAlone ? { grid: [], zip: [] } : definition;
    this.#definition = definition;
    this.#entry = entry;
    this.#shortKeys = shortenKeys([...grid, ...zip].map(({ key }) => key));
    this.dimensions = [
      ...grid.map(({ key, values }) =>
        listed(
          [key],
          values.map((value) => [value]),
        ),
      ),
      ...(zip.length === 0 ? [] : [zipped(zip)]),
    ];
    this.size = this.dimensions.reduce(
      (product, { length }) => product * length,
      definition.replicates,
    );
  }

  /** The result that all of them stand on. */
  get from(): Case['from'] {
    return this.#entry?.from ?? this.#definition.from;
  }

  /** Whether the size of the model has to meet something. */
  get hasBudget(): boolean {
    return this.#entry?.budget !== undefined || this.#definition.budget !== undefined;
  }

  /** The seed of a replicate, from 0. */
  seedOf(replicate: number): unknown {
    return replicateAt(this.#definition, this.#entry, replicate).seed?.value;
  }

  caseAt({ indices, replicate: index }: CasePlace): Case {
    const entry = this.#entry;
    const chosen = new Map<string, Override>();
    for (const [place, dimension] of this.dimensions.entries())
      for (const [key, value] of dimension.at(indices[place] ?? 0)) chosen.set(key, value);
    const replicate = replicateAt(this.#definition, entry, index);
    const settings = new Map([...(entry?.overrides ?? []), ...chosen]);
    if (replicate.seed !== undefined) settings.set('seed', replicate.seed);
    return {
      name: caseName(entry?.name, chosen, replicate, this.#shortKeys) ?? this.#definition.name,
      entry,
      from: entry?.from ?? this.#definition.from,
      settings,
      replicate: replicate.number,
    };
  }
}

/**
 * Every combination of the indices of some dimensions, the last one fastest; the others stay at their first. The same
 * array is handed out each time.
 *
 * @param free places of the dimensions that vary
 */
export function* walk(
  dimensions: readonly Dimension[],
  free: readonly number[],
): Generator<readonly number[]> {
  const indices = dimensions.map(() => 0);
  if (free.some((place) => dimensions[place]?.length === 0)) return;
  for (;;) {
    yield indices;
    let at = free.length - 1;
    for (; at >= 0; at--) {
      const place = free[at] ?? 0;
      const next = (indices[place] ?? 0) + 1;
      indices[place] = next < (dimensions[place]?.length ?? 0) ? next : 0;
      if (indices[place] > 0) break;
    }
    if (at < 0) return;
  }
}

/** Each choice sets all keys; made once, because a choice is looked at many times. */
function listed(keys: readonly string[], rows: readonly (readonly Override[])[]): Dimension {
  const options = rows.map((row) => new Map(row.map((value, place) => [keys[place] ?? '', value])));
  return { keys, length: options.length, at: (index) => options[index] ?? new Map() };
}

function zipped(zip: Definition['zip']): Dimension {
  const rows = (zip[0]?.values ?? []).map((_, index) =>
    zip.flatMap(({ values }) => values[index] ?? []),
  );
  return listed(
    zip.map(({ key }) => key),
    rows,
  );
}

import type { Diagnostic } from '../../core/errors.js';
import type { Definition } from '../definition/definition.js';
import type { CasePlace, CaseSpace } from './case-space.js';
import { resolveConfig, type Ground } from './resolve-config.js';
import { flattenConfig } from './where.js';

/**
 * The fields of the resolved configurations of a space of cases by dotted name, without resolving each: the cases of a
 * grid differ by the values of its fields, which are checked one by one, and only fields of the data set exclude each
 * other. A million cases take a second, where resolving them takes a minute.
 */
export class CaseValues {
  /** Places of the dimensions whose choices must be resolved together. */
  readonly resolvedPlaces: readonly number[];
  readonly #definition: Definition;
  readonly #space: CaseSpace;
  readonly #ground: Ground | undefined;
  #resolvedFor: string | undefined;
  #values: Map<string, unknown> | readonly Diagnostic[] = [];

  constructor(definition: Definition, space: CaseSpace, ground: Ground | undefined) {
    this.#definition = definition;
    this.#space = space;
    this.#ground = ground;
    this.resolvedPlaces = placesOf(space, (key) => key.startsWith('dataset.'));
  }

  /** The fields of a case, valid until the next call, or what is wrong with them. */
  at(place: CasePlace): ReadonlyMap<string, unknown> | readonly Diagnostic[] {
    const { indices, replicate } = place;
    const group = this.resolvedPlaces.map((at) => indices[at]).join();
    if (group !== this.#resolvedFor) {
      const resolved = resolveConfig(this.#definition, this.#space.caseAt(place), this.#ground);
      this.#values = 'kind' in resolved ? flattenConfig(resolved) : resolved;
      this.#resolvedFor = group;
    }
    const values = this.#values;
    if (!(values instanceof Map)) return values;
    for (const [at, dimension] of this.#space.dimensions.entries())
      for (const [key, { value }] of dimension.at(indices[at] ?? 0)) values.set(key, value);
    if (this.#definition.replicates > 1) values.set('seed', this.#space.seedOf(replicate));
    return values;
  }
}

/** Places of the dimensions of a space that set a field. */
export function placesOf(space: CaseSpace, isMeant: (key: string) => boolean): number[] {
  return space.dimensions.flatMap(({ keys }, place) => (keys.some(isMeant) ? [place] : []));
}

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
  /** The choices that the values are of: from one case to the next most stay. */
  #chosen: number[] = [];

  constructor(definition: Definition, space: CaseSpace, ground: Ground | undefined) {
    this.#definition = definition;
    this.#space = space;
    this.#ground = ground;
    this.resolvedPlaces = placesOf(space, (key) => key.startsWith('dataset.'));
  }

  /** The fields of a case, valid until the next call, or what is wrong with them. */
  at(place: CasePlace): ReadonlyMap<string, unknown> | readonly Diagnostic[] {
    const { indices, replicate } = place;
    const group =
      this.resolvedPlaces.length === 0 ? '' : this.resolvedPlaces.map((at) => indices[at]).join();
    if (group !== this.#resolvedFor) {
      const resolved = resolveConfig(this.#definition, this.#space.caseAt(place), this.#ground);
      this.#values = 'kind' in resolved ? flattenConfig(resolved) : resolved;
      this.#resolvedFor = group;
      this.#chosen = [];
    }
    const values = this.#values;
    if (!(values instanceof Map)) return values;
    let isOther = false;
    for (let at = 0; at < this.#space.dimensions.length; at++) {
      const index = indices[at] ?? 0;
      // What comes after a change is set again as well: the later of two that set one field counts.
      isOther ||= this.#chosen[at] !== index;
      if (!isOther) continue;
      this.#chosen[at] = index;
      for (const [key, { value }] of this.#space.dimensions[at]?.at(index) ?? [])
        values.set(key, value);
    }
    if (this.#definition.replicates > 1) values.set('seed', this.#space.seedOf(replicate));
    return values;
  }
}

/** Places of the dimensions of a space that set a field. */
export function placesOf(space: CaseSpace, isMeant: (key: string) => boolean): number[] {
  return space.dimensions.flatMap(({ keys }, place) => (keys.some(isMeant) ? [place] : []));
}

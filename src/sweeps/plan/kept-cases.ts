import type { Definition, RunEntry } from '../definition/definition.js';
import { parametersOf } from './case-parameters.js';
import { type CasePlace, CaseSpace, walk } from './case-space.js';
import { CaseValues } from './case-values.js';
import type { Case } from './cases.js';
import { holdsWhere } from './where.js';

/**
 * The cases of one explicit run that `where` keeps, lazily and in order; of those that stand on a result, all. Only what
 * is handed out is made: the first of a million are there at once.
 */
export function* keptCases(definition: Definition, entry: RunEntry | undefined): Generator<Case> {
  const space = new CaseSpace(definition, entry);
  const cases = new CaseValues(definition, space, undefined);
  for (const place of keptPlaces(definition, space, cases)) yield space.caseAt(place);
}

/** Where those cases lie in their space; a place is valid until the next one. */
export function* keptPlaces(
  { where, replicates }: Definition,
  space: CaseSpace,
  cases: CaseValues,
): Generator<CasePlace> {
  for (const indices of walk(space.dimensions, [...space.dimensions.keys()]))
    for (let replicate = 0; replicate < replicates; replicate++) {
      const place = { indices, replicate };
      if (where !== undefined && space.from === undefined) {
        const values = cases.at(place);
        if (!('get' in values)) continue; // wrong, and refused before
        const facts = {
          parameters: parametersOf(values),
          replicate: replicate + 1,
          name: () => space.caseAt(place).name,
        };
        if (!holdsWhere(where, values, facts)) continue;
      }
      yield place;
    }
}

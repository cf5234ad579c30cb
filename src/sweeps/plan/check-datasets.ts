import type { LoadedDefinition } from '../definition/definition.js';
import { CaseSpace } from './case-space.js';
import { CaseValues } from './case-values.js';
import { entriesOf } from './cases.js';
import { keptPlaces } from './kept-cases.js';
import { resolveConfig } from './resolve-config.js';
import type { PlanContext } from './sweep-plan.js';

/**
 * Reads every data set of a definition, so that one that is missing is told before the first run: also where that is of a
 * run which is planned much later. Runs that stand on a result have its data, or are planned when it is there.
 *
 * @throws whatever reading the data throws
 */
export async function checkDatasets(
  definition: LoadedDefinition,
  { datasetFacts }: Pick<PlanContext, 'datasetFacts'>,
): Promise<void> {
  for (const entry of entriesOf(definition)) {
    const space = new CaseSpace(definition, entry);
    if (space.from !== undefined) continue;
    const cases = new CaseValues(definition, space, undefined);
    const seen = new Set<string>();
    for (const place of keptPlaces(definition, space, cases)) {
      const group = cases.resolvedPlaces.map((at) => place.indices[at]).join();
      if (!seen.has(group)) {
        seen.add(group);
        const config = resolveConfig(definition, space.caseAt(place), undefined);
        if ('kind' in config && config.kind === 'train')
          await datasetFacts(config.dataset, definition.folder);
      }
      if (cases.resolvedPlaces.length === 0) break; // all others have the same
    }
  }
}

import type { ModelConfig } from '../../core/config/run-schema.js';
import type { LoadedDefinition } from '../definition/definition.js';
import { CaseSpace } from '../plan/case-space.js';
import { CaseValues } from '../plan/case-values.js';
import { entriesOf } from '../plan/cases.js';
import { keptPlaces } from '../plan/kept-cases.js';
import type { PlannedRun } from '../plan/planned-run.js';
import { countValues, type ValueCounts } from './failure-tally.js';

/** What is to be known of all runs of a sweep before the first of them is done. */
export interface SweepSurvey {
  /** How many of its runs share each value. */
  readonly values: ValueCounts;
  /** What the largest of its runs need, the largest first. */
  readonly memoryBytes: readonly number[];
}

/** What a survey is made with. */
export interface SurveyOrder {
  /** How many of the largest runs are looked for. */
  readonly most: number;
  readonly estimateMemory?: ((model: ModelConfig, batchSize: number) => number) | undefined;
}

/** Looks at the different runs of a sweep that was planned as a whole. */
export function surveyRuns(runs: readonly PlannedRun[], { most }: SurveyOrder): SweepSurvey {
  const largest = new Largest(most);
  for (const run of runs)
    if (run.status !== 'waiting' && run.memoryBytes !== undefined) largest.add(run.memoryBytes);
  return { values: countValues(runs), memoryBytes: largest.values };
}

/**
 * The same from a definition alone, without planning each of a great many runs: microseconds for each. Runs that stand on
 * a result are left out of the memory, as nothing is known of their models, and a point that a definition has twice
 * counts twice, so that its values are never found to have failed altogether.
 */
export function surveyDefinition(
  definition: LoadedDefinition,
  { most, estimateMemory }: SurveyOrder,
): SweepSurvey {
  const largest = new Largest(most);
  const changes = function* (): Generator<{ readonly changes: Record<string, unknown> }> {
    for (const entry of entriesOf(definition)) {
      const space = new CaseSpace(definition, entry);
      const cases = new CaseValues(definition, space, undefined);
      for (const place of keptPlaces(definition, space, cases)) {
        const { settings, from } = space.caseAt(place);
        const stated =
          from !== undefined && from === definition.from
            ? [...definition.base, ...settings]
            : settings;
        yield { changes: Object.fromEntries([...stated].map(([key, { value }]) => [key, value])) };
        if (from !== undefined || estimateMemory === undefined) continue;
        const values = cases.at(place);
        if ('get' in values)
          largest.add(estimateMemory(modelOf(values), Number(values.get('train.batchSize'))));
      }
    }
  };
  const values = countValues(changes());
  return { values, memoryBytes: largest.values };
}

function modelOf(values: ReadonlyMap<string, unknown>): ModelConfig {
  const size = (name: string): number => Number(values.get(`model.${name}`));
  return {
    tokens: size('tokens'),
    embedding: size('embedding'),
    neurons: size('neurons'),
    heads: size('heads'),
    blocks: size('blocks'),
    dropout: size('dropout'),
  };
}

/** Keeps the largest of many numbers. */
class Largest {
  readonly #most: number;
  /** The largest first. */
  #values: number[] = [];

  constructor(most: number) {
    this.#most = most;
  }

  get values(): readonly number[] {
    return this.#values;
  }

  add(value: number): void {
    if (this.#values.length >= this.#most && value <= (this.#values.at(-1) ?? 0)) return;
    this.#values = [...this.#values, value].sort((a, b) => b - a).slice(0, this.#most);
  }
}

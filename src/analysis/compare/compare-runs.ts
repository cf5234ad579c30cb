import { flattenFields } from '../../core/config/flatten-fields.js';
import { SweepError } from '../../core/errors.js';
import type { SweepDatabase } from '../../core/store/database.js';
import { epochMetrics, type EpochRow } from '../../core/store/metric-queries.js';
import { findRun } from '../../core/store/run-queries.js';
import type { RunRow } from '../../core/store/run-row.js';
import { finalSamples } from '../../core/store/sample-queries.js';
import { compareByTexts, type BestComparison } from '../comparisons.js';
import { comparedMetrics, type ComparedMetric } from './compared-metrics.js';

/** Two or more runs side by side; each list of values is in the order of `runs`. */
export interface RunComparison {
  readonly runs: readonly ComparedRun[];
  /** Fields of the configuration that are not the same in all runs; undefined, null in JSON, where a run has no such field. */
  readonly configuration: readonly { readonly field: string; readonly values: unknown[] }[];
  readonly metrics: readonly ComparedMetric[];
  /** Text by text of the test split beside the run of the lowest test NLL; null where that cannot be. */
  readonly texts: BestComparison | null;
  /** Texts of the best checkpoints, by rising temperature; null where a run has none at it. */
  readonly samples: readonly {
    readonly temperature: number;
    readonly texts: (readonly string[] | null)[];
  }[];
}

export interface ComparedRun {
  readonly row: RunRow;
  /** The run's name where it tells the runs apart, else what it was asked for by. */
  readonly label: string;
  readonly epochs: readonly EpochRow[];
}

/**
 * Compares runs of any sweeps.
 *
 * @param names each as `sweep show` takes it: id, beginning of an id, name, `sweep/name`
 * @throws SweepError `bad-call` when a run is unknown or ambiguous, or named twice
 */
export function compareRuns(db: SweepDatabase, names: readonly string[]): RunComparison {
  const rows = names.map((name) => findRun(db, name));
  refuseRepeated(rows, names);
  const runNames = rows.map(({ name }) => name);
  const runs = rows.map((row, index): ComparedRun => {
    const isUnique = runNames.indexOf(row.name) === runNames.lastIndexOf(row.name);
    return {
      row,
      label: isUnique ? row.name : (names[index] ?? row.id),
      epochs: epochMetrics(db, row.id),
    };
  });
  return {
    runs,
    configuration: differingFields(rows),
    metrics: comparedMetrics(rows),
    texts: compareByTexts(db, rows),
    samples: samplesSideBySide(db, rows),
  };
}

function refuseRepeated(rows: readonly RunRow[], names: readonly string[]): void {
  for (const [index, { id }] of rows.entries()) {
    const first = rows.findIndex((row) => row.id === id);
    if (first === index) continue;
    throw new SweepError('bad-call', {
      message: `${JSON.stringify(names[first])} and ${JSON.stringify(names[index])} are the same run, ${id}`,
      fix: 'Name two or more different runs; npx sweep ls SWEEP lists them.',
    });
  }
}

function differingFields(rows: readonly RunRow[]): RunComparison['configuration'] {
  const flat = rows.map(({ config }) => flattenFields(config));
  const fields = [...new Set(flat.flatMap((one) => [...one.keys()]))];
  return fields
    .map((field) => ({ field, values: flat.map((one) => one.get(field)) }))
    .filter(({ values }) => new Set(values.map((value) => JSON.stringify(value))).size > 1);
}

function samplesSideBySide(db: SweepDatabase, rows: readonly RunRow[]): RunComparison['samples'] {
  const sets = rows.map(({ id }) => finalSamples(db, id));
  const temperatures = [...new Set(sets.flat().map(({ temperature }) => temperature))];
  return temperatures
    .toSorted((a, b) => a - b)
    .map((temperature) => ({
      temperature,
      texts: sets.map((set) => set.find((one) => one.temperature === temperature)?.texts ?? null),
    }));
}

import type { RunRow } from '../../core/store/run-row.js';
import { flattenFields } from '../../core/config/flatten-fields.js';
import { formatCount } from './format.js';
import { recorded } from '../provenance.js';
import { sourced, type Table } from './table.js';

/** The hyperparameters of a sweep's runs, split into what they share and what tells them apart. */
export interface ConfigurationTables {
  /** Key and value, one row a key. */
  readonly shared: Table;
  /** One row a run, one column a key. */
  readonly differing: Table;
}

/**
 * Every field of the resolved configurations as dotted keys; the seed is in the provenance.
 *
 * A field is shared when it is the same in every run that has it: a run that only samples has no fields of training,
 * which tells nothing of the runs that train.
 */
export function configurationTables(runs: readonly RunRow[]): ConfigurationTables {
  const flat = runs.map((run) => flattenConfig(run.config));
  const keys = [...new Set(flat.flatMap((fields) => [...fields.keys()]))].filter(
    (key) => !['kind', 'seed', 'sourceKey'].includes(key),
  );
  const valuesOf = (key: string): string[] => [
    ...new Set(flat.flatMap((fields) => fields.get(key) ?? [])),
  ];
  const isShared = (key: string): boolean => valuesOf(key).length === 1;
  const different = keys.filter((key) => !isShared(key));
  return {
    shared: {
      columns: [
        { title: 'Field', align: 'left' },
        { title: 'Value', align: 'left' },
      ],
      rows: keys.filter(isShared).map((key) => [key, valuesOf(key)[0] ?? null]),
    },
    differing: {
      columns: [
        { title: 'Run', align: 'left' },
        { title: 'Parameters', align: 'right', format: formatCount },
        ...different.map((key) => ({ title: key, align: 'right' as const })),
      ],
      rows: runs.map((run, index) => [
        run.name,
        sourced(run.parameters, recorded(run.id, 'parameters')),
        ...different.map((key) => flat[index]?.get(key) ?? null),
      ]),
    },
  };
}

/** A resolved configuration as dotted keys: key to value as JSON (texts without quotes); a list is one value. */
export function flattenConfig(config: object): Map<string, string> {
  return new Map(
    [...flattenFields(config)].map(([key, field]) => [
      key,
      typeof field === 'string' ? field : JSON.stringify(field),
    ]),
  );
}

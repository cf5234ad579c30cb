import type { RunRow } from '../../core/store/run-row.js';
import { flattenFields } from '../../core/config/flatten-fields.js';
import { settingText } from '../../core/config/setting-text.js';
import { formatCount } from './format.js';
import { recorded } from '../provenance.js';
import { sourced, type Cell, type Table } from './table.js';

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
  const flat = runs.map((run) => flattenFields(run.config));
  const keys = [...new Set(flat.flatMap((fields) => [...fields.keys()]))].filter(
    (key) => !['kind', 'seed', 'sourceKey'].includes(key),
  );
  const valuesOf = (key: string): (string | number)[] => [
    ...new Set(
      flat.filter((fields) => fields.has(key)).map((fields) => settingOf(key, fields.get(key))),
    ),
  ];
  const isShared = (key: string): boolean => valuesOf(key).length === 1;
  const different = keys.filter((key) => !isShared(key));
  return {
    shared: {
      columns: [
        { title: 'Field', align: 'left' },
        { title: 'Value', align: 'left', format: formatSetting },
      ],
      rows: keys.filter(isShared).map((key) => [key, valuesOf(key)[0] ?? null]),
    },
    differing: {
      columns: [
        { title: 'Run', align: 'left' },
        { title: 'Parameters', align: 'right', format: formatCount },
        ...different.map((key) => ({
          title: key,
          align: 'right' as const,
          format: formatSetting,
        })),
      ],
      rows: runs.map((run, index) => [
        run.name,
        sourced(run.parameters, recorded(run.id, 'parameters')),
        ...different.map((key) => settingCell(run, key, flat[index] ?? new Map())),
      ]),
    },
  };
}

function settingCell(run: RunRow, key: string, fields: ReadonlyMap<string, unknown>): Cell {
  if (!fields.has(key)) return null;
  const setting = settingOf(key, fields.get(key));
  return typeof setting === 'number'
    ? sourced(setting, recorded(run.id, `config.${key}`))
    : setting;
}

/**
 * A field of a configuration: a number, or its text; a list is one field. A seed is a name made of digits: it is a text.
 */
function settingOf(key: string, field: unknown): string | number {
  const isNumber = typeof field === 'number' && !/(?:^|\.)seed$/.test(key);
  return isNumber ? field : settingText(key, field);
}

/** Counts as all counts; other numbers with the digits that the definition gave them. */
function formatSetting(value: number): string {
  return Number.isInteger(value) ? formatCount(value) : String(value);
}

/** A resolved configuration as dotted keys with texts, as they are shown. */
export function flattenConfig(config: object): Map<string, string> {
  return new Map(
    [...flattenFields(config)].map(([key, field]) => {
      const setting = settingOf(key, field);
      return [key, typeof setting === 'number' ? formatSetting(setting) : setting];
    }),
  );
}

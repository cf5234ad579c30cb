import { flattenFields } from '../../../core/config/flatten-fields.js';
import type { SweepDatabase } from '../../../core/store/database.js';
import { type ExportScope, scopedRunRows } from '../../../core/store/export-queries.js';
import type { RunRow } from '../../../core/store/run-row.js';

/** A hyper-parameter as the plugin takes it. */
export type HyperparameterValue = string | number | boolean;

/**
 * A run's configuration with dotted keys; lists as their JSON. What is null is left out: the plugin has no such value.
 */
export function hyperparameters({ config }: RunRow): Map<string, HyperparameterValue> {
  const found = new Map<string, HyperparameterValue>();
  for (const [key, value] of flattenFields(config)) {
    if (key === 'kind' || key === 'sourceKey' || value === null) continue;
    const isPlain =
      typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
    found.set(key, isPlain ? value : JSON.stringify(value));
  }
  return found;
}

/** Name and type code of the hyper-parameters that tell the runs of a scope apart; of all when none does. */
export function hyperparameterInfos(
  db: SweepDatabase,
  scope: ExportScope,
): { readonly name: string; readonly type: number }[] {
  const seen = new Map<string, { first: HyperparameterValue; count: number; differs: boolean }>();
  let runs = 0;
  for (const { row } of scopedRunRows(db, scope)) {
    runs += 1;
    for (const [name, value] of hyperparameters(row)) {
      const known = seen.get(name) ?? { first: value, count: 0, differs: false };
      known.count += 1;
      known.differs ||= known.first !== value;
      seen.set(name, known);
    }
  }
  const all = [...seen].map(([name, { first, count, differs }]) => ({
    name,
    type: typeCode(first),
    isTelling: differs || count < runs,
  }));
  const telling = all.filter(({ isTelling }) => isTelling);
  return (telling.length > 0 ? telling : all).map(({ name, type }) => ({ name, type }));
}

/** `DataType` of api.proto. */
function typeCode(value: HyperparameterValue): number {
  if (typeof value === 'string') return 1;
  return typeof value === 'boolean' ? 2 : 3;
}

import type { ForestImportance } from '../design/forest-importance.js';
import { computed } from '../provenance.js';
import { formatBounds } from './format.js';
import { sourced, type Cell, type Table } from './table.js';
import { halfWidth } from './uncertainty.js';

/** The swept keys by how much R² a forest loses without them, the most first. */
export function forestTable({ metric, keys, runIds }: ForestImportance): Table {
  return {
    columns: [
      { title: 'Key', align: 'left' },
      { title: 'R² lost', align: 'right', format: formatShare },
      { title: '95% interval', align: 'left' },
      { title: 'Note', align: 'left' },
    ],
    rows: keys
      .toSorted((a, b) => b.mean - a.mean)
      .map((one): Cell[] => [
        one.key,
        sourced(one.mean, computed(runIds, `permutation importance for ${metric} of ${one.key}`), {
          uncertainty: halfWidth(one.interval),
        }),
        sourced(
          one.interval === null ? null : formatBounds(one.interval, formatShare),
          computed(runIds, `interval of the permutation importance for ${metric} of ${one.key}`),
        ),
        one.confoundedWith === null
          ? null
          : `it moves together with ${one.confoundedWith}: the forest may use either`,
      ]),
  };
}

/** Three decimals. */
export function formatShare(value: number): string {
  return value.toFixed(3).replace('-', '−');
}

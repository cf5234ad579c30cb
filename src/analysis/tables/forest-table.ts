import type { ForestImportance, PermutedKey } from '../design/forest-importance.js';
import { computed } from '../provenance.js';
import { NO_VALUE } from './format.js';
import { sourced, type Cell, type Table } from './table.js';

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
        sourced(one.mean, computed(runIds, `permutation importance for ${metric} of ${one.key}`)),
        intervalText(one),
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

function intervalText({ interval }: PermutedKey): string {
  return interval === null
    ? NO_VALUE
    : `${formatShare(interval.low)} to ${formatShare(interval.high)}`;
}

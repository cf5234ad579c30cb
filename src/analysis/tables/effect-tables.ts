import type { KeyEffect } from '../design/key-effects.js';
import { computed } from '../provenance.js';
import type { SweepAnalysis } from '../sweep-analysis.js';
import { formatBounds, formatByUncertainty, formatCount, formatNll, formatTop1 } from './format.js';
import { sourced, type Cell, type Table } from './table.js';
import { halfWidth } from './uncertainty.js';

/** The swept keys by what they explain, the most first; those without effects say why. */
export function importanceTable({ effects: { metric, keys } }: SweepAnalysis): Table {
  const format = metricFormat(metric);
  return {
    columns: [
      { title: 'Key', align: 'left' },
      { title: 'Values', align: 'right', format: formatCount },
      { title: 'Range of the means', align: 'right', format },
      { title: 'Share of variance', align: 'right', format: (share) => share.toFixed(3) },
      { title: 'Note', align: 'left' },
    ],
    rows: keys
      .toSorted((a, b) => (b.varianceShare ?? -1) - (a.varianceShare ?? -1))
      .map((one): Cell[] => {
        const runs = one.levels.flatMap((level) => level.runIds);
        return [
          one.key,
          sourced(
            one.reason === null ? one.levels.length : null,
            computed(runs, `number of values of ${one.key}`),
          ),
          sourced(one.range, computed(runs, `range of the means of ${metric} by ${one.key}`)),
          sourced(one.varianceShare, computed(runs, `eta squared of ${metric} by ${one.key}`)),
          noteOn(one),
        ];
      }),
  };
}

/** Mean of the objective at each value of each key that has effects. */
export function effectTable({ effects: { metric, keys } }: SweepAnalysis): Table {
  const format = metricFormat(metric);
  return {
    columns: [
      { title: 'Key', align: 'left' },
      { title: 'Value', align: 'right' },
      { title: 'Configurations', align: 'right', format: formatCount },
      { title: `Mean ${metric}`, align: 'right', format },
      { title: '95% interval', align: 'left' },
      { title: 'Difference from all', align: 'right' },
    ],
    rows: keys.flatMap(({ key, levels }) =>
      levels.map((level): Cell[] => {
        const what = `of ${metric} at ${key} = ${level.value}`;
        const uncertainty = halfWidth(level.interval);
        return [
          key,
          level.value,
          sourced(
            level.n,
            computed(level.runIds, `number of configurations at ${key} = ${level.value}`),
          ),
          sourced(level.mean, computed(level.runIds, `mean ${what}`), {
            uncertainty,
          }),
          sourced(
            level.interval === null ? null : formatBounds(level.interval, format),
            computed(level.runIds, `Student interval of the mean ${what}`),
          ),
          sourced(level.effect, computed(level.runIds, `main effect ${what}`), {
            text: signed(level.effect, (value) => formatByUncertainty(value, uncertainty, format)),
          }),
        ];
      }),
    ),
  };
}

function metricFormat(metric: string): (value: number) => string {
  return metric.endsWith('.nll') ? formatNll : formatTop1;
}

function noteOn({ reason, isBalanced }: KeyEffect): string | null {
  if (reason !== null) return reason;
  return isBalanced === false
    ? 'the other keys differ between its values, which moves its means as well'
    : null;
}

function signed(value: number, format: (value: number) => string): string {
  return value > 0 ? `+${format(value)}` : format(value);
}

import type { Summary } from '../statistics/summary.js';
import type { SweepAnalysis } from '../sweep-analysis.js';
import { formatCount, formatNll, formatTop1 } from './format.js';
import type { Table } from './table.js';

/** Mean ± sample standard deviation over runs that differ by the seed only; NLL in nats per text. */
export function replicateTable(analysis: SweepAnalysis): Table {
  return {
    columns: [
      { title: 'Runs', align: 'left' },
      { title: 'Replicates', align: 'right', format: formatCount },
      { title: 'Val NLL', align: 'right' },
      { title: 'Val top-1', align: 'right' },
      { title: 'Test NLL', align: 'right' },
      { title: 'Test top-1', align: 'right' },
    ],
    rows: analysis.replicates.map((group) => [
      group.names.join(', '),
      group.names.length,
      meanAndSpread(group.valNll, formatNll),
      meanAndSpread(group.valTop1, formatTop1),
      meanAndSpread(group.testNll, formatNll),
      meanAndSpread(group.testTop1, formatTop1),
    ]),
  };
}

function meanAndSpread(summary: Summary | null, format: (value: number) => string): string | null {
  if (summary === null) return null;
  const { mean, sd } = summary;
  return sd === null ? format(mean) : `${format(mean)} ± ${format(sd)}`;
}

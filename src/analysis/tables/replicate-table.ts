import type { Summary } from '../statistics/summary.js';
import { computed } from '../provenance.js';
import type { ReplicateGroup, SweepAnalysis } from '../sweep-analysis.js';
import { formatBounds, formatCount, formatNll, formatSpread, formatTop1 } from './format.js';
import { sourced, type Cell, type Table } from './table.js';

/** Mean ± sample standard deviation over runs that differ by the seed only, intervals of the NLL in nats per text. */
export function replicateTable(analysis: SweepAnalysis): Table {
  return {
    columns: [
      { title: 'Runs', align: 'left' },
      { title: 'Replicates', align: 'right', format: formatCount },
      { title: 'Val NLL', align: 'right' },
      { title: '95% interval', align: 'left' },
      { title: 'Val top-1', align: 'right' },
      { title: 'Test NLL', align: 'right' },
      { title: '95% interval', align: 'left' },
      { title: 'Test top-1', align: 'right' },
    ],
    rows: analysis.replicates
      .filter(hasScores)
      .map((group) => [
        group.names.join(', '),
        sourced(group.names.length, computed(group.runIds, 'number of replicates')),
        meanAndSpread(group, 'val.nll', group.valNll, formatNll),
        intervalOf(group, 'val.nll', group.valNll),
        meanAndSpread(group, 'val.top1', group.valTop1, formatTop1),
        meanAndSpread(group, 'test.nll', group.testNll, formatNll),
        intervalOf(group, 'test.nll', group.testNll),
        meanAndSpread(group, 'test.top1', group.testTop1, formatTop1),
      ]),
  };
}

/** Not so when all of them diverged in their first epoch. */
function hasScores({ valNll, testNll }: ReplicateGroup): boolean {
  return valNll !== null || testNll !== null;
}

function meanAndSpread(
  { runIds }: ReplicateGroup,
  metric: string,
  summary: Summary | null,
  format: (value: number) => string,
): Cell {
  if (summary === null) return null;
  const { mean, sd } = summary;
  return sourced(mean, computed(runIds, `mean ± standard deviation of ${metric}`), {
    text: formatSpread(mean, sd, format),
  });
}

function intervalOf({ runIds }: ReplicateGroup, metric: string, summary: Summary | null): Cell {
  if (summary?.interval == null) return null;
  return sourced(
    formatBounds(summary.interval, formatNll),
    computed(runIds, `Student interval of the mean of ${metric}`),
  );
}

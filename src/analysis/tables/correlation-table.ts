import { computed } from '../provenance.js';
import type { RunAnalysis, SweepAnalysis } from '../sweep-analysis.js';
import { formatCorrelation, formatCount } from './format.js';
import { sourced, type Cell, type Table } from './table.js';

/** Pearson r between validation NLL and validation top-1 over the epochs of each run that has an epoch. */
export function correlationTable(analysis: SweepAnalysis): Table {
  return {
    columns: [
      { title: 'Run', align: 'left' },
      { title: 'Epochs', align: 'right', format: formatCount },
      { title: 'Pearson r', align: 'right', format: formatCorrelation },
      { title: '95% interval', align: 'left' },
    ],
    rows: analysis.runs.filter((run) => run.epochs > 0).map(correlationRow),
  };
}

function correlationRow({ id, name, correlation }: RunAnalysis): Cell[] {
  const source = computed([id], 'Pearson r of val.nll and val.top1 over the epochs');
  if (correlation === null) return [name, null, null, null];
  const { n, r, interval, reason } = correlation;
  const range =
    interval === null
      ? reason
      : `${formatCorrelation(interval.low)} to ${formatCorrelation(interval.high)}`;
  return [name, sourced(n, source), sourced(r, source), sourced(range, source)];
}

import type { RunAnalysis, SweepAnalysis } from '../sweep-analysis.js';
import { formatCorrelation, formatCount } from './format.js';
import type { Cell, Table } from './table.js';

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

function correlationRow({ name, correlation }: RunAnalysis): Cell[] {
  if (correlation === null) return [name, null, null, null];
  const { n, r, interval, reason } = correlation;
  const range =
    interval === null
      ? reason
      : `${formatCorrelation(interval.low)} to ${formatCorrelation(interval.high)}`;
  return [name, n, r, range];
}

import { computed } from '../provenance.js';
import type { CorrelationInterval } from '../statistics/pearson.js';
import type { RunAnalysis, SweepAnalysis } from '../sweep-analysis.js';
import { formatCorrelation, formatCount, formatInterval, formatP } from './format.js';
import { sourced, type Cell, type CellValue, type Table } from './table.js';
import { halfWidth } from './uncertainty.js';

/**
 * Pearson r between validation NLL and validation top-1 over the epochs of each run that has an epoch, what is left of
 * it when the epochs are counted by what they are worth, Spearman's ρ, and r without the first tenth of the epochs.
 */
export function correlationTable(analysis: SweepAnalysis): Table {
  return {
    columns: [
      { title: 'Run', align: 'left' },
      { title: 'Epochs', align: 'right', format: formatCount },
      { title: 'Pearson r', align: 'right', format: formatCorrelation },
      { title: '95% interval', align: 'left' },
      { title: 'p (Holm)', align: 'right', format: formatP },
      { title: 'Worth', align: 'right', format: formatWorth },
      { title: '95% interval of these', align: 'left' },
      { title: 'Spearman ρ', align: 'right', format: formatCorrelation },
      { title: 'r without first 10%', align: 'right', format: formatCorrelation },
    ],
    rows: analysis.runs.filter((run) => run.epochs > 0).map(correlationRow),
  };
}

function correlationRow({ id, name, correlation }: RunAnalysis): Cell[] {
  if (correlation === null) return [name, null, null, null, null, null, null, null, null];
  const { n, r, interval, reason, pHolm, effective, spearman, withoutEarly } = correlation;
  const from = (value: CellValue, what: string, text?: string): Cell =>
    sourced(value, computed([id], `${what} of val.nll and val.top1 over the epochs`), { text });
  return [
    name,
    from(n, 'number of pairs'),
    from(r, 'Pearson r', r === null ? undefined : formatCorrelation(r, halfWidth(interval))),
    from(interval === null ? reason : formatInterval(interval), 'Fisher interval of Pearson r'),
    from(pHolm, 'p of Pearson r, corrected by Holm,'),
    from(effective?.n ?? null, 'effective sample size'),
    from(
      effective === null ? null : effectiveInterval(effective.interval),
      'Fisher interval at the effective sample size',
    ),
    from(spearman.rho, 'Spearman rank correlation'),
    from(withoutEarly?.r ?? null, 'Pearson r without the first tenth'),
  ];
}

function effectiveInterval(interval: CorrelationInterval | null): string {
  return interval === null ? 'none: 3 epochs or less' : formatInterval(interval);
}

/** An effective number of epochs: it is not whole. */
function formatWorth(n: number): string {
  return n.toFixed(1);
}

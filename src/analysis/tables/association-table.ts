import type { SweepAnalysis } from '../sweep-analysis.js';
import { formatCorrelation, formatCount, formatInterval, formatP, NO_VALUE } from './format.js';
import type { Table } from './table.js';

/** The objective against parameters, training texts and swept keys; one pair a configuration. */
export function associationTable({ correlations }: SweepAnalysis): Table {
  return {
    columns: [
      { title: 'Of', align: 'left' },
      { title: 'With', align: 'left' },
      { title: 'Configurations', align: 'right', format: formatCount },
      { title: 'Pearson r', align: 'right', format: formatCorrelation },
      { title: '95% interval', align: 'left' },
      { title: 'p (Holm)', align: 'right', format: formatP },
      { title: 'Spearman ρ', align: 'right', format: formatCorrelation },
    ],
    rows: correlations.between.map((one) => [
      one.y,
      one.xScale === 'log' ? `log ${one.x}` : one.x,
      one.n,
      one.r,
      one.interval === null ? one.reason : formatInterval(one.interval),
      one.pHolm,
      one.spearman.rho,
    ]),
  };
}

/** Power laws of the objective, where there are three sizes or more. */
export function powerLawTable({ correlations }: SweepAnalysis): Table {
  return {
    columns: [
      { title: 'Power law', align: 'left' },
      { title: 'Configurations', align: 'right', format: formatCount },
      { title: 'Exponent', align: 'right', format: formatExponent },
      { title: '95% interval', align: 'left' },
      { title: 'R²', align: 'right', format: (value) => value.toFixed(3) },
    ],
    rows: correlations.powerLaws.map(({ x, y, n, factor, exponent, interval, rSquared }) => [
      `${y} ≈ ${factor.toPrecision(4)} · (${x})^${formatExponent(exponent)}`,
      n,
      exponent,
      `${formatExponent(interval.low)} to ${formatExponent(interval.high)}`,
      rSquared,
    ]),
  };
}

/** The correlation of validation NLL and top-1 over the epochs of all runs together, in a sentence; null for one run. */
export function pooledSentence({ correlations: { pooled } }: SweepAnalysis): string | null {
  if (pooled?.within == null) return null;
  const { overall, within, runs } = pooled;
  const p = within.p === null ? '' : `, ${withSign('p', within.p)}`;
  const interval =
    within.interval === null ? '' : `, 95% interval ${formatInterval(within.interval)}`;
  return (
    `Over the epochs of all ${runs} runs together: within runs r = ${formatCorrelation(within.r)} ` +
    `(${within.df} degrees of freedom${interval}${p}); with the differences between runs ` +
    `r = ${overall.r === null ? NO_VALUE : formatCorrelation(overall.r)} (${overall.n} epochs).`
  );
}

function withSign(name: string, p: number): string {
  const text = formatP(p);
  return text.startsWith('<') ? `${name} ${text}` : `${name} = ${text}`;
}

function formatExponent(value: number): string {
  return value.toFixed(4).replace('-', '−');
}

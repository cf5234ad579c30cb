import { computed, type Provenance } from '../provenance.js';
import type { SweepAnalysis } from '../sweep-analysis.js';
import {
  formatBounds,
  formatCorrelation,
  formatCount,
  formatInterval,
  formatP,
  NO_VALUE,
} from './format.js';
import { sourced, type Table } from './table.js';
import { halfWidth } from './uncertainty.js';

/** The objective against parameters, training texts and swept keys; one pair a configuration. */
export function associationTable(analysis: SweepAnalysis): Table {
  const source = sourceOf(analysis);
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
    rows: analysis.correlations.between.map(({ x, xScale, y, n, r, interval, ...one }) => {
      const predictor = xScale === 'log' ? `log ${x}` : x;
      const width = halfWidth(interval);
      const text = r === null ? undefined : formatCorrelation(r, width);
      return [
        y,
        predictor,
        n,
        sourced(r, source(`Pearson r of ${y} and ${predictor}`), { text }),
        interval === null ? one.reason : formatInterval(interval),
        one.pHolm,
        sourced(one.spearman.rho, source(`Spearman rank correlation of ${y} and ${predictor}`)),
      ];
    }),
  };
}

/** Power laws of the objective, where there are three sizes or more. */
export function powerLawTable(analysis: SweepAnalysis): Table {
  const source = sourceOf(analysis);
  return {
    columns: [
      { title: 'Power law', align: 'left' },
      { title: 'Configurations', align: 'right', format: formatCount },
      { title: 'Exponent', align: 'right', format: formatExponent },
      { title: '95% interval', align: 'left' },
      { title: 'R²', align: 'right', format: (value) => value.toFixed(3) },
    ],
    rows: analysis.correlations.powerLaws.map((law) => {
      const { x, y, n, factor, exponent, interval, rSquared } = law;
      const what = `power law of ${y} on ${x}`;
      return [
        // All digits of the formula count together: it is there to be computed with.
        `${y} ≈ ${factor.toPrecision(4)} · (${x})^${formatExponent(exponent)}`,
        n,
        sourced(exponent, source(`exponent of the ${what}`), { uncertainty: halfWidth(interval) }),
        formatBounds(interval, formatExponent),
        sourced(rSquared, source(`R squared of the ${what}`)),
      ];
    }),
  };
}

/** The runs that are ranked are those that the configurations stand for. */
function sourceOf({ runs }: SweepAnalysis): (what: string) => Provenance {
  const ids = runs.flatMap(({ id, rank }) => (rank === null ? [] : [id]));
  return (what) => computed(ids, `${what} over the configurations`);
}

/** The correlation of validation NLL and top-1 over the epochs of all runs together, in a sentence; null for one run. */
export function pooledSentence({ correlations: { pooled } }: SweepAnalysis): string | null {
  if (pooled?.within == null) return null;
  const { overall, within, runs } = pooled;
  const p = within.p === null ? '' : `, ${withSign('p', within.p)}`;
  const interval =
    within.interval === null ? '' : `, 95% interval ${formatInterval(within.interval)}`;
  const r = formatCorrelation(within.r, halfWidth(within.interval));
  const overallR =
    overall.r === null ? NO_VALUE : formatCorrelation(overall.r, halfWidth(overall.interval));
  return (
    `Over the epochs of all ${runs} runs together: within runs r = ${r} ` +
    `(${within.df} degrees of freedom${interval}${p}); with the differences between runs ` +
    `r = ${overallR} (${overall.n} epochs).`
  );
}

function withSign(name: string, p: number): string {
  const text = formatP(p);
  return text.startsWith('<') ? `${name} ${text}` : `${name} = ${text}`;
}

function formatExponent(value: number): string {
  return value.toFixed(4).replace('-', '−');
}

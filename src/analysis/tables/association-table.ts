import { computed, type Provenance } from '../provenance.js';
import type { SweepAnalysis } from '../sweep-analysis.js';
import { formatBounds, formatCorrelation, formatCount, formatInterval, formatP } from './format.js';
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
        sourced(n, source(`number of pairs of ${y} and ${predictor}`)),
        sourced(r, source(`Pearson r of ${y} and ${predictor}`), { text }),
        sourced(
          interval === null ? one.reason : formatInterval(interval),
          source(`Fisher interval of Pearson r of ${y} and ${predictor}`),
        ),
        sourced(one.pHolm, source(`p of Pearson r, corrected by Holm, of ${y} and ${predictor}`)),
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
        sourced(
          `${y} ≈ ${factor.toPrecision(4)} · (${x})^${formatExponent(exponent)}`,
          source(`factor and exponent of the ${what}`),
        ),
        sourced(n, source(`number of pairs of the ${what}`)),
        sourced(exponent, source(`exponent of the ${what}`), { uncertainty: halfWidth(interval) }),
        sourced(
          formatBounds(interval, formatExponent),
          source(`Student interval of the exponent of the ${what}`),
        ),
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

function formatExponent(value: number): string {
  return value.toFixed(4).replace('-', '−');
}

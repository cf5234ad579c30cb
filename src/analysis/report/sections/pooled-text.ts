import { computed } from '../../provenance.js';
import type { SweepAnalysis } from '../../sweep-analysis.js';
import { formatCorrelation, formatInterval, formatP, NO_VALUE } from '../../tables/format.js';
import { halfWidth } from '../../tables/uncertainty.js';
import { value, type RichText } from '../inline.js';

/** The correlation of validation NLL and top-1 over the epochs of all runs together, in a sentence; null for one run. */
export function pooledText({ runs: all, correlations }: SweepAnalysis): RichText | null {
  const { pooled } = correlations;
  if (pooled?.within == null) return null;
  const { overall, within, runs } = pooled;
  const ids = all.flatMap(({ id, correlation }) => (correlation === null ? [] : [id]));
  const number = (text: string, what: string): RichText[number] =>
    value(text, computed(ids, `${what} of val.nll and val.top1 over the epochs`));
  const { interval, p } = within;
  return [
    `Over the epochs of all ${runs} runs together: within runs r = `,
    number(formatCorrelation(within.r, halfWidth(interval)), 'Pearson r within runs'),
    ` (${within.df} degrees of freedom`,
    ...(interval === null
      ? []
      : [
          ', 95% interval ',
          number(formatInterval(interval), 'Fisher interval of Pearson r within runs'),
        ]),
    ...(p === null
      ? []
      : [p < 0.001 ? ', p ' : ', p = ', number(formatP(p), 'p of Pearson r within runs')]),
    '); with the differences between runs r = ',
    overall.r === null
      ? NO_VALUE
      : number(formatCorrelation(overall.r, halfWidth(overall.interval)), 'Pearson r of all pairs'),
    ` (${overall.n} epochs).`,
  ];
}

import type {
  Ablation,
  AblationMeasure,
  Estimate,
  MeasureName,
} from '../ablation/compare-ablation.js';
import type { RunRow } from '../../core/store/run-row.js';
import { computed, recorded, type Provenance } from '../provenance.js';
import {
  formatBounds,
  formatByUncertainty,
  formatCount,
  formatNll,
  formatSeconds,
  formatTop1,
} from './format.js';
import { sourced, withoutEmptyColumns, type Cell, type Table } from './table.js';
import { halfWidth } from './uncertainty.js';

/** How a measure is called and written. */
export const ABLATION_MEASURES: Readonly<
  Record<MeasureName, { readonly title: string; readonly format: (value: number) => string }>
> = {
  'texts.train': { title: 'Training texts', format: formatCount },
  'test.nll': { title: 'Test NLL (nats per text)', format: formatNll },
  'test.top1': { title: 'Test top-1', format: formatTop1 },
  'val.nll': { title: 'Val NLL (nats per text)', format: formatNll },
  'val.top1': { title: 'Val top-1', format: formatTop1 },
  'train.nll': { title: 'Train NLL (nats per text)', format: formatNll },
  bestEpoch: { title: 'Best epoch', format: formatCount },
  epochs: { title: 'Epochs', format: formatCount },
  seconds: { title: 'Time', format: formatSignedSeconds },
};

const BASIS = {
  seeds: 'Student’s interval over the seeds',
  texts: 'paired bootstrap over the test texts',
} as const;

/** Full and ablated runs side by side, one row a measure. */
export function ablationTable(
  ablations: readonly Ablation[],
  labelOf: (run: RunRow) => string,
): Table {
  return withoutEmptyColumns({
    columns: [
      { title: 'Run', align: 'left' },
      { title: 'Measure', align: 'left' },
      { title: 'Full', align: 'right' },
      { title: 'Fewer texts', align: 'right' },
      { title: 'Difference', align: 'right' },
      { title: '95% interval', align: 'left' },
      { title: 'Ratio', align: 'right', format: formatRatio },
      { title: '95% interval of the ratio', align: 'left' },
    ],
    rows: ablations.flatMap((ablation) => {
      const name = ablation.pairs.map(({ ablated }) => labelOf(ablated)).join(', ');
      const shown = ablations.length > 1 ? name : null;
      return ablation.measures.map((measure) => [shown, ...rowOf(ablation, measure)]);
    }),
  });
}

function rowOf({ pairs }: Ablation, one: AblationMeasure): Cell[] {
  const { measure, full, ablated, difference, ratio, basis } = one;
  const { title, format } = ABLATION_MEASURES[measure];
  const sourceOf = (side: 'full' | 'ablated'): Provenance =>
    sideSource(
      pairs.map((pair) => pair[side]),
      measure,
    );
  const text = (value: number, interval: Estimate['interval']): string =>
    formatByUncertainty(value, halfWidth(interval), format);
  const compared = estimateSource(pairs, one, 'difference');
  return [
    title,
    sourced(full, sourceOf('full'), { text: format(full) }),
    sourced(ablated, sourceOf('ablated'), { text: format(ablated) }),
    sourced(difference.value, compared, { text: text(difference.value, difference.interval) }),
    difference.interval && sourced(formatBounds(difference.interval, format), compared),
    ratio &&
      sourced(ratio.value, estimateSource(pairs, one, 'ratio'), {
        uncertainty: halfWidth(ratio.interval),
      }),
    basis === null || !ratio?.interval
      ? null
      : sourced(formatBounds(ratio.interval, formatRatio), estimateSource(pairs, one, 'ratio')),
  ];
}

/** Where the number of one side comes from. */
export function sideSource(runs: readonly RunRow[], measure: MeasureName): Provenance {
  const [run, ...others] = runs;
  if (run === undefined || others.length > 0)
    return computed(
      runs.map(({ id }) => id),
      `mean of ${measure}`,
    );
  return recorded(run.id, measure, eventOf(run, measure));
}

/** Where a difference or a ratio comes from, and its interval. */
export function estimateSource(
  pairs: Ablation['pairs'],
  { measure, basis }: AblationMeasure,
  what: 'difference' | 'ratio',
): Provenance {
  const ids = pairs.flatMap(({ full, ablated }) => [full.id, ablated.id]);
  const how = basis === null ? '' : `, ${BASIS[basis]},`;
  return computed(ids, `${what} of ${measure}${how}`);
}

function eventOf(run: RunRow, measure: MeasureName): Parameters<typeof recorded>[2] {
  if (measure.startsWith('test.')) return { seq: run.testSeq, epoch: run.bestEpoch };
  if (/^(?:val|train)\.|^bestEpoch$/.test(measure))
    return { seq: run.bestSeq, epoch: run.bestEpoch };
  return {};
}

/** Three decimals. */
export function formatRatio(value: number): string {
  return value.toFixed(3);
}

function formatSignedSeconds(value: number): string {
  return value < 0 ? `−${formatSeconds(-value)}` : formatSeconds(value);
}

import type { RunRow } from '../../../core/store/run-row.js';
import type { Ablation, AblationMeasure, MeasureName } from '../../ablation/compare-ablation.js';
import type { Provenance } from '../../provenance.js';
import {
  ABLATION_MEASURES,
  estimateSource,
  formatRatio,
  sideSource,
} from '../../tables/ablation-table.js';
import { formatBounds, formatByUncertainty, formatNll } from '../../tables/format.js';
import { halfWidth } from '../../tables/uncertainty.js';
import { value, type RichText } from '../inline.js';

interface Naming {
  /** Sweep of the section. */
  readonly sweep: string;
  readonly labelOf: (run: RunRow) => string;
}

/** What an ablation costs, in words with the numbers. */
export function ablationText(ablation: Ablation, { sweep, labelOf }: Naming): RichText {
  const { pairs } = ablation;
  const names = (runs: readonly RunRow[]): string =>
    [...new Set(runs.map((run) => labelOf(run)))].join(', ');
  const full = pairs.map((pair) => pair.full);
  const isElsewhere = full.every((run) => run.appearances.every((one) => one.sweep !== sweep));
  return [
    { kind: 'strong', content: [names(pairs.map(({ ablated }) => ablated))] },
    ' has ',
    ...textsOf(ablation),
    { kind: 'strong', content: [names(full)] },
    isElsewhere ? ' (a run that this sweep does not have itself); ' : '; ',
    'all else of the training is the same. ',
    ...scoreText(ablation, 'test.nll'),
    ...top1Text(ablation),
  ];
}

function find({ measures }: Ablation, name: MeasureName): AblationMeasure | undefined {
  return measures.find(({ measure }) => measure === name);
}

/** `1 000 training texts, 11.5% of the 8 664 of ` */
function textsOf(ablation: Ablation): RichText {
  const found = find(ablation, 'texts.train');
  if (found === undefined) return ['fewer training texts than '];
  const { pairs } = ablation;
  const { format } = ABLATION_MEASURES['texts.train'];
  const [ablated, full] = (['ablated', 'full'] as const).map((side) =>
    value(
      format(found[side]),
      sideSource(
        pairs.map((pair) => pair[side]),
        'texts.train',
      ),
    ),
  );
  const share = `${((found.ablated / found.full) * 100).toFixed(1)}%`;
  return [
    ablated ?? '',
    ' training texts, ',
    value(share, estimateSource(pairs, found, 'ratio')),
    ' of the ',
    full ?? '',
    ' of ',
  ];
}

/** The test NLL of both sides, what lies between, and how sure that is. */
function scoreText(ablation: Ablation, name: 'test.nll'): RichText {
  const found = find(ablation, name);
  if (found === undefined) return [];
  const { pairs } = ablation;
  const { difference, ratio } = found;
  const side = (which: 'ablated' | 'full') =>
    value(
      formatNll(found[which]),
      sideSource(
        pairs.map((pair) => pair[which]),
        name,
      ),
    );
  const amount = formatByUncertainty(
    Math.abs(difference.value),
    halfWidth(difference.interval),
    formatNll,
  );
  const of = estimateSource(pairs, found, 'difference');
  return [
    `Its best ${pairs.length > 1 ? 'checkpoints need' : 'checkpoint needs'} `,
    side('ablated'),
    ' nats per test text instead of ',
    side('full'),
    ': ',
    value(amount, of),
    difference.value < 0 ? ' fewer' : ' more',
    ...intervalText(difference.interval, formatNll, of),
    ...(ratio === null
      ? []
      : [
          ', ',
          value(
            formatByUncertainty(ratio.value, halfWidth(ratio.interval), formatRatio),
            estimateSource(pairs, found, 'ratio'),
          ),
          ' times as many',
          ...intervalText(ratio.interval, formatRatio, estimateSource(pairs, found, 'ratio')),
        ]),
    '. ',
    ...verdict(found, pairs),
  ];
}

function intervalText(
  interval: AblationMeasure['difference']['interval'],
  format: (value: number) => string,
  source: Provenance,
): RichText {
  if (interval === null) return [];
  return [' (95% interval ', value(formatBounds(interval, format), source), ')'];
}

/** Whether the texts, or the seeds, can tell the two apart. */
function verdict({ difference, basis }: AblationMeasure, pairs: Ablation['pairs']): RichText {
  const { interval } = difference;
  if (interval === null || basis === null) return [];
  if (interval.low > 0 || interval.high < 0) return [];
  const by = basis === 'texts' ? 'These test texts' : `These ${pairs.length} seeds`;
  return [`${by} cannot tell them apart. `];
}

function top1Text(ablation: Ablation): RichText {
  const found = find(ablation, 'test.top1');
  if (found === undefined) return [];
  const { format } = ABLATION_MEASURES['test.top1'];
  const { pairs } = ablation;
  const [ablated, full] = (['ablated', 'full'] as const).map((side) =>
    value(
      format(found[side]),
      sideSource(
        pairs.map((pair) => pair[side]),
        'test.top1',
      ),
    ),
  );
  return ['Top-1 on the test texts is ', ablated ?? '', ' instead of ', full ?? '', '.'];
}

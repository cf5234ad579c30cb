import type { SweepDatabase } from '../../../core/store/database.js';
import { epochMetrics, type EpochRow } from '../../../core/store/metric-queries.js';
import type { RunRow } from '../../../core/store/run-row.js';
import type { Ablation } from '../../ablation/compare-ablation.js';
import { analyzeRun } from '../../analyze-run.js';
import { lineChart, type CurveMetric } from '../../figures/line-chart.js';
import type { RunStyle } from '../../figures/palette.js';
import { computed } from '../../provenance.js';
import { ablationTable } from '../../tables/ablation-table.js';
import { value } from '../inline.js';
import { namedFigure, namedTable } from '../named.js';
import type { Block, ListBlock } from '../report.js';
import type { SectionData } from '../section-data.js';
import { ablationSampleBlocks } from './ablation-samples.js';
import { ablationText } from './ablation-text.js';

/** Ablations that are told and drawn: the curves of more cannot be told apart. */
const MOST_SHOWN = 4;

/** Runs on fewer texts beside their full runs: in words, numbers, curves and samples; nothing for a sweep without one. */
export function ablationBlocks(
  db: SweepDatabase,
  section: SectionData,
  ablations: readonly Ablation[],
  styles: ReadonlyMap<string, RunStyle>,
): Block[] {
  const { name: sweep } = section.sweep;
  const shown = ablations.slice(0, MOST_SHOWN);
  if (shown.length === 0) return [];
  const labelOf = labelIn(sweep);
  const runs = distinctRuns(shown);
  const epochsOf = (run: RunRow): readonly EpochRow[] =>
    section.epochs.get(run.id) ?? epochMetrics(db, run.id);
  const curves = runs.map((run) => ({
    name: labelOf(run),
    style: styles.get(run.id) ?? null,
    bestEpoch: run.bestEpoch,
    points: epochsOf(run),
  }));
  const figure = (name: string, metric: CurveMetric, what: string): Block[] => {
    const spec = lineChart(curves, metric);
    const alt = `${what} over the epochs of ${curves.map((curve) => curve.name).join(', ')}`;
    const caption = [
      'An epoch is one pass over the training texts that a run has: fewer texts, fewer steps.',
    ];
    return spec === null ? [] : [namedFigure(sweep, name, { caption, alt }, spec)];
  };
  return [
    { kind: 'heading', level: 1, text: 'Fewer texts beside the full run' },
    ...shown.map((ablation): Block => ({
      kind: 'text',
      text: ablationText(ablation, { sweep, labelOf }),
    })),
    ...moreThan(shown.length, ablations.length),
    { kind: 'list', items: runs.flatMap((run) => courseOf(db, run, { labelOf, epochsOf })) },
    namedTable(
      sweep,
      'ablation',
      [
        'Scores of the best checkpoints; training NLL is the mean over the best epoch, with dropout. Difference: fewer ' +
          'texts − full. Both were scored on the same test texts, so the intervals of one pair are those of a paired ' +
          'bootstrap over these texts: they know nothing of how the training depends on its seed. Of several seeds they ' +
          'are Student’s, over the differences and over the logarithms of the ratios, seed by seed.',
      ],
      ablationTable(shown, labelOf),
    ),
    ...figure('ablation-curves', 'nll', 'NLL'),
    ...figure('ablation-top1-curves', 'top1', 'Top-1'),
    ...shown.flatMap(({ pairs: [pair] }, place) =>
      ablationSampleBlocks(db, pair, { sweep, place, labelOf }),
    ),
  ];
}

/** A run's name in its sweep; of another sweep as the other commands take it: `q2/5m`. */
function labelIn(sweep: string): (run: RunRow) => string {
  return ({ id, appearances }) => {
    const own = appearances.find((one) => one.sweep === sweep);
    if (own !== undefined) return own.name;
    const [other] = appearances;
    return other === undefined ? id : `${other.sweep}/${other.name}`;
  };
}

/** Full runs first, each once. */
function distinctRuns(ablations: readonly Ablation[]): RunRow[] {
  const pairs = ablations.flatMap((one) => one.pairs);
  const runs = [...pairs.map(({ full }) => full), ...pairs.map(({ ablated }) => ablated)];
  return [...new Map(runs.map((run) => [run.id, run])).values()];
}

function moreThan(shown: number, all: number): Block[] {
  if (shown === all) return [];
  return [
    {
      kind: 'text',
      text: [`${all - shown} more runs on fewer texts are in the tables of results.`],
    },
  ];
}

function courseOf(
  db: SweepDatabase,
  run: RunRow,
  {
    labelOf,
    epochsOf,
  }: {
    readonly labelOf: (run: RunRow) => string;
    readonly epochsOf: (run: RunRow) => readonly EpochRow[];
  },
): ListBlock['items'] {
  const among = { rank: null, correlation: null, epochs: epochsOf(run) };
  const { diagnosis } = analyzeRun(db, run, among);
  if (diagnosis === null) return [];
  const source = computed([run.id], 'diagnosis of val.nll and train.nll');
  return [{ label: labelOf(run), text: [value(diagnosis.text, source)] }];
}

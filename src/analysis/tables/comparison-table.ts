import { computed } from '../provenance.js';
import type { RankRange } from '../statistics/rank-ranges.js';
import type { SweepAnalysis } from '../sweep-analysis.js';
import { formatBounds, formatCount, formatNll } from './format.js';
import { sourced, type Table } from './table.js';
import { halfWidth } from './uncertainty.js';

/** How the training of each run went, in a sentence. */
export function diagnosisTable(analysis: SweepAnalysis): Table {
  return {
    columns: [
      { title: 'Run', align: 'left' },
      { title: 'Training', align: 'left' },
    ],
    rows: analysis.runs.flatMap(({ id, name, diagnosis }) =>
      diagnosis === null
        ? []
        : [[name, sourced(diagnosis.text, computed([id], 'diagnosis of val.nll and train.nll'))]],
    ),
  };
}

/** The other runs beside the best one, text by text of the test split. */
export function comparisonTable({ comparison }: SweepAnalysis): Table {
  const best = comparison?.reference;
  return {
    columns: [
      { title: 'Run', align: 'left' },
      { title: 'Test texts', align: 'right', format: formatCount },
      { title: `NLL above ${best?.name ?? 'the best'}`, align: 'right', format: formatNll },
      { title: '95% interval', align: 'left' },
      { title: 'Told apart', align: 'left' },
      { title: 'Test rank', align: 'right' },
    ],
    rows: (comparison?.runs ?? []).map(({ id, name, n, difference, interval, isTied, ranks }) => {
      const source = computed([best?.id ?? id, id], 'paired bootstrap over the test texts');
      return [
        name,
        sourced(n, source),
        sourced(difference, source, { uncertainty: halfWidth(interval) }),
        sourced(formatBounds(interval, formatNll), source),
        isTied ? 'no: tied with the best' : 'yes',
        sourced(rankText(ranks), source),
      ];
    }),
  };
}

/** A place, or the places that are open: `2`, `1–3`. */
export function rankText({ best, worst }: RankRange): string {
  return best === worst ? String(best) : `${best}–${worst}`;
}

import { CHART_CONFIG, QUIET, type FigureSpec } from './chart-theme.js';
import { focusDomain } from './focus-domain.js';
import { epochAxis } from './line-chart.js';
import { hasMarks, SPLITS, type CurvePoint, type RunCurve, type Split } from './run-curve.js';
import { thinLine } from './thin-curve.js';

/** Panels of a figure: more of them are no longer looked at one by one. */
export const MAX_PANELS = 12;
const COLUMNS = 3;
/** Pixels of one panel, without axes. */
const PANEL = { width: 190, height: 140 } as const;
/** More points than pixels show nothing more. */
const MAX_POINTS_A_LINE = 200;

/**
 * NLL over the epochs, a small chart for each run in its own colour: validation solid, training dashed, a diamond at the
 * best epoch. Each has axes of its own, so that the course of a run is seen whatever the others reach; the overlaid
 * chart compares them. Null for fewer than two runs with an epoch.
 *
 * @param curves at most {@link MAX_PANELS}, in the order of the panels
 */
export function runPanels(
  curves: readonly RunCurve[],
  subtitle: readonly string[],
): FigureSpec | null {
  const panels = curves.filter((curve) => curve.points.length > 0).flatMap(panelOf);
  if (panels.length < 2) return null;
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    config: CHART_CONFIG,
    title: {
      text: 'Negative log-likelihood, run by run',
      subtitle: [
        'Solid: validation. Dashed: training (mean over the epoch, with dropout). Diamond: best epoch.',
        'Each panel has its own axes; early epochs may lie outside.',
        ...subtitle,
      ],
    },
    columns: COLUMNS,
    concat: panels,
  };
}

function panelOf(curve: RunCurve) {
  const domain = focusDomain(
    SPLITS.map((split) => curve.points.map((point) => nllOf(point, split))),
  );
  if (domain === null) return [];
  const color = curve.style?.colour ?? QUIET;
  const point = { type: 'point' as const, clip: true, filled: true, opacity: 1, color };
  return [
    {
      ...PANEL,
      title: { text: curve.name, fontSize: 12, limit: PANEL.width + 40, offset: 6 },
      data: { values: rowsOf(curve) },
      encoding: {
        x: {
          field: 'epoch',
          type: 'quantitative' as const,
          title: 'Epoch',
          ...withFewTicks(epochAxis([curve])),
        },
        y: {
          field: 'value',
          type: 'quantitative' as const,
          title: 'NLL (nats per text)',
          scale: { domain: [domain.low, domain.high], zero: false, nice: false },
          axis: { tickCount: 5 },
        },
      },
      layer: [
        {
          mark: { type: 'line' as const, clip: true, strokeWidth: 1.6, color },
          encoding: {
            strokeDash: {
              field: 'split',
              type: 'nominal' as const,
              legend: null,
              scale: {
                domain: [...SPLITS],
                range: [
                  [1, 0],
                  [5, 3],
                ],
              },
            },
          },
        },
        {
          transform: [{ filter: 'datum.isMarked && !datum.isBest' }],
          mark: { ...point, size: 14 },
        },
        {
          transform: [{ filter: 'datum.isBest' }],
          mark: {
            ...point,
            shape: 'diamond' as const,
            size: 90,
            stroke: 'black',
            strokeWidth: 1,
          },
        },
      ],
    },
  ];
}

function withFewTicks({ axis, scale }: ReturnType<typeof epochAxis>) {
  return { axis: { ...axis, tickCount: 5 }, scale };
}

function rowsOf(curve: RunCurve) {
  const { points, bestEpoch } = curve;
  return SPLITS.flatMap((split) => {
    const kept = thinLine(points, { count: MAX_POINTS_A_LINE, bestEpoch }, (one) =>
      nllOf(one, split),
    );
    return kept.map((point) => ({
      split,
      epoch: point.epoch,
      value: nllOf(point, split),
      isMarked: hasMarks(curve, split),
      isBest: split === 'validation' && point.epoch === bestEpoch,
    }));
  });
}

function nllOf(point: CurvePoint, split: Split): number {
  return split === 'validation' ? point.valNll : point.trainNll;
}

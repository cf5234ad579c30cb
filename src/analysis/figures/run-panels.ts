import { CHART_CONFIG, QUIET, type FigureSpec } from './chart-theme.js';
import {
  BEST,
  bestMark,
  curveRows,
  epochAxis,
  epochMark,
  LINE_KEY,
  MARKED,
  SPLIT_DASH,
} from './curve-parts.js';
import { focusDomain } from './focus-domain.js';
import { SPLITS, type CurvePoint, type RunCurve, type Split } from './run-curve.js';

/** Panels of a figure: more of them are no longer looked at one by one. */
export const MAX_PANELS = 12;
const COLUMNS = 3;
/** Pixels of one panel, without axes. */
const PANEL = { width: 190, height: 140 } as const;
/** More points than pixels show nothing more. */
const MAX_POINTS_A_LINE = 200;
/** Characters of a panel's title that fit above it. */
const LINE_CHARACTERS = 26;

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
        LINE_KEY,
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
    curve.points.filter(({ epoch }) => epoch === curve.bestEpoch).map(({ valNll }) => valNll),
  );
  if (domain === null) return [];
  const color = curve.style?.colour ?? QUIET;
  return [
    {
      ...PANEL,
      title: { text: titleLines(curve.name), fontSize: 11, limit: PANEL.width + 140, offset: 6 },
      data: {
        values: SPLITS.flatMap((split) =>
          curveRows(curve, split, MAX_POINTS_A_LINE, (one) => nllOf(one, split)),
        ),
      },
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
          encoding: { strokeDash: { ...SPLIT_DASH, legend: null } },
        },
        { transform: MARKED, mark: { ...epochMark(14), color } },
        { transform: BEST, mark: { ...bestMark(90), color } },
      ],
    },
  ];
}

/**
 * A name as lines of a panel's title. Names of a grid (`learningRate=0.003,embedding=24/seed=2`) differ at their ends,
 * which must not be cut off: they break behind `,` and before `/`.
 */
function titleLines(name: string): string | string[] {
  const lines = [''];
  for (const part of name.split(/(?<=,)|(?=\/)/)) {
    const last = lines.length - 1;
    const line = lines[last] ?? '';
    if (line !== '' && line.length + part.length > LINE_CHARACTERS) lines.push(part);
    else lines[last] = line + part;
  }
  return lines.length === 1 ? name : lines;
}

function withFewTicks({ axis, scale }: ReturnType<typeof epochAxis>) {
  return { axis: { ...axis, tickCount: 5 }, scale };
}

function nllOf(point: CurvePoint, split: Split): number {
  return split === 'validation' ? point.valNll : point.trainNll;
}

import type { ReactElement } from 'react';
import type { RankedRun, SizePoint } from '../../core/store/answer-queries.js';
import type { DashboardObjective } from '../../core/store/dashboard-scope.js';
import type { RunCorrelation } from '../actions.js';
import { Lines } from '../components/line.js';
import { rule } from '../components/rule.js';
import { cellWidth, fit } from '../text/cells.js';
import { formatCompact, formatCount, formatNll, formatTop1, plainText } from '../text/format.js';
import { shownNames } from '../text/run-names.js';
import { scatterChart } from '../text/scatter-chart.js';
import { clipSpans, type Span } from '../text/spans.js';
import { STATE_COLORS, type Theme, useTheme } from '../theme.js';
import { stateLetter } from './run-columns.js';

/** What the answers are made of. */
export interface AnswersViewProps {
  readonly objective: DashboardObjective;
  /** The best first; null while it is still being read. */
  readonly ranking: readonly RankedRun[] | null;
  readonly points: readonly SizePoint[];
  /** Of the validation NLL and top-1 over the epochs of a run. */
  readonly correlationOf: (runId: string, epochs: number) => RunCorrelation;
  /** Runs that the ranking is scrolled down. */
  readonly scroll: number;
  /** Told how far it can be. */
  readonly scrollLimit: { current: number };
  readonly width: number;
  readonly height: number;
}

const LEAST_SCATTER_LINES = 6;
/** Cells in which a name still says something. */
const LEAST_NAME = 10;
/** Of the screen; a short list leaves more. */
const SCATTER_SHARE = 0.42;

/** What the sweep says so far: who leads, how its two metrics hang together, and what size does. */
export function AnswersView(props: AnswersViewProps): ReactElement {
  const theme = useTheme();
  const { width, height, objective, scroll, scrollLimit } = props;
  const ranking = props.ranking ?? [];
  // Beside list and plot there are two titles and the names of the columns.
  const room = height - 3;
  const leastScatter = Math.max(LEAST_SCATTER_LINES, Math.floor(height * SCATTER_SHARE));
  const listLines = Math.min(ranking.length, room - leastScatter);
  const scatterLines = room - listLines;
  scrollLimit.current = Math.max(0, ranking.length - listLines);
  const start = Math.min(scroll, scrollLimit.current);
  const shown = ranking.slice(start, start + listLines);
  const format = objective.metric.endsWith('top1') ? formatTop1 : formatNll;
  const title: Span[] = [
    { text: 'Ranking', bold: true },
    { text: `  ${objective.goal} ${objective.metric}` },
    { text: `  ${formatCount(ranking.length)} with a value`, dim: true },
  ];
  const lines = [
    rule(title, width, theme),
    ...(props.ranking === null
      ? [[{ text: `reading the runs${theme.ellipsis}`, color: 'yellow' as const }]]
      : rankingLines(shown, start, props, format, theme)),
    rule(
      [
        { text: `${objective.metric} by parameters`, bold: true },
        { text: ' (logarithmic)', dim: true },
      ],
      width,
      theme,
    ),
    ...scatterChart(
      {
        points: props.points.map(({ parameters, value }) => ({ x: parameters, y: value })),
        width,
        height: scatterLines,
        formatX: formatCompact,
        formatY: format,
      },
      theme,
    ),
  ];
  return (
    <Lines lines={lines.slice(0, height).map((line) => clipSpans(line, width, theme.ellipsis))} />
  );
}

function rankingLines(
  shown: readonly RankedRun[],
  start: number,
  { correlationOf, width }: AnswersViewProps,
  format: (value: number) => string,
  theme: Theme,
): Span[][] {
  const isWide = width >= 100;
  const isNarrow = width < 76;
  const correlationWidth = isNarrow ? 6 : 23;
  const stateWidth = isNarrow ? 1 : 9;
  // Place, value and parameters with their gaps, and what depends on the width.
  const taken = 23 + correlationWidth + stateWidth + (isWide ? 15 : 0);
  const plain = shown.map(({ name }) => plainText(name));
  const { title, names } = shownNames(plain, Math.max(LEAST_NAME, width - taken), {
    title: 'RUN',
    ellipsis: theme.ellipsis,
  });
  const nameWidth = Math.max(cellWidth(title), ...names.map(cellWidth));
  const head = [
    fit('', 4),
    fit(title, nameWidth),
    fit('VALUE', 8, 'right'),
    ...(isWide ? [fit('NLL', 7, 'right'), fit('TOP-1', 6, 'right')] : []),
    fit('PARAMS', 6, 'right'),
    fit(isNarrow ? 'r' : 'r NLL/TOP-1 [95%]', correlationWidth, 'right'),
    fit(isNarrow ? 'S' : 'STATE', stateWidth),
  ].join(' ');
  const rows = shown.map((run, index): Span[] => {
    const score = (value: number | null, of: (value: number) => string): string =>
      value === null ? theme.noValue : of(value);
    const correlation = correlationOf(run.runId, run.epochs);
    return [
      { text: `${fit(`${start + index + 1}`, 4, 'right')} `, dim: true },
      { text: `${fit(names[index] ?? '', nameWidth)} `, bold: true },
      { text: fit(format(run.value), 8, 'right') },
      ...(isWide
        ? [
            { text: ` ${fit(score(run.valNll, formatNll), 7, 'right')}` },
            { text: ` ${fit(score(run.valTop1, formatTop1), 6, 'right')}` },
          ]
        : []),
      { text: ` ${fit(formatCompact(run.parameters), 6, 'right')}` },
      {
        text: ` ${fit(correlationText(correlation, isNarrow, theme), correlationWidth, 'right', theme.ellipsis)} `,
        dim: correlation.r === null,
      },
      {
        text: isNarrow ? stateLetter(run.state) : run.state,
        color: STATE_COLORS[run.state],
      },
    ];
  });
  return shown.length === 0
    ? [[{ text: 'No run has a value of the objective yet.', dim: true }]]
    : [[{ text: head, dim: true }], ...rows];
}

/** With its interval where there is room for it. */
function correlationText(
  { r, low, high, reason }: RunCorrelation,
  isShort: boolean,
  theme: Theme,
): string {
  if (r === null) return isShort ? theme.noValue : (reason ?? theme.noValue);
  const number = (value: number): string => value.toFixed(3);
  return isShort || low === null || high === null
    ? number(r)
    : `${number(r)} [${number(low)}, ${number(high)}]`;
}

import type { ReactElement } from 'react';
import { beside, halves } from '../components/beside.js';
import { Lines } from '../components/line.js';
import { rule, ruleWithFitting } from '../components/rule.js';
import type { ComparedRun } from '../model/close-up-reader.js';
import { cellWidth, fit } from '../text/cells.js';
import { curveChart } from '../text/curve-chart.js';
import { formatNll, formatTop1, plainText } from '../text/format.js';
import { shownNames } from '../text/run-names.js';
import { clipSpans, type Color, type Span } from '../text/spans.js';
import { type Theme, useTheme } from '../theme.js';

/** More curves could not be told apart. */
export const MOST_COMPARED = 8;

const COLORS: readonly Color[] = [
  'cyan',
  'yellow',
  'magenta',
  'green',
  'red',
  'blue',
  'white',
  'gray',
];

/** Validation curves of several runs over one another; a letter at its end tells a curve from the others. */
export function CompareView({
  runs,
  width,
  height,
}: {
  readonly runs: readonly ComparedRun[];
  readonly width: number;
  readonly height: number;
}): ReactElement {
  const theme = useTheme();
  const shown = runs.slice(0, MOST_COMPARED);
  const legend = legendLines(shown, width, theme);
  const room = height - legend.lines.length - 3;
  const isStacked = room >= 20;
  const chart = (metric: 'nll' | 'top1', columns: number, lines: number): Span[][] => [
    ruleWithFitting(chartTitles(metric), columns, theme),
    ...curveChart(
      {
        curves: shown.map((run, index) => ({
          points: run.epochs.map(({ epoch, valNll, valTop1 }) => ({
            x: epoch,
            y: metric === 'nll' ? valNll : valTop1,
          })),
          color: colorOf(index),
          letter: letterOf(index),
          sign: letterOf(index),
        })),
        width: columns,
        height: lines,
        xLabel: 'epoch',
        formatY: metric === 'nll' ? formatNll : formatTop1,
      },
      theme,
    ),
  ];
  const charts = isStacked ? stacked() : sideBySide();
  const unshown = runs.length - shown.length;
  const title: Span[] = [
    { text: legend.title, bold: true },
    { text: unshown > 0 ? `  the first ${shown.length} of ${runs.length} marked` : '', dim: true },
  ];
  const lines = [...charts, rule(title, width, theme), ...legend.lines].slice(0, height);
  const blank = Array.from({ length: height - lines.length }, (): Span[] => []);
  return (
    <Lines lines={[...lines, ...blank].map((line) => clipSpans(line, width, theme.ellipsis))} />
  );

  function stacked(): Span[][] {
    const upper = Math.ceil(room / 2);
    return [...chart('nll', width, upper), ...chart('top1', width, room - upper)];
  }

  function sideBySide(): Span[][] {
    const [left, right] = halves(width);
    return beside(chart('nll', left, room + 1), chart('top1', right, room + 1), left);
  }
}

/** The widest first. */
function chartTitles(metric: 'nll' | 'top1'): Span[][] {
  const [name, unit] =
    metric === 'nll'
      ? ['Validation NLL', 'nats per text']
      : ['Validation top-1', 'share of positions'];
  const title: Span = { text: name, bold: true };
  return [[title, { text: ` (${unit})`, dim: true }], [title]];
}

/** A line for each run: its letter, name, id and scores, one below the other. */
function legendLines(runs: readonly ComparedRun[], width: number, theme: Theme): Legend {
  const scores = runs.map(scoresText);
  const scoresWidth = Math.max(0, ...scores.map(({ length }) => length));
  const idWidth = Math.max(0, ...runs.map(({ id }) => id.length));
  const room = width - LETTER_CELLS - GAP - scoresWidth;
  const plain = runs.map(({ name }) => plainText(name));
  const { title, names } = shownNames(plain, Math.max(LEAST_NAME, room), {
    title: 'Runs',
    ellipsis: theme.ellipsis,
    titleWidth: width - 4,
  });
  const nameWidth = Math.max(0, ...names.map(cellWidth));
  const hasIds = nameWidth + GAP + idWidth <= room;
  const lines = runs.map(({ id }, index): Span[] => [
    { text: ` ${letterOf(index)} `, color: colorOf(index), bold: true },
    { text: fit(names[index] ?? '', nameWidth + GAP), color: colorOf(index) },
    ...(hasIds ? [{ text: fit(id, idWidth + GAP), dim: true }] : []),
    { text: scores[index] ?? '' },
  ]);
  return { title, lines };
}

interface Legend {
  readonly title: string;
  readonly lines: readonly Span[][];
}

const LETTER_CELLS = 3;
const GAP = 2;
/** Cells in which a name still says something. */
const LEAST_NAME = 6;

function scoresText({ epochs }: ComparedRun): string {
  const best = epochs.reduce<ComparedRun['epochs'][number] | undefined>(
    (low, epoch) => (low === undefined || epoch.valNll < low.valNll ? epoch : low),
    undefined,
  );
  return best === undefined
    ? 'no epoch'
    : `NLL ${formatNll(best.valNll)}  top-1 ${formatTop1(best.valTop1)}  epoch ${best.epoch}`;
}

function colorOf(index: number): Color {
  return COLORS[index] ?? 'white';
}

function letterOf(index: number): string {
  return String.fromCodePoint(97 + index);
}

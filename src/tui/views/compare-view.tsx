import type { ReactElement } from 'react';
import { beside, halves } from '../components/beside.js';
import { Lines } from '../components/line.js';
import { rule } from '../components/rule.js';
import type { ComparedRun } from '../model/close-up-reader.js';
import { curveChart } from '../text/curve-chart.js';
import { formatNll, formatTop1, plainText } from '../text/format.js';
import { clipSpans, type Color, joinParts, type Part, type Span } from '../text/spans.js';
import { useTheme } from '../theme.js';

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
  const legend = shown.map((run, index) => legendLine(run, index, width));
  const room = height - legend.length - 3;
  const isStacked = room >= 20;
  const chart = (metric: 'nll' | 'top1', columns: number, lines: number): Span[][] => [
    rule(
      [{ text: metric === 'nll' ? 'Validation NLL' : 'Validation top-1', bold: true }],
      columns,
      theme,
    ),
    ...curveChart(
      {
        curves: shown.map((run, index) => ({
          points: run.epochs.map(({ epoch, valNll, valTop1 }) => ({
            x: epoch,
            y: metric === 'nll' ? valNll : valTop1,
          })),
          color: COLORS[index] ?? 'white',
          letter: letterOf(index),
          sign: letterOf(index),
        })),
        width: columns,
        height: lines,
        formatY: metric === 'nll' ? formatNll : formatTop1,
      },
      theme,
    ),
  ];
  const charts = isStacked ? stacked() : sideBySide();
  const unshown = runs.length - shown.length;
  const title: Span[] = [
    { text: 'Runs', bold: true },
    { text: unshown > 0 ? `  the first ${shown.length} of ${runs.length} marked` : '', dim: true },
  ];
  const lines = [...charts, rule(title, width, theme), ...legend].slice(0, height);
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

function legendLine({ name, id, epochs }: ComparedRun, index: number, width: number): Span[] {
  const color = COLORS[index] ?? 'white';
  const best = epochs.reduce<ComparedRun['epochs'][number] | undefined>(
    (low, epoch) => (low === undefined || epoch.valNll < low.valNll ? epoch : low),
    undefined,
  );
  const scores: Part =
    best === undefined
      ? [{ text: 'no epoch yet', dim: true }]
      : [
          {
            text: `NLL ${formatNll(best.valNll)}  top-1 ${formatTop1(best.valTop1)}  epoch ${best.epoch}`,
          },
        ];
  return joinParts(
    [
      [
        { text: ` ${letterOf(index)} `, color, bold: true },
        { text: plainText(name), color },
      ],
      [{ text: id, dim: true }],
    ],
    width,
    scores,
  );
}

function letterOf(index: number): string {
  return String.fromCodePoint(97 + index);
}

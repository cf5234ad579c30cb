import type { ComparedRun } from '../analysis/compare/compare-runs.js';
import { formatNll, formatTop1 } from '../analysis/tables/format.js';
import type { Color, Span } from '../tui/text/spans.js';
import { pc } from './colors.js';
import { print } from './output.js';

/** Lines of a chart, its axis included. */
const CHART_LINES = 14;

/** One colour a run, in turns; the letter at its end tells a curve from the others without colour. */
const COLORS: readonly Color[] = ['cyan', 'yellow', 'magenta', 'green', 'red', 'blue', 'white'];

/** Prints the validation curves of runs over one another, each signed with its letter: the first is `a`. */
export async function printCurves(runs: readonly ComparedRun[], width: number): Promise<void> {
  if (runs.every(({ epochs }) => epochs.length === 0)) return;
  const { curveChart } = await import('../tui/text/curve-chart.js');
  const { createTheme } = await import('../tui/text/theme.js');
  const theme = createTheme(process.env);
  const draw = (metric: 'valNll' | 'valTop1', formatY: (value: number) => string): string => {
    const curves = runs.map(({ epochs }, index) => ({
      points: epochs.map((epoch) => ({ x: epoch.epoch, y: epoch[metric] })),
      color: COLORS[index % COLORS.length] ?? 'white',
      letter: letterOf(index),
      sign: letterOf(index),
    }));
    const request = { curves, width, height: CHART_LINES, formatY, xLabel: 'epoch' };
    const lines = curveChart(request, theme);
    return lines.map((line) => line.map(paint).join('').trimEnd()).join('\n');
  };
  print(`\n${pc.bold('Validation NLL over the epochs')}\n${draw('valNll', formatNll)}`);
  print(`\n${pc.bold('Validation top-1 over the epochs')}\n${draw('valTop1', formatTop1)}`);
}

/** The letter that signs the run at this place, from 0. */
export function letterOf(index: number): string {
  return String.fromCodePoint(97 + index);
}

function paint({ text, color, bold, dim }: Span): string {
  const painted = color === undefined ? text : pc[color](text);
  const weighted = bold === true ? pc.bold(painted) : painted;
  return dim === true ? pc.dim(weighted) : weighted;
}

import type { FigureSpec } from '../../figures/chart-theme.js';
import { lineChart } from '../../figures/line-chart.js';
import { MAX_PANELS, runPanels } from '../../figures/run-panels.js';
import { runStyle, type RunStyle } from '../../figures/palette.js';
import type { RunCurve } from '../../figures/run-curve.js';
import { scatter } from '../../figures/scatter.js';
import type { RunAnalysis } from '../../sweep-analysis.js';
import { namedFigure } from '../named.js';
import type { Block } from '../report.js';
import type { SectionData } from '../section-data.js';

/** A figure's alternative text names at most so many runs: it is read aloud. */
const MAX_NAMES = 8;

/** More runs than can be told apart by colour and shape. */
const MANY_RUNS = 32;
/** Runs of so large a sweep that have a colour of their own: the best ones. */
const STYLED_RUNS = 8;

/**
 * One style for each run, over all sweeps of a report, the same in every figure: run id to style. The runs that train come
 * first, so that runs which only sample leave them their colours. Of a sweep of very many runs only the best have one.
 *
 * @param further ids of runs that have a style in any case
 */
export function assignStyles(
  sections: readonly SectionData[],
  further: readonly string[],
): Map<string, RunStyle> {
  const styles = new Map<string, RunStyle>();
  for (const kind of ['train', 'sample'] as const) {
    for (const id of sections.flatMap((section) => styledRuns(section, kind))) {
      if (!styles.has(id)) styles.set(id, runStyle(styles.size));
    }
  }
  for (const id of further) if (!styles.has(id)) styles.set(id, runStyle(styles.size));
  return styles;
}

function styledRuns({ analysis }: SectionData, kind: RunAnalysis['kind']): string[] {
  const runs = analysis.runs.filter((run) => run.kind === kind);
  if (runs.length <= MANY_RUNS) return runs.map(({ id }) => id);
  const place = (run: RunAnalysis): number => run.rank ?? Infinity;
  const best = runs.toSorted((a, b) => place(a) - place(b)).slice(0, STYLED_RUNS);
  return best.map(({ id }) => id);
}

/** The curves of a sweep and the scatter of its two metrics; nothing when no run has an epoch. */
export function curveBlocks(
  { sweep, runs, epochs, analysis }: SectionData,
  styles: ReadonlyMap<string, RunStyle>,
): Block[] {
  const curves = runs.flatMap((run): RunCurve[] => {
    const points = epochs.get(run.id);
    if (points === undefined) return [];
    const { name, bestEpoch } = run;
    return [{ name, style: styles.get(run.id) ?? null, bestEpoch, points }];
  });
  const names = curves.filter((curve) => curve.points.length > 0).map((curve) => curve.name);
  const of = `of ${names.length <= MAX_NAMES ? names.join(', ') : `${names.length} runs`}`;
  const figure = (name: string, alt: string, spec: FigureSpec | null): Block[] =>
    spec === null ? [] : [namedFigure(sweep.name, name, { caption: [], alt }, spec)];
  const figures = [
    figure('curves', `NLL over the epochs ${of}`, lineChart(curves, 'nll')),
    figure('run-curves', `NLL over the epochs, run by run, ${of}`, panels(curves, analysis)),
    figure('top1-curves', `Top-1 over the epochs ${of}`, lineChart(curves, 'top1')),
    figure('scatter', `Validation top-1 against NLL ${of}`, scatter(curves)),
  ].flat();
  return figures.length === 0 ? [] : [{ kind: 'heading', level: 1, text: 'Curves' }, ...figures];
}

/** All runs, or the best twelve in the order of the definition. */
function panels(curves: readonly RunCurve[], { runs }: SectionData['analysis']): FigureSpec | null {
  const drawn = curves.filter((curve) => curve.points.length > 0);
  if (drawn.length <= MAX_PANELS) return runPanels(drawn, []);
  const ranks = new Map(runs.map((run) => [run.name, run.rank ?? Infinity]));
  const place = ({ name }: RunCurve): number => ranks.get(name) ?? Infinity;
  const best = new Set(drawn.toSorted((a, b) => place(a) - place(b)).slice(0, MAX_PANELS));
  return runPanels(
    drawn.filter((curve) => best.has(curve)),
    [`The best ${MAX_PANELS} of ${drawn.length} runs.`],
  );
}

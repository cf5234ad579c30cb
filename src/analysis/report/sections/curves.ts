import type { SweepDatabase } from '../../../core/store/database.js';
import { epochMetrics } from '../../../core/store/metric-queries.js';
import type { FigureSpec } from '../../figures/chart-theme.js';
import { lineChart } from '../../figures/line-chart.js';
import { runStyle, type RunStyle } from '../../figures/palette.js';
import type { RunCurve } from '../../figures/run-curve.js';
import { scatter } from '../../figures/scatter.js';
import { namedFigure } from '../named.js';
import type { Block } from '../report.js';
import type { SectionData } from '../section-data.js';

/** A figure's alternative text names at most so many runs: it is read aloud. */
const MAX_NAMES = 8;

/** One style for each run that trains, over all sweeps of a report: run id to style. */
export function assignStyles(sections: readonly SectionData[]): Map<string, RunStyle> {
  const styles = new Map<string, RunStyle>();
  for (const run of sections.flatMap((section) => section.runs)) {
    if (run.kind === 'train' && !styles.has(run.id)) styles.set(run.id, runStyle(styles.size));
  }
  return styles;
}

/** The curves of a sweep and the scatter of its two metrics; nothing when no run has an epoch. */
export function curveBlocks(
  db: SweepDatabase,
  { sweep, runs }: SectionData,
  styles: ReadonlyMap<string, RunStyle>,
): Block[] {
  const curves: RunCurve[] = runs.flatMap((run) => {
    const style = styles.get(run.id);
    if (style === undefined) return [];
    const points = epochMetrics(db, run.id);
    return [{ name: run.name, style, bestEpoch: run.bestEpoch, points }];
  });
  const names = curves.filter((curve) => curve.points.length > 0).map((curve) => curve.name);
  const of = `of ${names.length <= MAX_NAMES ? names.join(', ') : `${names.length} runs`}`;
  const figure = (name: string, alt: string, spec: FigureSpec | null): Block[] =>
    spec === null ? [] : [namedFigure(sweep.name, name, { caption: [], alt }, spec)];
  const figures = [
    figure('curves', `NLL over the epochs ${of}`, lineChart(curves, 'nll')),
    figure('top1-curves', `Top-1 over the epochs ${of}`, lineChart(curves, 'top1')),
    figure('scatter', `Validation top-1 against NLL ${of}`, scatter(curves)),
  ].flat();
  return figures.length === 0 ? [] : [{ kind: 'heading', level: 1, text: 'Curves' }, ...figures];
}

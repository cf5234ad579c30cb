import type { SampleAnalysis } from '../sample-analysis.js';
import { SAMPLE_MEASURES } from '../tables/sample-table.js';
import { CHART_CONFIG, QUIET, type FigureSpec } from './chart-theme.js';
import type { RunStyle } from './palette.js';

/** The samples of one run. */
export interface SampledRun {
  /** Unique within the figure. */
  readonly name: string;
  /** As in the other figures; null for one of very many runs, which is drawn in grey. */
  readonly style: RunStyle | null;
  readonly samples: readonly SampleAnalysis[];
}

/** Each measure against the temperature, a small chart each; null when no run has two temperatures. */
export function temperatureChart(runs: readonly SampledRun[]): FigureSpec | null {
  const drawn = runs.filter(({ samples }) => samples.length > 1);
  const values = drawn.flatMap(({ name, samples }) =>
    samples.flatMap((one) =>
      SAMPLE_MEASURES.flatMap(({ key, title }) => {
        const value = one[key];
        return value === null
          ? []
          : [{ run: name, temperature: one.temperature, measure: title, value }];
      }),
    ),
  );
  if (values.length === 0) return null;
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    config: CHART_CONFIG,
    title: 'Sampled texts by temperature',
    data: { values },
    columns: 4,
    facet: {
      field: 'measure',
      type: 'nominal',
      title: null,
      sort: SAMPLE_MEASURES.map(({ title }) => title),
    },
    spec: {
      width: 130,
      height: 110,
      mark: { type: 'line', point: true },
      encoding: {
        x: { field: 'temperature', type: 'quantitative', title: 'Temperature' },
        y: {
          field: 'value',
          type: 'quantitative',
          title: null,
          scale: { zero: false },
          axis: { format: '~g' }, // the one tick of a measure that never changes would be 0.000000
        },
        color: {
          field: 'run',
          type: 'nominal',
          title: 'Run',
          scale: {
            domain: drawn.map(({ name }) => name),
            range: drawn.map(({ style }) => style?.colour ?? QUIET),
          },
          sort: null,
        },
        shape: {
          field: 'run',
          type: 'nominal',
          title: 'Run',
          scale: {
            domain: drawn.map(({ name }) => name),
            range: drawn.map(({ style }) => style?.shape ?? 'circle'),
          },
          sort: null,
        },
      },
    },
    resolve: { scale: { y: 'independent' } },
  };
}

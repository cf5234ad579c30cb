import type { SampleAnalysis } from '../sample-analysis.js';
import { SAMPLE_MEASURES } from '../tables/sample-table.js';
import { CHART_CONFIG, type FigureSpec } from './chart-theme.js';
import { COLOURS } from './palette.js';

/** The samples of one run. */
export interface SampledRun {
  readonly name: string;
  readonly samples: readonly SampleAnalysis[];
}

/** Each measure against the temperature, a small chart each; null when no run has two temperatures. */
export function temperatureChart(runs: readonly SampledRun[]): FigureSpec | null {
  const values = runs
    .filter(({ samples }) => samples.length > 1)
    .flatMap(({ name, samples }) =>
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
        y: { field: 'value', type: 'quantitative', title: null, scale: { zero: false } },
        color: {
          field: 'run',
          type: 'nominal',
          title: 'Run',
          scale: { range: [...COLOURS] },
          sort: null,
        },
      },
    },
    resolve: { scale: { y: 'independent' } },
  };
}

import type { RunStyle } from '../../figures/palette.js';
import { temperatureChart } from '../../figures/temperature-chart.js';
import { sampleTable } from '../../tables/sample-table.js';
import { namedFigure, namedTable } from '../named.js';
import type { Block } from '../report.js';
import type { SectionData } from '../section-data.js';
import { temperatureBlocks } from './temperature-text.js';

/** What is measured of the final samples, against the temperature where there are several. */
export function sampleMeasureBlocks(
  { sweep, analysis }: SectionData,
  styles: ReadonlyMap<string, RunStyle>,
): Block[] {
  const table = sampleTable(analysis);
  if (table.rows.length === 0) return [];
  const figure = temperatureChart(
    analysis.runs.map(({ id, name, samples }) => ({
      name,
      style: styles.get(id) ?? null,
      samples,
    })),
  );
  return [
    { kind: 'heading', level: 1, text: 'What the samples are like' },
    {
      kind: 'text',
      text: [
        'A character c is drawn with probability p(c) = exp(z(c)/T) / Σ exp(z(k)/T) from the scores z of the model: a low ' +
          'temperature T takes nearly always the most probable character, T = 1 draws as the model has learned.',
      ],
    },
    ...temperatureBlocks(analysis.runs),
    namedTable(
      sweep.name,
      'samples',
      [
        'Entropy: of the next-character distribution at the temperature. Known words: share that occur in the training ' +
          'texts. Copied texts: share that are a training text. Trigram divergence: Jensen-Shannon, from the test texts. ' +
          'Distinct-n: different words, or pairs of words, among all. Repetition: share of words that the same text had before.',
      ],
      table,
    ),
    ...(figure === null
      ? []
      : [
          namedFigure(
            sweep.name,
            'temperatures',
            { caption: [], alt: 'Measures of the sampled texts against the temperature' },
            figure,
          ),
        ]),
  ];
}

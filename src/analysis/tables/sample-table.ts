import { recorded } from '../provenance.js';
import type { SampleAnalysis } from '../sample-analysis.js';
import type { SweepAnalysis } from '../sweep-analysis.js';
import { formatCount } from './format.js';
import { sourced, withoutEmptyColumns, type Cell, type Table, type TableColumn } from './table.js';

/** What is measured of sampled texts, with its title and decimals, in the order of the table and the figure. */
export const SAMPLE_MEASURES = [
  { key: 'entropy', title: 'Entropy (nats)', digits: 3 },
  { key: 'knownWords', title: 'Known words', digits: 3 },
  { key: 'copiedTexts', title: 'Copied texts', digits: 3 },
  { key: 'trigramDivergence', title: 'Trigram divergence (bits)', digits: 3 },
  { key: 'distinct1', title: 'Distinct-1', digits: 3 },
  { key: 'distinct2', title: 'Distinct-2', digits: 3 },
  { key: 'repetition', title: 'Repetition', digits: 3 },
  { key: 'length', title: 'Length (characters)', digits: 1 },
] as const satisfies readonly { key: keyof SampleAnalysis; title: string; digits: number }[];

/** The final samples of each run at each temperature; columns that no run has are left out. */
export function sampleTable(analysis: SweepAnalysis): Table {
  return withoutEmptyColumns({
    columns: [
      { title: 'Run', align: 'left' },
      { title: 'Temperature', align: 'right' },
      { title: 'Texts', align: 'right', format: formatCount },
      ...measureColumns(),
    ],
    rows: analysis.runs.flatMap(({ id, name, samples }) =>
      samples.map((one): Cell[] => [
        name,
        one.temperature,
        sourced(one.texts, recorded(id, 'number of texts', one)),
        ...measureCells(id, one),
      ]),
    ),
  });
}

/** The samples of one run as its training went on. */
export function trainingSampleTable(runId: string, samples: readonly SampleAnalysis[]): Table {
  return withoutEmptyColumns({
    columns: [
      { title: 'Epoch', align: 'right', format: formatCount },
      { title: 'Temperature', align: 'right' },
      { title: 'Texts', align: 'right', format: formatCount },
      ...measureColumns(),
    ],
    rows: samples.map((one) => [
      one.epoch,
      one.temperature,
      sourced(one.texts, recorded(runId, 'number of texts', one)),
      ...measureCells(runId, one),
    ]),
  });
}

function measureColumns(): TableColumn[] {
  return SAMPLE_MEASURES.map(({ title, digits }) => ({
    title,
    align: 'right',
    format: (value) => value.toFixed(digits),
  }));
}

function measureCells(runId: string, sample: SampleAnalysis): Cell[] {
  return SAMPLE_MEASURES.map(({ key }) =>
    sourced(
      sample[key],
      recorded(runId, `samples.${key} at temperature ${sample.temperature}`, sample),
    ),
  );
}

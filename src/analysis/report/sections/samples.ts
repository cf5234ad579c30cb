import type { SweepDatabase } from '../../../core/store/database.js';
import {
  finalSamples,
  samplesByEpoch,
  type SampleSet,
} from '../../../core/store/sample-queries.js';
import { analyzeTrainingSamples } from '../../sample-analysis.js';
import type { RunAnalysis } from '../../sweep-analysis.js';
import { trainingSampleTable } from '../../tables/sample-table.js';
import { namedTable } from '../named.js';
import type { Block, SamplesBlock } from '../report.js';
import type { SectionData } from '../section-data.js';

/** Texts shown for one run and temperature at the end: enough to see a manner, few enough to read. */
const FINAL_TEXTS = 8;
/** Texts shown for one epoch and temperature. */
const EPOCH_TEXTS = 4;
/** Moments shown of a training: a long run improves a hundred times. */
const MAX_EPOCHS = 16;

/** Runs whose texts are shown: of more the best, which are what one reads. */
const MAX_RUNS = 24;

/** Texts from the best checkpoint of every run; of very many runs those of the best. */
export function finalSampleBlocks(db: SweepDatabase, section: SectionData): Block[] {
  const { analysis } = section;
  const sampled = analysis.runs.filter(({ samples }) => samples.length > 0);
  const place = (run: RunAnalysis): number => run.rank ?? Infinity;
  const shown = sampled.toSorted((a, b) => place(a) - place(b)).slice(0, MAX_RUNS);
  const runs = sampled.length <= MAX_RUNS ? sampled : shown;
  const blocks = runs.flatMap((run): Block[] => {
    const sets = finalSamples(db, run.id);
    if (sets.length === 0) return [];
    return [
      { kind: 'heading', level: 2, text: run.name },
      ...sets.map((set) => samplesBlock(run.id, 'final', set, `Temperature ${set.temperature}`)),
    ];
  });
  if (blocks.length === 0) return [];
  const others = sampled.length - runs.length;
  const note: Block[] =
    others === 0
      ? []
      : [
          {
            kind: 'text',
            text: [
              `Of the ${MAX_RUNS} best runs; those of ${others} others are in the results: `,
              { kind: 'code', text: 'npx sweep show RUN' },
              '.',
            ],
          },
        ];
  return [{ kind: 'heading', level: 1, text: 'Sampled texts' }, ...note, ...blocks];
}

/** Texts of the best run as its training went on. */
export function trainingSampleBlocks(db: SweepDatabase, { sweep, analysis }: SectionData): Block[] {
  const { best } = analysis;
  if (best === null) return [];
  const sets = samplesByEpoch(db, best.id);
  const epochs = [...new Set(sets.map((set) => set.epoch))];
  if (epochs.length === 0) return [];
  const shown = new Set(thin(epochs, MAX_EPOCHS));
  const summary =
    shown.size < epochs.length
      ? `${shown.size} of ${epochs.length} sampled epochs`
      : `${epochs.length} sampled ${epochs.length === 1 ? 'epoch' : 'epochs'}`;
  return [
    { kind: 'heading', level: 1, text: `Sampled texts while ${best.name} was trained` },
    namedTable(
      sweep.name,
      'training-samples',
      [
        'What the texts of each sampled epoch are like; the measures are those of the final samples.',
      ],
      trainingSampleTable(best.id, analyzeTrainingSamples(db, best.id)),
    ),
    {
      kind: 'details',
      summary,
      blocks: sets
        .filter((set) => shown.has(set.epoch))
        .map((set) =>
          samplesBlock(best.id, 'epoch', set, `Epoch ${set.epoch}, temperature ${set.temperature}`),
        ),
    },
  ];
}

function samplesBlock(
  run: string,
  stage: SamplesBlock['stage'],
  { seq, epoch, temperature, texts }: SampleSet,
  label: string,
): SamplesBlock {
  const shown = texts.slice(0, stage === 'final' ? FINAL_TEXTS : EPOCH_TEXTS);
  const total = texts.length;
  return { kind: 'samples', label, run, seq, stage, epoch, temperature, texts: shown, total };
}

/** At most `count` of the values at even distances, the first and the last among them. */
function thin(values: readonly number[], count: number): number[] {
  if (values.length <= count) return [...values];
  const step = (values.length - 1) / (count - 1);
  return Array.from({ length: count }, (_, index) => values[Math.round(index * step)] ?? 0);
}

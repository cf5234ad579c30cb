import type { SweepDatabase } from '../core/store/database.js';
import {
  finalSamples,
  sampleMeasures,
  samplesByEpoch,
  type SampleMeasuresRow,
  type SampleSet,
} from '../core/store/sample-queries.js';
import { measureTexts, type TextMeasures } from './text-metrics/text-measures.js';

/** What is said of a run's final samples at one temperature; what its worker did not measure is null. */
export interface SampleAnalysis extends TextMeasures {
  readonly temperature: number;
  /** Number of the event that has the texts. */
  readonly seq: number;
  readonly epoch: number;
  readonly knownWords: number | null;
  readonly copiedTexts: number | null;
  readonly trigramDivergence: number | null;
  readonly entropy: number | null;
}

/** The final samples of a run by rising temperature. */
export function analyzeSamples(db: SweepDatabase, runId: string): SampleAnalysis[] {
  return measureSets(finalSamples(db, runId), sampleMeasures(db, runId, 'final'));
}

/** The samples that were taken while a run was trained, by epoch and rising temperature. */
export function analyzeTrainingSamples(db: SweepDatabase, runId: string): SampleAnalysis[] {
  return measureSets(samplesByEpoch(db, runId), sampleMeasures(db, runId, 'epoch'));
}

function measureSets(
  sets: readonly SampleSet[],
  measures: readonly SampleMeasuresRow[],
): SampleAnalysis[] {
  return sets
    .filter(({ texts }) => texts.length > 0)
    .map(({ temperature, seq, epoch, texts }) => {
      const worker = measures.find((one) => one.temperature === temperature && one.epoch === epoch);
      return {
        temperature,
        seq,
        epoch,
        ...measureTexts(texts),
        knownWords: worker?.knownWords ?? null,
        copiedTexts: worker?.copiedTexts ?? null,
        trigramDivergence: worker?.trigramDivergence ?? null,
        entropy: worker?.entropy ?? null,
      };
    });
}

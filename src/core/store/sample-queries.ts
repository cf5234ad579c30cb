import { z } from 'zod';
import type { SweepDatabase } from './database.js';
import { jsonColumn, parseRows } from './parse-rows.js';

const sampleSetSchema = z.object({
  /** Number of the event that has the texts. */
  seq: z.int(),
  /** Epoch of the model, from 0. */
  epoch: z.int(),
  temperature: z.number(),
  texts: jsonColumn(z.array(z.string())),
});

/** Texts that were sampled at one temperature at one moment. */
export type SampleSet = Readonly<z.infer<typeof sampleSetSchema>>;

const SELECT_SETS = `
  SELECT max(seq) AS seq, epoch, temperature, json_group_array(text ORDER BY position) AS texts
  FROM samples WHERE run_id = ? AND stage = ?
  GROUP BY epoch, temperature`;

/** Texts from the best checkpoint, by rising temperature. */
export function finalSamples(db: SweepDatabase, runId: string): SampleSet[] {
  const select = db.prepare(`${SELECT_SETS} ORDER BY temperature`);
  return parseRows(sampleSetSchema, select.all(runId, 'final'));
}

/** Texts sampled while training, by epoch, then by rising temperature. */
export function samplesByEpoch(db: SweepDatabase, runId: string): SampleSet[] {
  const select = db.prepare(`${SELECT_SETS} ORDER BY epoch, temperature`);
  return parseRows(sampleSetSchema, select.all(runId, 'epoch'));
}

const sampleMomentSchema = z.object({ stage: z.enum(['epoch', 'final']), epoch: z.int() });

/** A moment at which texts were sampled: after an epoch, or from the best checkpoint at the end. */
export type SampleMoment = Readonly<z.infer<typeof sampleMomentSchema>>;

/** The moments in their order, the final one last. */
export function sampleMoments(db: SweepDatabase, runId: string): SampleMoment[] {
  const select = db.prepare(`
    SELECT DISTINCT stage, epoch FROM samples WHERE run_id = ? ORDER BY stage = 'final', epoch`);
  return parseRows(sampleMomentSchema, select.all(runId));
}

/** The texts of one moment, by rising temperature. */
export function samplesAt(
  db: SweepDatabase,
  runId: string,
  { stage, epoch }: SampleMoment,
): SampleSet[] {
  const select = db.prepare(`
    SELECT max(seq) AS seq, epoch, temperature, json_group_array(text ORDER BY position) AS texts
    FROM samples WHERE run_id = ? AND stage = ? AND epoch = ?
    GROUP BY temperature ORDER BY temperature`);
  return parseRows(sampleSetSchema, select.all(runId, stage, epoch));
}

const sampleMeasuresSchema = z.object({
  stage: z.enum(['epoch', 'final']),
  epoch: z.int(),
  temperature: z.number(),
  /** Number of the event that has them, and the texts. */
  seq: z.int(),
  /** Share of the sampled words that occur in the training texts. */
  knownWords: z.number().nullable(),
  /** Share of the sampled texts that are a training text. */
  copiedTexts: z.number().nullable(),
  /** Jensen-Shannon divergence of character trigrams from the test texts, in bits. */
  trigramDivergence: z.number().nullable(),
  /** Mean entropy of the next-character distribution at the temperature, in nats. */
  entropy: z.number(),
});

/** What was measured of a set of sampled texts when it was made. */
export type SampleMeasuresRow = Readonly<z.infer<typeof sampleMeasuresSchema>>;

/** Measures of a run's samples, by epoch and rising temperature; runs of earlier versions have none. */
export function sampleMeasures(
  db: SweepDatabase,
  runId: string,
  stage: SampleMoment['stage'],
): SampleMeasuresRow[] {
  const select = db.prepare(`
    SELECT stage, epoch, temperature, seq, known_words, copied_texts, trigram_divergence, entropy
    FROM sample_measures WHERE run_id = ? AND stage = ? ORDER BY epoch, temperature`);
  return parseRows(sampleMeasuresSchema, select.all(runId, stage));
}

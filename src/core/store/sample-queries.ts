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

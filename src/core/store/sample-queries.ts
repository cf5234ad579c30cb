import { z } from 'zod';
import type { SweepDatabase } from './database.js';
import { jsonColumn, parseRows } from './parse-rows.js';

const sampleSetSchema = z.object({
  /** Epoch of the model, from 0. */
  epoch: z.int(),
  temperature: z.number(),
  texts: jsonColumn(z.array(z.string())),
});

/** Texts that were sampled at one temperature at one moment. */
export type SampleSet = Readonly<z.infer<typeof sampleSetSchema>>;

const SELECT_SETS = `
  SELECT epoch, temperature, json_group_array(text ORDER BY position) AS texts
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

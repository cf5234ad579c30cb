import { z } from 'zod';
import { decodeFloats } from '../run-folder/float-list.js';
import type { SweepDatabase } from './database.js';
import { booleanColumn, parseRows } from './parse-rows.js';
import { prepared } from './prepared.js';

const epochRowSchema = z.object({
  /** From 0. */
  epoch: z.int(),
  /** Number of the event that reported it. */
  seq: z.int(),
  trainNll: z.number(),
  trainTop1: z.number(),
  valNll: z.number(),
  valTop1: z.number(),
  /** Whether the validation NLL was the lowest so far. */
  improved: booleanColumn,
  /** Training and evaluation together. */
  seconds: z.number(),
});

const metricValuesSchema = z.array(z.number());

const evaluationRowSchema = z.object({
  split: z.enum(['train', 'val', 'test']),
  /** Number of the event that reported it. */
  seq: z.int(),
  /** Epoch of the best checkpoint. */
  epoch: z.int(),
  nll: z.number(),
  top1: z.number(),
});

/** One epoch of the decoder-transformer. */
export type EpochRow = Readonly<z.infer<typeof epochRowSchema>>;
export type EvaluationRow = Readonly<z.infer<typeof evaluationRowSchema>>;

/** Which values of a run are meant. */
export interface MetricQuery {
  readonly split: 'train' | 'val';
  readonly name: 'nll' | 'top1';
  /** The first epoch, from 0. */
  readonly fromEpoch: number;
}

/** Scores after each epoch, in order. */
export function epochMetrics(db: SweepDatabase, runId: string): EpochRow[] {
  const score = (split: string, name: string): string =>
    `(SELECT value FROM metrics
      WHERE run_id = epochs.run_id AND split = '${split}' AND name = '${name}' AND metrics.epoch = epochs.epoch)`;
  const select = db.prepare(`
    SELECT epoch, seq, improved, train_seconds + evaluate_seconds AS seconds,
      ${score('train', 'nll')} AS train_nll, ${score('train', 'top1')} AS train_top1,
      ${score('val', 'nll')} AS val_nll, ${score('val', 'top1')} AS val_top1
    FROM epochs WHERE run_id = ? ORDER BY epoch`);
  return parseRows(epochRowSchema, select.all(runId));
}

/** One metric of a run over its epochs, in order, from an epoch on. */
export function metricSeries(
  db: SweepDatabase,
  runId: string,
  { split, name, fromEpoch }: MetricQuery,
): number[] {
  const select = prepared(
    db,
    'SELECT value FROM metrics WHERE run_id = ? AND split = ? AND name = ? AND epoch >= ? ORDER BY epoch',
  );
  return metricValuesSchema.parse(select.pluck().all(runId, split, name, fromEpoch));
}

/** Scores of the best checkpoint, without dropout. */
export function evaluations(db: SweepDatabase, runId: string): EvaluationRow[] {
  const select = db.prepare(`
    SELECT split, epoch, nll.seq AS seq, nll.value AS nll, top1.value AS top1
    FROM evaluations AS nll JOIN evaluations AS top1 USING (run_id, split, epoch)
    WHERE run_id = ? AND nll.name = 'nll' AND top1.name = 'top1'
    ORDER BY CASE split WHEN 'train' THEN 0 WHEN 'val' THEN 1 ELSE 2 END`);
  return parseRows(evaluationRowSchema, select.all(runId));
}

const baselineRowSchema = z.object({
  /** Such as `unigram`. */
  model: z.string(),
  split: z.enum(['val', 'test']),
  /** Number of the event that has both scores. */
  seq: z.int(),
  nll: z.number(),
  top1: z.number(),
});

/** A score of a model of counted characters on the texts of a run. */
export type BaselineRow = Readonly<z.infer<typeof baselineRowSchema>>;

/** Baselines of a run, the best on the test texts first; none for a run that is not at its end, or of an earlier version. */
export function baselineScores(db: SweepDatabase, runId: string): BaselineRow[] {
  const select = db.prepare(`
    SELECT model, split, seq, nll, top1 FROM baselines AS one WHERE run_id = ?
    ORDER BY (SELECT nll FROM baselines WHERE run_id = one.run_id AND model = one.model AND split = 'test'), model, split`);
  return parseRows(baselineRowSchema, select.all(runId));
}

/** NLL of each text of a split at a run's best checkpoint, in nats and in the order of the split; null when there is none. */
export function textScores(
  db: SweepDatabase,
  runId: string,
  split: 'val' | 'test',
): Float32Array | null {
  const select = db.prepare('SELECT nll FROM text_scores WHERE run_id = ? AND split = ?').pluck();
  const bytes = z.instanceof(Uint8Array).optional().parse(select.get(runId, split));
  return bytes === undefined ? null : decodeFloats(bytes);
}

import { z } from 'zod';
import type { SweepDatabase } from './database.js';
import { booleanColumn, parseRow, parseRows } from './parse-rows.js';
import { runsByIds } from './run-queries.js';
import type { RunRow } from './run-row.js';

/** What is exported: a sweep, or one run under the name it was found by. */
export type ExportScope =
  | { readonly kind: 'sweep'; readonly sweep: string }
  | { readonly kind: 'run'; readonly id: string; readonly name: string };

/** A run of the scope, under the name it has there. */
export interface ScopedRun {
  readonly runId: string;
  readonly name: string;
}

const scopedRunSchema = z.object({ runId: z.string(), name: z.string() });

/**
 * The runs of a scope in the order of its definition, one after the other: like every function of this file that gives
 * rows, it reads as it is asked, so that a million rows take no more memory than one.
 */
export function* scopedRuns(db: SweepDatabase, scope: ExportScope): Generator<ScopedRun> {
  if (scope.kind === 'run') {
    yield { runId: scope.id, name: scope.name };
    return;
  }
  const select = db.prepare(`
    SELECT run_id, name FROM sweep_runs AS place
    WHERE sweep = @sweep AND EXISTS (SELECT 1 FROM runs WHERE id = run_id) AND position =
      (SELECT min(position) FROM sweep_runs WHERE run_id = place.run_id AND sweep = @sweep)
    ORDER BY position`);
  for (const row of select.iterate({ sweep: scope.sweep })) yield parseRow(scopedRunSchema, row);
}

/** The rows of `runs`; see {@link scopedRuns}. */
export function* scopedRunRows(
  db: SweepDatabase,
  scope: ExportScope,
): Generator<{ readonly row: RunRow; readonly name: string }> {
  for (const { runId, name } of scopedRuns(db, scope)) {
    const [row] = runsByIds(db, [runId]);
    if (row !== undefined) yield { row, name };
  }
}

const metricNameSchema = z.object({ split: z.string(), name: z.string() });

/** A metric as it is recorded after each epoch. */
export type MetricName = Readonly<z.infer<typeof metricNameSchema>>;

/** The metrics that the runs of a scope have recorded: train and val first, then by name. */
export function scopedMetrics(db: SweepDatabase, scope: ExportScope): MetricName[] {
  const where =
    scope.kind === 'run'
      ? 'run_id = @scope'
      : 'run_id IN (SELECT run_id FROM sweep_runs WHERE sweep = @scope)';
  const select = db.prepare(`
    SELECT DISTINCT split, name FROM metrics WHERE ${where}
    ORDER BY CASE split WHEN 'train' THEN 0 WHEN 'val' THEN 1 ELSE 2 END, split, name`);
  const value = scope.kind === 'run' ? scope.id : scope.sweep;
  return parseRows(metricNameSchema, select.all({ scope: value }));
}

const exportedEpochSchema = z.object({
  /** From 0. */
  epoch: z.int(),
  /** Optimizer steps since the start of the run. */
  step: z.int(),
  improved: booleanColumn,
  trainSeconds: z.number(),
  evaluateSeconds: z.number(),
  textsPerSecond: z.number(),
  stepSeconds: z.number(),
  time: z.string(),
  /** In the order of the metrics that were asked for. */
  values: z.string().transform((text) => z.array(z.number().nullable()).parse(JSON.parse(text))),
});

/** One epoch with the metrics that were asked for. */
export type ExportedEpoch = Readonly<z.infer<typeof exportedEpochSchema>>;

/** The epochs of a run in their order, each with its value of each of `metrics`. */
export function* exportedEpochs(
  db: SweepDatabase,
  runId: string,
  metrics: readonly MetricName[],
): Generator<ExportedEpoch> {
  const value = `(SELECT value FROM metrics
    WHERE run_id = epochs.run_id AND split = ? AND name = ? AND metrics.epoch = epochs.epoch)`;
  const select = db.prepare(`
    SELECT epoch, step, improved, train_seconds, evaluate_seconds, texts_per_second, step_seconds, time,
      json_array(${metrics.map(() => value).join(', ')}) AS "values"
    FROM epochs WHERE run_id = ? ORDER BY epoch`);
  const names = metrics.flatMap(({ split, name }) => [split, name]);
  for (const row of select.iterate(...names, runId)) yield parseRow(exportedEpochSchema, row);
}

const exportedSampleSchema = z.object({
  /** `epoch`: while training, after that epoch; `final`: from the best checkpoint. */
  stage: z.enum(['epoch', 'final']),
  epoch: z.int(),
  temperature: z.number(),
  /** Place among the texts of the same moment and temperature, from 0. */
  position: z.int(),
  text: z.string(),
});

/** One sampled text. */
export type ExportedSample = Readonly<z.infer<typeof exportedSampleSchema>>;

/** The sampled texts of a run: those of the training by epoch, then the final ones; by rising temperature. */
export function* exportedSamples(db: SweepDatabase, runId: string): Generator<ExportedSample> {
  const select = db.prepare(`
    SELECT stage, epoch, temperature, position, text FROM samples WHERE run_id = ?
    ORDER BY stage, epoch, temperature, position`);
  for (const row of select.iterate(runId)) yield parseRow(exportedSampleSchema, row);
}

import { z } from 'zod';
import type { RunOutcome } from '../run-folder/run-state.js';
import type { SweepDatabase } from './database.js';
import { parseRows } from './parse-rows.js';
import { runRowSchema } from './run-row.js';

/** What a list says of a run. To read and check all columns would take two thirds of the time of a long list. */
const columns = runRowSchema.pick({
  id: true,
  kind: true,
  parameters: true,
  attempt: true,
  attempts: true,
  outcome: true,
  outcomeMessage: true,
  epochs: true,
  bestEpoch: true,
  bestValNll: true,
  bestValTop1: true,
  testNll: true,
  testTop1: true,
  note: true,
  tags: true,
});

const listedRunSchema = columns.extend({
  /** Name at this place of the sweep's list. */
  name: z.string(),
});

/** A line of a sweep's list of runs. */
export type ListedRunRow = Readonly<z.infer<typeof listedRunSchema>>;

/** Which lines of a list. */
export interface ListFilter {
  readonly sweep: string;
  readonly limit?: number | undefined;
  /** Only of runs whose last attempt ended so. */
  readonly outcome?: RunOutcome | undefined;
}

/** SQLite takes a negative limit for none. */
const NO_LIMIT = -1;

/** The lines of a sweep's list whose runs are recorded, in its order; a run that it names twice has two. */
export function listedRunRows(
  db: SweepDatabase,
  { sweep, limit = NO_LIMIT, outcome }: ListFilter,
): ListedRunRow[] {
  const select = db.prepare(`
    SELECT place.name, id, kind, parameters, attempt, attempts, outcome, outcome_message, epochs,
      best_epoch, best_val_nll, best_val_top1, test_nll, test_top1, note, tags
    FROM sweep_runs AS place JOIN runs ON runs.id = place.run_id
    WHERE place.sweep = @sweep AND (@outcome IS NULL OR outcome = @outcome)
    ORDER BY place.position LIMIT @limit`);
  return parseRows(listedRunSchema, select.all({ sweep, limit, outcome: outcome ?? null }));
}

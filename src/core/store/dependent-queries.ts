import type { SweepDatabase } from './database.js';
import { z } from 'zod';
import { parseRows } from './parse-rows.js';

const dependentSchema = z.object({
  /** The run that something depends on. */
  runId: z.string(),
  kind: z.enum(['sweep', 'run']),
  /** Name of the sweep that lists the run, or id of the run that samples its checkpoint. */
  name: z.string(),
});

/** Something that stands on a run. */
export type Dependent = z.infer<typeof dependentSchema>;

/** The sweeps that list a run, and the runs that sample its best checkpoint. */
export function listDependents(db: SweepDatabase, runId: string): Dependent[] {
  const rows = db
    .prepare(
      `SELECT DISTINCT @runId AS run_id, 'sweep' AS kind, sweep AS name FROM sweep_runs WHERE run_id = @runId
       UNION ALL
       SELECT @runId, 'run', sampling.id FROM runs AS sampling JOIN runs AS source
         ON sampling.source_key = source.key WHERE source.id = @runId
       ORDER BY kind, name`,
    )
    .all({ runId });
  return parseRows(dependentSchema, rows);
}

import type { SweepDatabase } from './database.js';
import type { SweepRecord, SweepRunRecord } from './sweep-record.js';

/** Writes the rows of sweeps and of their lists of runs. */
export interface RecordSweep {
  /** A sweep with its whole list. */
  readonly replace: (sweep: SweepRecord) => void;
  /** A sweep with the beginning of its list; the places after it stay as they are. */
  readonly start: (sweep: SweepRecord) => void;
  /** Runs from a place on. @param position from 0 @param part of the list's files, from 1 */
  readonly addRuns: (
    sweep: string,
    position: number,
    runs: readonly SweepRunRecord[],
    part: number,
  ) => void;
  /** Leaves so many places, which so many files have. */
  readonly cut: (sweep: string, length: number, parts: number) => void;
}

/** Prepares the statements once. */
export function createRecordSweep(db: SweepDatabase): RecordSweep {
  const upsert = db.prepare(`
    INSERT INTO sweeps
      (name, title, definition_file, definition_text, objective_metric, objective_goal, created_at, updated_at)
    VALUES (@name, @title, @definitionFile, @definitionText, @metric, @goal, @createdAt, @recordedAt)
    ON CONFLICT (name) DO UPDATE SET
      created_at = coalesce(@firstAt, created_at), title = excluded.title, definition_file = excluded.definition_file,
      definition_text = excluded.definition_text, objective_metric = excluded.objective_metric,
      objective_goal = excluded.objective_goal, updated_at = excluded.updated_at`);
  const cut = db.prepare('DELETE FROM sweep_runs WHERE sweep = ? AND position >= ?');
  const setParts = db.prepare('UPDATE sweeps SET parts = ? WHERE name = ?');
  const addPart = db.prepare('UPDATE sweeps SET parts = max(parts, ?) WHERE name = ?');
  const add = db.prepare(`
    INSERT OR REPLACE INTO sweep_runs (sweep, position, name, run_id, waiting_for, changes, replicate, is_recorded)
    VALUES (@sweep, @position, @name, @runId, @waitingFor, @changes, @replicate,
      EXISTS (SELECT 1 FROM runs WHERE id = @runId))`);
  const addRuns = db.transaction(
    (sweep: string, position: number, runs: readonly SweepRunRecord[]) => {
      for (const [index, run] of runs.entries()) {
        add.run({
          sweep,
          position: position + index,
          name: run.name,
          runId: 'runId' in run ? run.runId : null,
          waitingFor: 'runId' in run ? null : run.waitingFor,
          changes: JSON.stringify(run.changes),
          replicate: run.replicate,
        });
      }
    },
  );
  const start = db.transaction(({ runs, objective, ...sweep }: SweepRecord) => {
    upsert.run({
      ...sweep,
      createdAt: sweep.createdAt ?? sweep.recordedAt,
      firstAt: sweep.createdAt ?? null,
      metric: objective?.metric ?? null,
      goal: objective?.goal ?? null,
    });
    addRuns(sweep.name, 0, runs);
  });
  const replace = db.transaction((sweep: SweepRecord) => {
    start(sweep);
    cut.run(sweep.name, sweep.runs.length);
    setParts.run(0, sweep.name);
  });
  return {
    replace: (sweep) => {
      replace.immediate(sweep);
    },
    start: (sweep) => {
      start.immediate(sweep);
    },
    addRuns: (sweep, position, runs, part) => {
      db.transaction(() => {
        addRuns(sweep, position, runs);
        addPart.run(part, sweep);
      }).immediate();
    },
    cut: (sweep, length, parts) => {
      db.transaction(() => {
        cut.run(sweep, length);
        setParts.run(parts, sweep);
      }).immediate();
    },
  };
}

import type { SweepDatabase } from './database.js';
import { parseRow } from './parse-rows.js';
import { runCourseSchema, type RunCourse } from './run-course.js';

/** Reads and writes the course columns of `runs`. */
export interface CourseStore {
  /** Null when the run is not recorded. */
  load(runId: string): RunCourse | null;
  /** Of a run that is recorded. */
  loadRecorded(runId: string): RunCourse;
  save(runId: string, course: RunCourse): void;
}

/** Columns and parameters both come from the schema: a field is named in one place. */
export function createCourseStore(db: SweepDatabase): CourseStore {
  const fields = Object.keys(runCourseSchema.shape);
  const select = db.prepare(`SELECT ${fields.map(columnName).join(', ')} FROM runs WHERE id = ?`);
  const assignments = fields.map((field) => `${columnName(field)} = @${field}`).join(', ');
  const update = db.prepare(`UPDATE runs SET ${assignments} WHERE id = @id`);
  return {
    load: (runId) => {
      const row = select.get(runId);
      return row === undefined ? null : parseRow(runCourseSchema, row);
    },
    loadRecorded: (runId) => parseRow(runCourseSchema, select.get(runId)),
    save: (id, course) => {
      update.run({ ...course, id });
    },
  };
}

function columnName(field: string): string {
  return field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

import type { SweepDatabase } from './database.js';
import { parseRow } from './parse-rows.js';
import { NEW_COURSE, runCourseSchema, type RunCourse } from './run-course.js';
import { ASSIGN_SUMMARY } from './summarise-run.js';

/** Reads and writes the course columns of `runs`. */
export interface CourseStore {
  /** Null when the run is not recorded. */
  load(runId: string): RunCourse | null;
  /** Of a run that is recorded. */
  loadRecorded(runId: string): RunCourse;
  /** Writes the course, and with it the summary of what the other tables have of the run: a row is written once. */
  save(runId: string, course: RunCourse): void;
}

/** Columns and parameters both come from the schema: a field is named in one place. */
export function createCourseStore(db: SweepDatabase): CourseStore {
  const fields = Object.keys(runCourseSchema.shape);
  const select = db.prepare(`SELECT ${fields.map(columnName).join(', ')} FROM runs WHERE id = ?`);
  const assignments = fields.map((field) => `${columnName(field)} = @${field}`).join(', ');
  const update = db.prepare(`UPDATE runs SET ${assignments}, ${ASSIGN_SUMMARY} WHERE id = @id`);
  const parse = (row: unknown): RunCourse =>
    isNew(row) ? NEW_COURSE : parseRow(runCourseSchema, row);
  return {
    load: (runId) => {
      const row = select.get(runId);
      return row === undefined ? null : parse(row);
    },
    loadRecorded: (runId) => parse(select.get(runId)),
    save: (id, course) => {
      update.run({ ...course, id });
    },
  };
}

/** Where no event was taken in there is no course: most runs are looked up once, when all of them is new. */
function isNew(row: unknown): boolean {
  return typeof row === 'object' && row !== null && 'last_seq' in row && row.last_seq === 0;
}

function columnName(field: string): string {
  return field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

import { z } from 'zod';
import { SweepError } from '../core/errors.js';
import {
  type Annotations,
  noteSchema,
  readAnnotations,
  tagSchema,
  writeAnnotations,
} from '../core/run-folder/annotations.js';
import type { ResultsPaths } from '../core/run-folder/paths.js';
import { createRecorder } from '../core/store/recorder.js';

/** What is changed; the rest stays as it is. */
export interface AnnotationChange {
  readonly note?: string | undefined;
  readonly add?: readonly string[] | undefined;
  readonly remove?: readonly string[] | undefined;
}

/**
 * Writes on a run: into its folder, which is what counts, then into the database, so that every reader sees it at once.
 * A sweep may be at work meanwhile.
 *
 * @returns what is written on it now
 * @throws SweepError `bad-call` for a note or a tag that cannot be kept; nothing is changed then
 */
export function annotateRun(
  paths: ResultsPaths,
  runId: string,
  { note, add = [], remove = [] }: AnnotationChange,
): Annotations {
  const run = paths.run(runId);
  const before = readAnnotations(run);
  const tags = [...before.tags, ...add].filter((tag) => !remove.includes(tag));
  checkText(z.array(tagSchema), tags);
  if (note !== undefined) checkText(noteSchema, note);
  writeAnnotations(paths, runId, { note: note ?? before.note, tags });
  const recorder = createRecorder(paths);
  try {
    recorder.recordAnnotations(runId);
  } finally {
    recorder.close();
  }
  return readAnnotations(run);
}

function checkText(schema: z.ZodType, value: unknown): void {
  const checked = schema.safeParse(value);
  if (checked.success) return;
  throw new SweepError('bad-call', {
    message: [...new Set(checked.error.issues.map(({ message }) => message))].join('; '),
  });
}

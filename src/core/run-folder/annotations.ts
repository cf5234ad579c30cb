import { appendFileSync, rmSync, statSync } from 'node:fs';
import { z } from 'zod';
import { messageOf, SweepError } from '../errors.js';
import { writeJson } from './atomic-write.js';
import type { ResultsPaths, RunPaths } from './paths.js';
import { readText } from './read-text.js';

/** A tag is one word, so that a list of them can be typed and a filter finds it. */
export const tagSchema = z
  .string()
  .regex(/^[^\s,]{1,40}$/u, 'a tag is one word without a comma, of at most 40 characters');

/** A note is one line: it stands in tables. */
export const noteSchema = z.string().max(500, 'a note has at most 500 characters');

const annotationsSchema = z.strictObject({
  note: noteSchema.nullable(),
  tags: z.array(tagSchema),
});

/** What people wrote on a run. It is not part of its key: it changes no result. */
export type Annotations = Readonly<z.infer<typeof annotationsSchema>>;

const NONE: Annotations = { note: null, tags: [] };

/**
 * What is written on a run; nothing when nobody has.
 *
 * @throws SweepError `bad-record` when the file is damaged
 */
export function readAnnotations({ annotations }: RunPaths): Annotations {
  const text = readText(annotations);
  if (text === null) return NONE;
  try {
    return annotationsSchema.parse(JSON.parse(text));
  } catch (error) {
    const details = error instanceof z.ZodError ? z.prettifyError(error) : messageOf(error);
    throw new SweepError(
      'bad-record',
      {
        where: annotations,
        message: `the run's note and tags cannot be read: ${details}`,
        fix: 'Mend the file, or delete it: the run itself is not touched by that.',
      },
      { cause: error },
    );
  }
}

/**
 * Replaces what is written on a run, and logs that it was changed, for databases of other hosts. Tags are kept in order and
 * once; a note without text is none.
 */
export function writeAnnotations(
  paths: ResultsPaths,
  runId: string,
  { note, tags }: Annotations,
): void {
  const { annotations } = paths.run(runId);
  const text = (note ?? '').replaceAll(/\s+/g, ' ').trim();
  const kept: Annotations = { note: text === '' ? null : text, tags: [...new Set(tags)].sort() };
  if (kept.note === null && kept.tags.length === 0) rmSync(annotations, { force: true });
  else writeJson(annotations, annotationsSchema.parse(kept));
  appendFileSync(paths.annotationLog, `${JSON.stringify({ run: runId })}\n`);
}

const logLineSchema = z.object({ run: z.string().regex(/^[0-9a-f]{12}$/) });

/** Size of the log of changes: as long as it is the same, nobody has written on a run. */
export function annotationLogBytes({ annotationLog }: ResultsPaths): number {
  return statSync(annotationLog, { throwIfNoEntry: false })?.size ?? 0;
}

/** The runs whose note or tags were changed since the log had a size. */
export function annotatedSince({ annotationLog }: ResultsPaths, bytes: number): readonly string[] {
  const lines = Buffer.from(readText(annotationLog) ?? '')
    .subarray(bytes)
    .toString('utf8')
    .split('\n');
  const ids = lines.slice(0, -1).flatMap((line) => {
    try {
      return [logLineSchema.parse(JSON.parse(line)).run];
    } catch {
      return []; // two hosts wrote at once: the run's own file is what counts
    }
  });
  return [...new Set(ids)];
}

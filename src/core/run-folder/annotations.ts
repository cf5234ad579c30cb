import { readFileSync, rmSync } from 'node:fs';
import { z } from 'zod';
import { isMissing, messageOf, SweepError } from '../errors.js';
import { writeJson } from './atomic-write.js';
import type { RunPaths } from './paths.js';

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
  try {
    return annotationsSchema.parse(JSON.parse(readFileSync(annotations, 'utf8')));
  } catch (error) {
    if (isMissing(error)) return NONE;
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

/** Replaces what is written on a run. Tags are kept in order and once; a note without text is none. */
export function writeAnnotations({ annotations }: RunPaths, { note, tags }: Annotations): void {
  const text = (note ?? '').replaceAll(/\s+/g, ' ').trim();
  const kept: Annotations = { note: text === '' ? null : text, tags: [...new Set(tags)].sort() };
  if (kept.note === null && kept.tags.length === 0) rmSync(annotations, { force: true });
  else writeJson(annotations, annotationsSchema.parse(kept));
}

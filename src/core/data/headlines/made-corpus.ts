import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { isMissing } from '../../errors.js';

const splitsSchema = z.object({
  train: z.array(z.string()),
  val: z.array(z.string()),
  test: z.array(z.string()),
});

const madeCorpusSchema = z.object({
  /** As printed. */
  printed: splitsSchema,
  /** The cleaning of the texts below, as canonical JSON. */
  cleaning: z.string(),
  cleaned: splitsSchema,
});

/** The built-in corpus as `npm run build` writes it. */
export type MadeCorpus = z.infer<typeof madeCorpusSchema>;

let made: MadeCorpus | null | undefined;

/**
 * The corpus that the build has made, because making it takes a second and a dictionary of 3.5 MB; null where this
 * program runs from its source, and makes it itself.
 */
export function readMadeCorpus(): MadeCorpus | null {
  if (made !== undefined) return made;
  made = read();
  return made;
}

function read(): MadeCorpus | null {
  try {
    const text = readFileSync(new URL('./made-corpus.json', import.meta.url), 'utf8');
    return madeCorpusSchema.parse(JSON.parse(text));
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

import { rmSync } from 'node:fs';
import { z } from 'zod';
import { writeJsonUnsynced } from './atomic-write.js';
import { workingCoordinator } from './coordinators.js';
import type { ResultsPaths, RunPaths } from './paths.js';
import { readText } from './read-text.js';

const nextTrySchema = z.strictObject({
  at: z.iso.datetime(),
  number: z.int().positive(),
  of: z.int().positive(),
});

/** When a run that failed is tried again by itself, which further try that is, and how many there are at most. */
export type NextTry = Readonly<z.infer<typeof nextTrySchema>>;

const fileSchema = nextTrySchema.extend({ coordinator: z.int().positive() });

/** Tells whoever looks at the run that a coordinator will try it again. */
export function announceNextTry(
  { nextTry }: RunPaths,
  announced: NextTry & { readonly coordinator: number },
): void {
  writeJsonUnsynced(nextTry, announced satisfies z.infer<typeof fileSchema>);
}

/** Null when there is none, or when the coordinator that announced it does not work any more: then nobody will. */
export function readNextTry(paths: ResultsPaths, runId: string): NextTry | null {
  const text = readText(paths.run(runId).nextTry);
  if (text === null) return null;
  const parsed = parse(text);
  if (parsed === null) return null;
  const { coordinator, ...announced } = parsed;
  return workingCoordinator(paths)?.number === coordinator ? announced : null;
}

/** The try has begun, or there will be none. */
export function clearNextTry({ nextTry }: RunPaths): void {
  rmSync(nextTry, { force: true });
}

function parse(text: string): z.infer<typeof fileSchema> | null {
  try {
    return fileSchema.parse(JSON.parse(text));
  } catch {
    return null; // it is written as a whole, so it is not ours
  }
}

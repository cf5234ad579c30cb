import { existsSync, readFileSync, rmSync } from 'node:fs';
import { hostname } from 'node:os';
import { z } from 'zod';
import { writeJsonUnsynced } from './atomic-write.js';
import { isLeaseAlive, processStart } from './lease.js';
import type { RunPaths } from './paths.js';

const nextTrySchema = z.strictObject({
  at: z.iso.datetime(),
  number: z.int().positive(),
  of: z.int().positive(),
});

/** When a run that failed is tried again by itself, which further try that is, and how many there are at most. */
export type NextTry = Readonly<z.infer<typeof nextTrySchema>>;

const fileSchema = nextTrySchema.extend({
  host: z.string(),
  pid: z.int().positive(),
  processStart: z.string().nullable(),
});

/** Tells whoever looks at the run that this process will try it again. */
export function announceNextTry({ nextTry }: RunPaths, announced: NextTry): void {
  const { pid } = process;
  const by = { host: hostname(), pid, processStart: processStart(pid) };
  writeJsonUnsynced(nextTry, { ...announced, ...by } satisfies z.infer<typeof fileSchema>);
}

/** Null when there is none, or when the process that announced it has died: then nobody will. */
export function readNextTry({ nextTry }: RunPaths): NextTry | null {
  if (!existsSync(nextTry)) return null; // the usual case, and cheaper than an error
  try {
    const { host, pid, processStart: start, ...announced } = read(nextTry);
    // Of another host's process nothing is seen: it is believed until the time has passed.
    const lease = { host, pid, processStart: start, renewedAt: announced.at };
    return isLeaseAlive(lease) ? announced : null;
  } catch {
    return null; // it is written whole: gone in this moment, or not ours
  }
}

/** The try has begun, or there will be none. */
export function clearNextTry({ nextTry }: RunPaths): void {
  rmSync(nextTry, { force: true });
}

function read(path: string): z.infer<typeof fileSchema> {
  return fileSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
}

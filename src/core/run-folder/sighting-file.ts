import { join } from 'node:path';
import { z } from 'zod';
import { writeJsonUnsynced } from './atomic-write.js';
import { ownHolder } from './holder.js';
import { readText } from './read-text.js';
import { userCacheFolder } from './user-cache.js';

/** A lease as it was seen last. */
export interface Sighting {
  readonly text: string;
  /** Since when it was seen so: steady clock of this host. */
  readonly sinceMs: number;
  /** Whether it has changed since it was looked at first. */
  readonly hasChanged: boolean;
}

/** Remembers what this user's processes on this host have seen of leases. It may forget: then it is looked again. */
export interface SightingFile {
  /** @param lease path of a lease */
  read(lease: string): Sighting | undefined;
  write(lease: string, sighting: Sighting): void;
}

const fileSchema = z.strictObject({
  /** The steady clock begins anew at each boot. */
  bootId: z.string().nullable(),
  seen: z.record(
    z.string(),
    z.strictObject({ text: z.string(), sinceMs: z.number(), hasChanged: z.boolean() }),
  ),
});
type Content = z.infer<typeof fileSchema>;

/** More are not worth it: the newest stay. */
const MOST_LEASES = 1_000;

/** Read when the first lease is asked for, and written when this process ends. */
export function createSightingFile(
  path: () => string = () => join(userCacheFolder(), 'sightings.json'),
  atEnd: (save: () => void) => void = (save) => process.once('exit', save),
): SightingFile {
  let earlier: Content['seen'] | null = null;
  const changed = new Map<string, Sighting>();
  const save = (): void => {
    const seen = Object.entries({ ...read(path()), ...Object.fromEntries(changed) })
      .sort(([, one], [, other]) => other.sinceMs - one.sinceMs)
      .slice(0, MOST_LEASES);
    try {
      writeJsonUnsynced(path(), {
        bootId: ownHolder().bootId,
        seen: Object.fromEntries(seen),
      } satisfies Content);
    } catch {
      // A home that cannot be written, or a full disk: the next command begins to watch anew.
    }
  };
  return {
    read: (lease) => (earlier ??= read(path()))[lease],
    write: (lease, sighting) => {
      if (changed.size === 0) atEnd(save);
      changed.set(lease, sighting);
    },
  };
}

function read(path: string): Content['seen'] {
  try {
    const text = readText(path);
    if (text === null) return {};
    const { bootId, seen } = fileSchema.parse(JSON.parse(text));
    return bootId === ownHolder().bootId ? seen : {};
  } catch {
    return {}; // of another version, or not to be read: as if nothing had been seen
  }
}

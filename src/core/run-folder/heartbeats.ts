import { lookAtProcess, type Sight } from './holder.js';
import { type Lease, readLeaseFile } from './lease.js';
import { createSightingFile, type Sighting, type SightingFile } from './sighting-file.js';
import { steadyMs } from './steady-clock.js';

/**
 * A holder that nothing is seen of counts as gone when its lease has not changed for so long, by the clock of whoever looks.
 * A network file system may show a change a minute late, and a holder renews its lease every five seconds.
 */
export const SILENCE_MS = 90_000;

/** What is known of the holder of a lease. */
export interface HolderState {
  /** Null when nobody holds it, and for one that cannot be read. */
  readonly lease: Lease | null;
  /**
   * `alive`: its process is seen, or its lease has changed while somebody on this host looked. `gone`: nobody holds it, its
   * process has ended, or its lease was silent for {@link SILENCE_MS}. `unclear`: neither is known yet.
   */
  readonly life: 'alive' | 'gone' | 'unclear';
  readonly sight: Sight;
  /** For how long its lease has not changed, as far as it was looked at. */
  readonly silentMs: number;
}

/**
 * Watches leases. Of a process on this host in the same PID namespace it is seen whether it lives; of any other one, whether
 * its lease changes. No wall clock has a say.
 *
 * What was seen is remembered for other processes of this host, so that also a command that looks once learns that a holder
 * has been silent since the last command.
 */
export class Heartbeats {
  readonly #clock: () => number;
  readonly #file: SightingFile;
  readonly #seen = new Map<string, Sighting>();

  /** @param clock milliseconds that only ever grow, the same for all processes of this host */
  constructor(clock: () => number = steadyMs, file: SightingFile = createSightingFile()) {
    this.#clock = clock;
    this.#file = file;
  }

  /** Looks at the holder of a lease. */
  look(path: string): HolderState {
    const file = readLeaseFile(path);
    if (file === null) return { lease: null, life: 'gone', sight: 'gone', silentMs: 0 };
    const { lease, text } = file;
    const sight = lease === null ? 'unseen' : lookAtProcess(lease.holder);
    if (sight === 'gone' || sight === 'lives')
      return { lease, life: sight === 'gone' ? 'gone' : 'alive', sight, silentMs: 0 };
    const { sinceMs, hasChanged } = this.#see(path, text);
    const silentMs = Math.max(0, this.#clock() - sinceMs);
    const life = silentMs >= SILENCE_MS ? 'gone' : hasChanged ? 'alive' : 'unclear';
    return { lease, life, sight, silentMs };
  }

  #see(path: string, text: string): Sighting {
    const nowMs = this.#clock();
    const before = this.#seen.get(path) ?? this.#file.read(path);
    const now =
      before?.text === text ? before : { text, sinceMs: nowMs, hasChanged: before !== undefined };
    if (now !== this.#seen.get(path)) {
      this.#seen.set(path, now);
      this.#file.write(path, now);
    }
    return now;
  }
}

/** What this process has seen of holders. */
export const heartbeats = new Heartbeats();

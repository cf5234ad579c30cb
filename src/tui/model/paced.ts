/** A reading may take this share of the time: one that takes 5 ms is repeated after a second at the soonest. */
const SHARE = 0.005;

/**
 * Keeps the result of a reading, and repeats it no more often than its own duration allows, so that a sweep of a
 * million runs costs no more of the processor than one of ten; what it shows is then somewhat older.
 */
export class Paced<T> {
  #kept: { readonly key: string; readonly version: number; readonly value: T } | undefined;
  #nextMs = 0;
  #wasLate = false;

  /**
   * @param key what the reading depends on besides the data: another key is always read anew
   * @param version changes with the data
   */
  read(key: string, version: number, read: () => T, nowMs: number = performance.now()): T {
    const kept = this.#kept;
    if (kept?.key === key) {
      if (kept.version === version) return kept.value;
      if (nowMs < this.#nextMs) {
        this.#wasLate = true;
        return kept.value;
      }
    }
    const startMs = performance.now();
    const value = read();
    const endMs = performance.now();
    this.#kept = { key, version, value };
    this.#wasLate = false;
    this.#nextMs = nowMs + (endMs - startMs) / SHARE;
    return value;
  }

  /** Whether an older value was given out and the time has come to read it again; asked twice, it says so once. */
  takeNews(nowMs: number = performance.now()): boolean {
    if (!this.#wasLate || nowMs < this.#nextMs) return false;
    this.#wasLate = false;
    return true;
  }
}

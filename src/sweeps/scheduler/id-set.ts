/** Slots for each id: with half of them free, a search ends after two or three. */
const SLOTS_PER_ID = 2;
const FIRST_SLOTS = 1024;

/**
 * A set of run ids in eight bytes each and as much again: 12 hex digits are exact in a double. A `Set` of a million
 * strings takes a hundred megabytes.
 */
export class IdSet {
  /** Open addressing; 0 is a free slot, so that ids are kept plus one. */
  #slots = new Float64Array(FIRST_SLOTS);
  #size = 0;

  /** @returns whether it was not there before */
  add(runId: string): boolean {
    if (SLOTS_PER_ID * (this.#size + 1) > this.#slots.length) this.#grow();
    if (!this.#put(Number.parseInt(runId, 16) + 1)) return false;
    this.#size += 1;
    return true;
  }

  #put(value: number): boolean {
    const last = this.#slots.length - 1; // a power of two less one
    // Ids are pieces of hashes, so their low bits are spread evenly. Modulo, because they have more than 32 bits.
    for (let slot = value % this.#slots.length; ; slot = (slot + 1) & last) {
      const present = this.#slots[slot];
      if (present === value) return false;
      if (present !== 0) continue;
      this.#slots[slot] = value;
      return true;
    }
  }

  #grow(): void {
    const before = this.#slots;
    this.#slots = new Float64Array(2 * before.length);
    for (const value of before) if (value !== 0) this.#put(value);
  }
}

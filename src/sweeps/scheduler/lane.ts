/** Work that is handed over ahead of its turn: about as much as is done in this time. */
const HANDED_MS = 400;
/** More than this many pieces gain nothing: all of them were handed over while the last one was done. */
const MOST_AHEAD = 16;
/** Behind a piece that takes longer than this nothing waits: others may have time for it. */
const LONGEST_MS = 1_000;

/** A piece of work in a lane. */
export interface Piece {
  /** Whether it was handed over while others were at work. */
  readonly isAhead: boolean;
  /** Aborted to ask for it back. */
  readonly back: AbortController;
  /** Whether it comes back without having begun. */
  isBack: boolean;
}

/** Pieces of work that follow each other: what is at work, and what waits right behind it. */
export class Lane {
  /** Those that have begun, with the time of that. */
  readonly #begun = new Map<Piece, number>();
  readonly #ahead = new Set<Piece>();
  #depth = 0;
  #begunMs = 0;
  /** Whether its worker is known: before, what is handed over would take the worker from the piece that is to begin. */
  #isReady = false;

  /** Whether nothing is in it. */
  get isEmpty(): boolean {
    return this.#begun.size + this.#ahead.size === 0;
  }

  /** How many pieces are to be handed over now; several at once, for it costs little more than one. */
  get room(): number {
    if (!this.#isReady) return 0;
    return this.#ahead.size > this.#depth / 2 ? 0 : this.#depth - this.#ahead.size;
  }

  add(nowMs: number): Piece {
    const piece: Piece = { isAhead: !this.isEmpty, back: new AbortController(), isBack: false };
    if (piece.isAhead) this.#ahead.add(piece);
    else {
      this.#isReady = false;
      this.#start(piece, nowMs);
    }
    return piece;
  }

  /** Somebody is at work on a piece. */
  begins(piece: Piece, nowMs: number): void {
    if (this.#ahead.delete(piece)) this.#start(piece, nowMs);
    if (this.#begun.has(piece)) this.#isReady = true;
  }

  /** A piece has ended, or comes back without having begun. */
  remove(piece: Piece, nowMs: number): void {
    const begunMs = this.#begun.get(piece);
    this.#begun.delete(piece);
    this.#ahead.delete(piece);
    // Who gives back takes nothing before it has done something again.
    if (piece.isBack) this.#depth = 0;
    else if (begunMs !== undefined)
      this.#depth = Math.min(MOST_AHEAD, Math.floor(HANDED_MS / Math.max(1, nowMs - begunMs)));
  }

  /** Asks for what has not begun. */
  askBack(): void {
    for (const { back } of this.#ahead) back.abort();
  }

  /** Asks for what has not begun if that waits for long. */
  look(nowMs: number): void {
    if (nowMs - this.#begunMs > LONGEST_MS) this.askBack();
  }

  #start(piece: Piece, nowMs: number): void {
    this.#begun.set(piece, nowMs);
    this.#begunMs = nowMs;
  }
}

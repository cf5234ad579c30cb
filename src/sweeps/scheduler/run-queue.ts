import { Lane, type Piece } from './lane.js';

/** What waits at least while a source has more: the next part is fetched before the last piece of this one is begun. */
const AHEAD = 100;
/** How often is looked whether something waits for too long behind a piece of work that is longer than expected. */
const LOOK_MS = 250;

/** How a piece of work is to be done. */
export interface Turn {
  /** Where it is done, one piece after the other. */
  readonly lane: object;
  /** Whether others are at work there: it may be handed over, and begins when they have ended. */
  readonly isAhead: boolean;
  /** Asks for a piece that is ahead and has not begun. */
  readonly back: AbortSignal;
  /** To be called when somebody is at work on it: others may then be handed to the same one. */
  readonly begins: () => void;
  /** To be called before the end of work on a piece that was ahead and has not begun: it waits again, as the first. */
  readonly goesBack: () => void;
}

/** A piece of work that waits. */
interface Waiting<T> {
  readonly item: T;
  /** When it was added, in comparison with others. */
  readonly place: number;
}

/** How a queue works. */
export interface QueueOptions {
  /** Whether pieces that are short are handed over ahead of their turn. @default false */
  readonly handsAhead?: boolean;
  /** Milliseconds that only ever grow. */
  readonly clock?: () => number;
}

/**
 * Does work side by side, in the order in which it was added, a given number at once. The number can change and the
 * queue can pause while it works; what was begun is never interrupted.
 *
 * Pieces follow each other in lanes, as many as may be at work at once. Where pieces are short, some are handed over
 * before their turn, so that nobody waits between two of them; they count as waiting until they begin. They are asked
 * back by a pause, by a smaller number of lanes, and when what they wait behind takes long.
 *
 * **Errors**: an error in one piece of work lets the others go on; {@link finished} throws the first when all is done.
 */
export class RunQueue<T> {
  readonly #work: (item: T, turn: Turn) => Promise<void>;
  readonly #handsAhead: boolean;
  readonly #clock: () => number;
  #waiting: Waiting<T>[] = [];
  #added = 0;
  readonly #lanes = new Set<Lane>();
  #timer: NodeJS.Timeout | null = null;
  #later = 0;
  #jobs: number;
  #isPaused = false;
  #isCleared = false;
  #onRoom: (() => void) | null = null;
  readonly #errors: unknown[] = [];
  readonly #whenIdle: (() => void)[] = [];

  /** @param jobs how many at once, at least 1 */
  constructor(
    jobs: number,
    work: (item: T, turn: Turn) => Promise<void>,
    { handsAhead = false, clock = () => performance.now() }: QueueOptions = {},
  ) {
    this.#jobs = jobs;
    this.#work = work;
    this.#handsAhead = handsAhead;
    this.#clock = clock;
  }

  add(item: T): void {
    this.#waiting.push({ item, place: this.#added++ });
    this.#fill();
  }

  /** Adds something when the promise has settled; until then the queue is not finished. */
  addAfter(ready: Promise<void>, item: T): void {
    this.#later += 1;
    void ready.finally(() => {
      this.#later -= 1;
      this.add(item);
    });
  }

  /** Adds what a source gives, a piece of it at a time; until it is at its end the queue is not finished. */
  feed(source: Iterable<T> | AsyncIterable<T>): void {
    this.#later += 1;
    void this.#take(source)
      .catch((error: unknown) => this.#errors.push(error))
      .finally(() => {
        this.#later -= 1;
        this.#settle();
      });
  }

  async #take(source: Iterable<T> | AsyncIterable<T>): Promise<void> {
    for await (const item of source) {
      if (this.#isCleared) return;
      this.add(item);
      if (this.#waiting.length < AHEAD) continue;
      await new Promise<void>((resolve) => (this.#onRoom = resolve));
    }
  }

  /** Changes how many are done at once and whether anything is begun at all. */
  change(jobs: number, isPaused: boolean): void {
    if (isPaused || jobs < this.#lanes.size) this.#askBack();
    this.#jobs = jobs;
    this.#isPaused = isPaused;
    this.#fill();
  }

  #askBack(): void {
    for (const lane of this.#lanes) lane.askBack();
  }

  /** Takes out what has not begun, also what a source has not given yet. */
  clear(): void {
    this.#waiting = [];
    this.#isCleared = true;
    this.#askBack();
    this.#onRoom?.();
    this.#settle();
  }

  /** Resolves when nothing is being done and nothing waits; paused work waits. @throws the first error of the work */
  async finished(): Promise<void> {
    if (!this.#isIdle())
      await new Promise<void>((resolve) => {
        this.#whenIdle.push(resolve);
      });
    if (this.#errors.length > 0) throw this.#errors[0];
  }

  #fill(): void {
    for (const lane of this.#lanes) if (lane.isEmpty) this.#goOn(lane);
    if (!this.#isPaused) {
      while (this.#lanes.size < this.#jobs && this.#waiting.length > 0) {
        const lane = new Lane();
        this.#lanes.add(lane);
        this.#begin(lane);
      }
      if (this.#handsAhead && this.#lanes.size <= this.#jobs) this.#handAhead();
    }
    if (this.#waiting.length < AHEAD) this.#onRoom?.();
    this.#settle();
  }

  /** With the next piece, if there is one and it may begin. */
  #goOn(lane: Lane): void {
    if (this.#isPaused || this.#waiting.length === 0 || this.#lanes.size > this.#jobs)
      this.#lanes.delete(lane);
    else this.#begin(lane);
  }

  #handAhead(): void {
    for (const lane of this.#lanes)
      for (let room = lane.room; room > 0 && this.#waiting.length > 0; room--) this.#begin(lane);
  }

  #begin(lane: Lane): void {
    const next = this.#waiting.shift();
    if (next !== undefined) void this.#do(next, lane, lane.add(this.#clock()));
  }

  async #do(one: Waiting<T>, lane: Lane, piece: Piece): Promise<void> {
    if (piece.isAhead)
      this.#timer ??= setInterval(() => {
        this.#look();
      }, LOOK_MS);
    const turn: Turn = {
      lane,
      isAhead: piece.isAhead,
      back: piece.back.signal,
      begins: () => {
        lane.begins(piece, this.#clock());
        if (!piece.isAhead) this.#fill();
      },
      goesBack: () => {
        piece.isBack = true;
      },
    };
    try {
      await this.#work(one.item, turn);
    } catch (error) {
      this.#errors.push(error);
    } finally {
      if (piece.isBack && !this.#isCleared) this.#putBack(one);
      lane.remove(piece, this.#clock());
      this.#fill();
    }
  }

  /** To where it was: several come back in any order. */
  #putBack(one: Waiting<T>): void {
    const after = this.#waiting.findIndex(({ place }) => place > one.place);
    this.#waiting.splice(after === -1 ? this.#waiting.length : after, 0, one);
  }

  #look(): void {
    for (const lane of this.#lanes) lane.look(this.#clock());
  }

  #isIdle(): boolean {
    return this.#lanes.size === 0 && this.#later === 0 && this.#waiting.length === 0;
  }

  #settle(): void {
    if (!this.#isIdle()) return;
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
    for (const resolve of this.#whenIdle.splice(0)) resolve();
  }
}

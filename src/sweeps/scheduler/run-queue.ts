/** What waits at least while a source has more: the next part is fetched before the last piece of this one is begun. */
const AHEAD = 100;

/**
 * Does work side by side, in the order in which it was added, a given number at once. The number can change and the
 * queue can pause while it works; what was begun is never interrupted.
 *
 * **Errors**: an error in one piece of work lets the others go on; {@link finished} throws the first when all is done.
 */
export class RunQueue<T> {
  readonly #work: (item: T) => Promise<void>;
  #waiting: T[] = [];
  #working = 0;
  #later = 0;
  #jobs: number;
  #isPaused = false;
  #isCleared = false;
  #onRoom: (() => void) | null = null;
  readonly #errors: unknown[] = [];
  readonly #whenIdle: (() => void)[] = [];

  /** @param jobs how many at once, at least 1 */
  constructor(jobs: number, work: (item: T) => Promise<void>) {
    this.#jobs = jobs;
    this.#work = work;
  }

  add(item: T): void {
    this.#waiting.push(item);
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
    this.#jobs = jobs;
    this.#isPaused = isPaused;
    this.#fill();
  }

  /** Takes out what has not begun, also what a source has not given yet. */
  clear(): void {
    this.#waiting = [];
    this.#isCleared = true;
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
    while (!this.#isPaused && this.#working < this.#jobs) {
      const item = this.#waiting.shift();
      if (item === undefined) break;
      this.#working += 1;
      void this.#do(item);
    }
    if (this.#waiting.length < AHEAD) this.#onRoom?.();
    this.#settle();
  }

  async #do(item: T): Promise<void> {
    try {
      await this.#work(item);
    } catch (error) {
      this.#errors.push(error);
    } finally {
      this.#working -= 1;
      this.#fill();
    }
  }

  #isIdle(): boolean {
    return this.#working === 0 && this.#later === 0 && this.#waiting.length === 0;
  }

  #settle(): void {
    if (this.#isIdle()) for (const resolve of this.#whenIdle.splice(0)) resolve();
  }
}

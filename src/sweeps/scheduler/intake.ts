import { SweepError } from '../../core/errors.js';
import type { LogPart, Recorder } from '../../core/store/recorder.js';

/** How long what was logged may wait, so that many short runs share a transaction. A viewer sees no difference. */
const WAIT_MS = 100;
/** Runs that do not wait any longer: with more, nothing is gained. */
const MOST_RUNS = 64;

/**
 * Takes what runs log into the database, that of several runs at once: a transaction costs more than the rows of a short
 * run. Nothing is lost with what waits: the logs are on disk.
 *
 * While another program holds the database, training goes on, and the next attempt takes in what this one could not.
 */
export class Intake {
  readonly #recorder: Pick<Recorder, 'ingestTogether'>;
  readonly #waiting = new Map<string, LogPart | null>();
  #timer: NodeJS.Timeout | null = null;
  /** Of single runs, whose logs are damaged. */
  readonly #problems: SweepError[] = [];
  /** Of the database. */
  #failure: { readonly error: unknown } | null = null;

  constructor(recorder: Pick<Recorder, 'ingestTogether'>) {
    this.#recorder = recorder;
  }

  /**
   * A run has logged something.
   *
   * @param part what, where that is known; else its log is read
   * @throws what happened at the last attempt, unless another program held the database
   */
  add(runId: string, part: LogPart | null): void {
    if (this.#failure !== null) throw this.#failure.error;
    const before = this.#waiting.get(runId);
    this.#waiting.set(runId, before === undefined ? part : joined(before, part));
    if (this.#waiting.size >= MOST_RUNS) this.#attempt();
    else
      this.#timer ??= setTimeout(() => {
        this.#attempt();
      }, WAIT_MS);
  }

  /** Takes in what waits. @throws the first error that there was, also when another program holds the database */
  finish(): void {
    this.#clearTimer();
    if (this.#failure !== null) throw this.#failure.error;
    this.#takeIn();
    const [problem] = this.#problems;
    if (problem !== undefined) throw problem;
  }

  #attempt(): void {
    this.#clearTimer();
    try {
      this.#takeIn();
    } catch (error) {
      if (!(error instanceof SweepError && error.code === 'busy')) this.#failure = { error };
    }
  }

  #takeIn(): void {
    if (this.#waiting.size === 0) return;
    this.#problems.push(...this.#recorder.ingestTogether(this.#waiting));
    this.#waiting.clear();
  }

  #clearTimer(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }
}

/** Two parts of a log as one; null where they do not follow on each other. */
function joined(first: LogPart | null, second: LogPart | null): LogPart | null {
  if (first === null || second === null || first.nextByte !== second.fromByte) return null;
  return { ...second, fromByte: first.fromByte, events: [...first.events, ...second.events] };
}

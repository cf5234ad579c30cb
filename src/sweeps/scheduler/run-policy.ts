import { DEFAULT_LIMITS, type RunLimits } from './follow-worker.js';

/** What is done about runs that fail, hang or take too long; it changes no result. */
export interface RunPolicy {
  readonly limits: RunLimits;
  /** Further tries of a run that failed of something that can pass, in a row without a new epoch. */
  readonly retries: number;
  /** The sweep stops when its first runs, this many, fail alike; null to go on whatever fails. */
  readonly stopAfter: number | null;
}

/** What a user says of it; see the fields of the definition of the same names. */
export interface PolicyWishes {
  readonly retries?: number | undefined;
  readonly timeoutMs?: number | undefined;
  readonly gracePeriodMs?: number | undefined;
  readonly stopAfter?: number | undefined;
  readonly keepGoing?: boolean | undefined;
}

/** Two more tries outlive what passes by itself, and are soon over where it does not. */
const RETRIES = 2;

/** One failing run may be bad luck, and the second its echo; three of three are the definition or the machine. */
const STOP_AFTER = 3;

/** The policy that some wishes make, the earlier ones first. */
export function createRunPolicy(...wishes: readonly PolicyWishes[]): RunPolicy {
  const first = <K extends keyof PolicyWishes>(key: K): PolicyWishes[K] =>
    wishes.find((wish) => wish[key] !== undefined)?.[key];
  const keepsGoing = first('keepGoing') === true;
  return {
    limits: {
      timeoutMs: first('timeoutMs') ?? DEFAULT_LIMITS.timeoutMs,
      gracePeriodMs: first('gracePeriodMs') ?? DEFAULT_LIMITS.gracePeriodMs,
    },
    retries: first('retries') ?? RETRIES,
    stopAfter: keepsGoing ? null : (first('stopAfter') ?? STOP_AFTER),
  };
}

/** Why an attempt failed, as far as it matters for what happens next. */
export const FAILURE_CAUSES = [
  /** Ended from outside: by the system, for memory, by a user. */
  'killed',
  /** Asked to end by SIGTERM, by nobody of ours: a cluster or a machine that shuts down takes its place back. */
  'preempted',
  /** It lived and did not get on. */
  'stalled',
  'device-lost',
  'disk-full',
  /** It took longer than the definition allows. */
  'timeout',
  /** The process ended without saying why. */
  'crashed',
  /** Something that the user must change: the configuration, the data, a permission. */
  'refused',
  /** Any other error. */
  'bug',
] as const;
export type FailureCause = (typeof FAILURE_CAUSES)[number];

/** How an attempt failed. */
export interface Failure {
  readonly cause: FailureCause;
  readonly message: string;
  readonly stack: string | null;
}

/**
 * Whether another try can end better. A crash or an error of unknown kind gets the benefit of the doubt until it comes
 * a second time in the same words: then it is a bug.
 *
 * @param before how earlier tries failed
 */
export function canPass({ cause, message, stack }: Failure, before: readonly Failure[]): boolean {
  switch (cause) {
    case 'killed':
    case 'preempted':
    case 'stalled':
    case 'device-lost':
    case 'disk-full':
      return true;
    case 'crashed':
    case 'bug':
      return !before.some((other) => other.message === message && other.stack === stack);
    case 'timeout':
    case 'refused':
      return false;
  }
}

/** What failures that are told as one have in common: their message, without what names a single run or process. */
export function likeness(message: string): string {
  return message.replace(/\b[0-9a-f]{12}\b/g, 'RUN').replace(/\bprocess \d+/g, 'process PID');
}

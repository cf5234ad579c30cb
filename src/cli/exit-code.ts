/** What the process tells its caller. */
export const EXIT_CODE = {
  /** All runs completed. */
  completed: 0,
  /** Some run failed, or this program has a bug. */
  failed: 1,
  /** The definition or the call was wrong. */
  badCall: 2,
  /** Ctrl-C: everything can be continued. */
  interrupted: 130,
} as const;

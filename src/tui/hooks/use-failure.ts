import { useApp } from 'ink';
import { useCallback } from 'react';

/** Does something; what it throws ends the dashboard. */
export type EndingWhereItFails = (act: () => void) => void;

/**
 * For what keys and timers do: React catches what is thrown while it draws, and what they throw would end the process at
 * once, with the runs that it works on.
 */
export function useFailure(): EndingWhereItFails {
  const { exit } = useApp();
  return useCallback(
    (act) => {
      try {
        act();
      } catch (error) {
        exit(error instanceof Error ? error : new Error(String(error)));
      }
    },
    [exit],
  );
}

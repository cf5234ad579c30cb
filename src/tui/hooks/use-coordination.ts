import { useEffect, useState } from 'react';
import type { Actions, Coordination } from '../actions.js';
import type { EndingWhereItFails } from './use-failure.js';

/** The process that is asked looks once a second, too. */
const LOOK_MS = 1000;

/** What the process that runs the sweep has been told, by whomever: looked at once a second, and when drawing anyway. */
export function useCoordination(
  actions: Actions,
  endingWhereItFails: EndingWhereItFails,
): Coordination {
  const now = actions.coordination();
  const [, setSeen] = useState(() => JSON.stringify(now));
  useEffect(() => {
    const timer = setInterval(() => {
      endingWhereItFails(() => {
        // React draws only when the text is another one.
        setSeen(JSON.stringify(actions.coordination()));
      });
    }, LOOK_MS);
    return () => {
      clearInterval(timer);
    };
  }, [actions, endingWhereItFails]);
  return now;
}

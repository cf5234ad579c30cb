import { constants, getPriority, setPriority } from 'node:os';

const LOW = constants.priority.PRIORITY_BELOW_NORMAL;

/**
 * Lets programs that train go first, for commands that only look and may do so for long: where all cores are busy, it is
 * these that wait. On an idle machine nothing changes. Call it before threads are started, which take it over.
 */
export function giveWayToTraining(): void {
  // Somebody who started it with less has reasons, and only an administrator may ask for more again.
  if (getPriority() < LOW) setPriority(LOW);
}

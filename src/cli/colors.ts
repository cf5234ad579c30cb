import { isatty } from 'node:tty';
import picocolors from 'picocolors';

/** File descriptors of stdout and stderr. */
const STREAMS = [1, 2];

/** Colours, or functions that leave a text as it is: see {@link wantsColors}. */
export const pc = picocolors.createColors(
  wantsColors(
    process.env,
    STREAMS.every((stream) => isatty(stream)),
  ),
);

/**
 * Whether output is coloured: on a terminal, unless NO_COLOR says no, or where FORCE_COLOR says yes. picocolors alone
 * would also colour what a CI job writes to a file.
 */
export function wantsColors(
  { NO_COLOR, FORCE_COLOR, TERM }: NodeJS.ProcessEnv,
  isTerminal: boolean,
): boolean {
  if ((NO_COLOR ?? '') !== '') return false;
  if ((FORCE_COLOR ?? '0') !== '0') return true;
  return isTerminal && TERM !== 'dumb';
}

import { hasCode } from './errors.js';

/**
 * Whether an error of a terminal's stream says that the terminal is no longer there: its window was closed, or a
 * connection ended. SIGHUP tells the process as well, and what is at work ends in good order.
 */
export function isTerminalGone(error: unknown): boolean {
  return hasCode(error, 'EIO', 'ENXIO', 'EBADF', 'ERR_STREAM_DESTROYED');
}

import { readFileSync, readlinkSync } from 'node:fs';
import { basename } from 'node:path';
import { isatty } from 'node:tty';

/** What a process is told by that it was started with SIGHUP ignored. What cannot be read here says nothing. */
export interface StartTraces {
  /** `_`, in which bash and zsh tell a program its own path: of `nohup X` that of nohup, which X inherits. */
  readonly command: string | undefined;
  /** Whether stdout or stderr is a terminal; nohup leaves neither. */
  readonly writesToTerminal: boolean;
  /** Whether stdin is a /dev/null that cannot be read, as nohup puts it in the place of a terminal. */
  readonly hasUnreadableStdin: boolean;
  /** Whether a process that this one comes from, in the same session, ignores SIGHUP. */
  readonly hasIgnoringAncestor: boolean;
}

/**
 * Whether a process was started to outlive its terminal, with SIGHUP ignored, as nohup and `trap '' HUP` do it.
 *
 * Its own signals do not tell: Node makes every ignored one work again before it runs the first line of a program.
 */
export function isMeantToOutliveTerminal(traces: StartTraces): boolean {
  const { command, writesToTerminal, hasUnreadableStdin, hasIgnoringAncestor } = traces;
  const isUnderNohup = command !== undefined && basename(command) === 'nohup';
  return hasIgnoringAncestor || hasUnreadableStdin || (isUnderNohup && !writesToTerminal);
}

/** Read when the program starts: a script that started it may have ended when somebody asks. */
const OUTLIVES_TERMINAL = isMeantToOutliveTerminal({
  command: process.env['_'],
  writesToTerminal: isatty(1) || isatty(2),
  hasUnreadableStdin: isUnreadableNull('self', 0),
  hasIgnoringAncestor: hasIgnoringAncestor(),
});

/** What stops work in good order. A process that is to outlive its terminal does not hear that it was closed. */
export const STOP_SIGNALS: readonly NodeJS.Signals[] = OUTLIVES_TERMINAL
  ? ['SIGINT', 'SIGTERM']
  : ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** Lets the process live on when its terminal is closed, where it was started for that. */
export function outliveTerminal(): void {
  if (OUTLIVES_TERMINAL) process.on('SIGHUP', () => undefined);
}

function isUnreadableNull(pid: string, descriptor: number): boolean {
  try {
    if (readlinkSync(`/proc/${pid}/fd/${descriptor}`) !== '/dev/null') return false;
    const info = readFileSync(`/proc/${pid}/fdinfo/${descriptor}`, 'utf8');
    const flags = Number.parseInt(/^flags:\s*([0-7]+)$/m.exec(info)?.[1] ?? '0', 8);
    return (flags & ACCESS_MODE) === WRITE_ONLY;
  } catch {
    return false; // no /proc
  }
}

const ACCESS_MODE = 0o3;
const WRITE_ONLY = 0o1;

function hasIgnoringAncestor(): boolean {
  const self = readStatus('self');
  if (self === null) return false;
  for (let pid = self.parent; pid > 1;) {
    const ancestor = readStatus(`${pid}`);
    if (ancestor?.session !== self.session) return false;
    if (ancestor.ignoresHangup) return true;
    pid = ancestor.parent;
  }
  return false;
}

/** Null where there is no /proc, or nothing in it about that process. */
function readStatus(
  pid: string,
): { readonly parent: number; readonly session: string; readonly ignoresHangup: boolean } | null {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const field = (name: string): string | undefined =>
      new RegExp(`^${name}:\\s*(.*)$`, 'm').exec(status)?.[1];
    const session = field('NSsid');
    if (session === undefined) return null;
    // The last hexadecimal digit has the signals 1 (SIGHUP) to 4.
    const ignored = Number.parseInt(field('SigIgn')?.at(-1) ?? '0', 16);
    return { parent: Number(field('PPid')), session, ignoresHangup: (ignored & 1) === 1 };
  } catch {
    return null;
  }
}

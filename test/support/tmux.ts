import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** Why tests that need a terminal cannot run here; null when they can. */
export function tmuxMissing(): string | null {
  try {
    execFileSync('tmux', ['-V'], { stdio: 'ignore' });
    return null;
  } catch {
    return 'tmux is not installed (apt-get install tmux)';
  }
}

/** A real terminal of a given size with one program in it. */
export interface TmuxTerminal {
  /** What is on the screen now; with styles as escape sequences when asked for. */
  screen(options?: { readonly isStyled?: boolean }): string;
  /** Presses keys by their tmux names, such as `Enter` or `C-c`, or types a text. */
  press(...keys: readonly string[]): void;
  resize(columns: number, rows: number): void;
  /** Process id of the shell in the terminal. */
  readonly pid: number;
  /** Everything the program has written so far, as bytes. */
  written(): Buffer;
  /** Resolves with the screen as soon as it fits; fails with what was seen when it does not in time. */
  until(fits: (screen: string) => boolean, what: string): Promise<string>;
  close(): void;
}

/** How a terminal is opened. */
export interface TmuxOptions {
  readonly columns: number;
  readonly rows: number;
  readonly folder: string;
  /** A shell command; the terminal stays open after it. */
  readonly command: string;
  readonly environment?: Readonly<Record<string, string>>;
}

const WAIT_MS = 60_000;
const LOOK_MS = 50;

/** Opens a terminal in a tmux server of its own. */
export function openTmux(options: TmuxOptions): TmuxTerminal {
  const { columns, rows, folder, command, environment = {} } = options;
  const home = mkdtempSync(join(tmpdir(), 'sweep-tmux-'));
  const socket = join(home, 'socket');
  const output = join(home, 'output');
  const tmux = (...args: string[]): string =>
    execFileSync('tmux', ['-S', socket, '-f', '/dev/null', ...args], {
      encoding: 'utf8',
      env: { ...process.env, TERM: 'xterm-256color', LC_ALL: 'C.UTF-8', ...environment },
    });
  const size = ['-x', `${columns}`, '-y', `${rows}`];
  // The program starts when its output is being kept; the terminal is a person's, whatever runs this test.
  tmux(
    'new-session',
    '-d',
    '-s',
    'test',
    ...size,
    '-c',
    folder,
    'env -u CI -u TMUX bash --norc -i',
  );
  tmux('set-option', '-g', 'status', 'off');
  tmux('set-option', '-g', 'escape-time', '0');
  tmux('resize-window', '-t', 'test', ...size);
  tmux('pipe-pane', '-t', 'test', '-o', `cat > ${output}`);
  const pid = Number(tmux('display-message', '-p', '-t', 'test', '#{pane_pid}'));
  const press = (...keys: readonly string[]): void => {
    for (const key of keys) tmux('send-keys', '-t', 'test', key);
  };
  const screen: TmuxTerminal['screen'] = ({ isStyled = false } = {}) =>
    tmux('capture-pane', '-p', ...(isStyled ? ['-e'] : []), '-t', 'test');
  tmux('send-keys', '-t', 'test', '-l', command);
  press('Enter');
  return {
    pid,
    screen,
    press,
    resize: (width, height) => {
      tmux('resize-window', '-t', 'test', '-x', `${width}`, '-y', `${height}`);
    },
    written: () => readFileSync(output),
    until: async (fits, what) => {
      const endMs = performance.now() + WAIT_MS;
      for (;;) {
        const seen = screen();
        if (fits(seen)) return seen;
        if (performance.now() > endMs) throw new Error(`not seen: ${what}\n${seen}`);
        await delay(LOOK_MS);
      }
    },
    close: () => {
      tmux('kill-server');
      rmSync(home, { recursive: true, force: true });
    },
  };
}

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { resultsPaths } from '../src/core/run-folder/paths.js';
import { openTmux, type TmuxTerminal } from '../test/support/tmux.js';
import { makeLargeSweep } from './large-sweep.js';

const SWEEP = 'many';
/** Moves that a median is taken of. */
const MOVES = 24;
const WAIT_MS = 120_000;
/** From the top of the table each moves, and none takes the one before it back: of two in one turn nothing would be seen. */
const MOVING = ['Down', 'Down', 'End', 'Up', 'Up', 'Home'];

/** How the dashboard of a sweep of one size feels: milliseconds, tmux's own included. */
export interface FeltKeys {
  readonly runs: number;
  /** From the start of the program to its first picture. */
  readonly firstMs: number;
  /** From a key that moves to the first byte on the terminal. */
  readonly moveMs: Spread;
  /** The same in the order of the objective. */
  readonly sortedMoveMs: Spread;
  /** The same while the answer to a sorting, a grouping or a filter is being read. */
  readonly busyMoveMs: Spread | null;
  /** From the key to the answer on the screen. */
  readonly sortMs: number;
  readonly groupMs: number;
  /** From the last of seven letters, typed at once, to the answer. */
  readonly filterMs: number;
}

interface Spread {
  readonly median: number;
  readonly most: number;
}

/** Opens the real program on a sweep of so many runs and presses its keys. */
export async function feelKeys(runs: number): Promise<FeltKeys> {
  const folder = mkdtempSync(join(tmpdir(), 'sweep-bench-'));
  const paths = resultsPaths(join(folder, 'results'));
  makeLargeSweep(paths, SWEEP, runs);
  const startMs = performance.now();
  const terminal = openTmux({
    columns: 120,
    rows: 40,
    folder,
    command: `node ${resolve('dist/cli/main.js')} watch ${SWEEP} --results ${paths.folder}`,
  });
  const keys = new Keys(terminal);
  try {
    await keys.until((screen) => screen.includes('? keys'));
    const firstMs = performance.now() - startMs;
    // The runs are counted in the meantime: whoever opens a dashboard moves at once.
    const moveMs = await keys.move();
    await keys.until((screen) => screen.includes('completed') && !screen.includes('counting'));
    const sortMs = await keys.answer('s', 'sorted by best');
    const sortedMoveMs = await keys.move();
    const groupMs = await keys.answer('g', 'grouped by model.neurons');
    terminal.press('/');
    terminal.press('n', 'e', 'u', 'r', 'o', 'n');
    const filterMs = await keys.answer('s', 'filter neurons', true);
    return {
      ...{ runs, firstMs, moveMs, sortedMoveMs, sortMs, groupMs, filterMs },
      busyMoveMs: spreadOf(keys.busyMs),
    };
  } finally {
    terminal.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Presses keys in a terminal and waits for what they do. */
class Keys {
  readonly #terminal: TmuxTerminal;
  /** Moves while an answer was being read. */
  readonly busyMs: number[] = [];

  constructor(terminal: TmuxTerminal) {
    this.#terminal = terminal;
  }

  /** @returns milliseconds until the screen fitted, give or take how long tmux takes to tell it */
  async until(fits: (screen: string) => boolean): Promise<number> {
    const startMs = performance.now();
    while (!fits(this.#terminal.screen())) {
      if (performance.now() - startMs > WAIT_MS) throw new Error(this.#terminal.screen());
      await delay(5);
    }
    return performance.now() - startMs;
  }

  async move(): Promise<Spread> {
    await this.#goToTop();
    const times: number[] = [];
    for (let index = 0; index < MOVES; index += 1)
      times.push(await this.#press(MOVING[index % MOVING.length] ?? 'Down'));
    const spread = spreadOf(times);
    if (spread === null) throw new Error('nothing moved');
    return spread;
  }

  /** Presses a key and, while its answer is not there, moves down, unless it is of a text: that hears all keys. */
  async answer(key: string, title: string, isOfText = false): Promise<number> {
    if (!isOfText) await this.#goToTop();
    const startMs = performance.now();
    this.#terminal.press(key);
    while (!isShown(this.#terminal.screen(), title)) {
      if (performance.now() - startMs > WAIT_MS) throw new Error(this.#terminal.screen());
      if (isOfText) await delay(5);
      else this.busyMs.push(await this.#press('Down'));
    }
    return performance.now() - startMs;
  }

  async #goToTop(): Promise<void> {
    this.#terminal.press('Home');
    await this.until((screen) => /^ +STATE .*\n❯/m.test(screen));
  }

  /** @returns milliseconds from the key to the first byte that the program writes */
  async #press(key: string): Promise<number> {
    const before = this.#terminal.written().length;
    const startMs = performance.now();
    this.#terminal.press(key);
    while (this.#terminal.written().length === before) {
      if (performance.now() - startMs > WAIT_MS) throw new Error(`nothing came of ${key}`);
      await delay(1);
    }
    return performance.now() - startMs;
  }
}

/** Whether the table shows what it was asked for. */
function isShown(screen: string, title: string): boolean {
  return screen.includes(title) && !/(sorting|grouping|filtering) by /.test(screen);
}

function spreadOf(times: readonly number[]): Spread | null {
  const sorted = times.toSorted((a, b) => a - b);
  const median = sorted[sorted.length >> 1];
  const most = sorted.at(-1);
  return median === undefined || most === undefined ? null : { median, most };
}

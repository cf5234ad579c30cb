import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { sharedTemporaryFolder } from '../support/temporary-folder.js';
import { openTmux, tmuxMissing, type TmuxTerminal } from '../support/tmux.js';
import {
  eventsOf,
  finishedWorkspace,
  isCoordinated,
  runsOf,
  TINY,
  tinyWorkspace,
  type Workspace,
} from './sweep-program.js';
import { BINARY } from './tiny-sweep.js';

const SWEEP = `${process.execPath} ${BINARY}`;
const missing = tmuxMissing();
if (missing !== null) console.warn(`the dashboard is not tested in a terminal: ${missing}`);

/** Runs that take some seconds each. */
const SLOW = TINY.replace('name: tiny', 'name: slow')
  .replace('maxEpochs: 3', 'maxEpochs: 400')
  .replace('wide, model.embedding: 8', 'wide, model.embedding: 12');

const SIZES = [
  [60, 16],
  [100, 30],
  [200, 60],
] as const;

let terminal: TmuxTerminal | undefined;
afterEach(() => {
  terminal?.close();
  terminal = undefined;
});

function open(
  { folder }: Workspace,
  args: string,
  [columns, rows]: readonly [number, number] = [100, 30],
  environment: Record<string, string> = {},
): TmuxTerminal {
  const sets = Object.entries(environment).map(([name, value]) => `${name}=${value} `);
  terminal = openTmux({
    columns,
    rows,
    folder,
    command: `${sets.join('')}${SWEEP} ${args}; echo "ended $?"`,
  });
  return terminal;
}

/** Waits for a screen that is drawn to its last line, and holds it to its size. */
async function wholeScreen(
  shown: TmuxTerminal,
  size: readonly [number, number],
  text: string,
): Promise<string> {
  const screen = await shown.until(
    (seen) => seen.includes(text) && seen.trimEnd().endsWith('? keys'),
    text,
  );
  expectWhole(screen, size);
  return screen;
}

/** How many bytes were written when all that was is in the file: the terminal shows it before that. */
async function settled(shown: TmuxTerminal): Promise<number> {
  let bytes = 0;
  let same = 0;
  await shown.until(() => {
    const now = shown.written().length;
    same = now === bytes ? same + 1 : 0;
    bytes = now;
    return same === 10;
  }, 'that no more is written');
  return bytes;
}

/** What a broken screen shows: lines that wrap push the last one, the keys, from its place. */
function expectWhole(screen: string, [columns, rows]: readonly [number, number]): void {
  const lines = screen.replace(/\n$/, '').split('\n');
  expect(lines.length).toBeLessThanOrEqual(rows);
  expect(lines[rows - 1]).toMatch(/\? keys$/);
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(columns);
}

describe.skipIf(missing !== null)('the dashboard of a finished sweep, in a terminal', () => {
  let workspace: Workspace;
  beforeAll(() => {
    workspace = finishedWorkspace(sharedTemporaryFolder());
  });

  test.each(SIZES)('is whole at %i x %i, on every screen', async (columns, rows) => {
    const size = [columns, rows] as const;
    const shown = open(workspace, 'watch', size);
    const first = await wholeScreen(shown, size, 'finished');
    expect(first).toContain('Two tiny models');
    shown.press('Enter');
    expect(await wholeScreen(shown, size, 'Differs from the base')).toMatch(/│[⠀-⣿]/);
    shown.press('Escape');
    await wholeScreen(shown, size, 'sorted by plan');
    shown.press('Space', 'Space', 'c');
    expect(await wholeScreen(shown, size, ' b wide ')).toContain('Validation NLL');
    shown.press('?');
    await wholeScreen(shown, size, 'stop the sweep');
  });

  test('leaves the terminal as it was, after q and after Ctrl-C', async () => {
    const shown = open(workspace, 'watch');
    const endings = [
      {
        end: () => {
          shown.press('q');
        },
        code: 0,
      },
      {
        end: () => {
          shown.press('C-c');
        },
        code: 130,
      },
    ];
    for (const { end, code } of endings) {
      await shown.until((screen) => screen.includes('finished'), 'the overview');
      end();
      const after = await shown.until(
        (screen) => screen.includes(`ended ${code}`),
        `the end ${code}`,
      );
      expect(after).not.toContain('finished');
      // The cursor is shown and the alternate screen left, in this order, as the very last thing.
      expect(shown.written().toString()).toMatch(/\u001b\[\?25h\u001b\[\?1049l[^\u001b]*ended/); // eslint-disable-line no-control-regex
      shown.press('Up', 'Enter');
    }
    // The terminal is no longer raw: what is typed is seen.
    await shown.until((screen) => screen.includes('finished'), 'the overview');
    shown.press('q');
    await shown.until((screen) => !screen.includes('finished'), 'the shell');
    shown.press('echo se', 'en', 'Enter');
    await shown.until((screen) => /^seen$/m.test(screen), 'what is typed');
  });

  test('follows the size of the terminal, and says when it is too small', async () => {
    const shown = open(workspace, 'watch', [120, 40]);
    await shown.until((screen) => screen.includes('finished'), 'the overview');
    for (const [columns, rows] of [
      [61, 17],
      [180, 50],
      [60, 40],
    ] as const) {
      shown.resize(columns, rows);
      const screen = await shown.until(
        (seen) =>
          seen.split('\n')[rows - 1]?.endsWith('? keys') === true && seen.includes('finished'),
        `${columns} x ${rows}`,
      );
      expectWhole(screen, [columns, rows]);
    }
    shown.resize(40, 10);
    await shown.until((screen) => screen.includes('The terminal is 40x10'), 'that it is too small');
  });

  test('writes not one byte while nothing changes', async () => {
    const shown = open(workspace, 'watch');
    await shown.until((screen) => screen.includes('? keys'), 'the overview');
    // The next key proves that the program lived through the seconds in which it wrote nothing.
    shown.press('j');
    await shown.until((screen) => /^❯.*wide/m.test(screen), 'the cursor');
    const before = await settled(shown);
    await new Promise((resolve) => setTimeout(resolve, 3000));
    expect(shown.written().length - before).toBe(0);
    shown.press('k');
    await shown.until((screen) => /^❯.*small/m.test(screen), 'the cursor');
    await shown.until(() => shown.written().length > before, 'that the bytes are counted');
  });

  test('needs neither colours nor more than ASCII', async () => {
    const shown = open(workspace, 'watch', [100, 30], { NO_COLOR: '1', SWEEP_ASCII: '1' });
    await shown.until((screen) => screen.includes('? keys'), 'the overview');
    shown.press('Enter');
    await shown.until((screen) => screen.includes('Differs from the base'), 'a run');
    shown.press('Escape', 'Space', 'Space', 'c');
    await shown.until((screen) => screen.includes('Validation NLL'), 'the curves');
    const written = shown.written().toString();
    const drawn = written.slice(written.indexOf('\u001b[?1049h'));
    // eslint-disable-next-line no-control-regex -- colours are 30 to 37 and 90 to 97
    expect(drawn).not.toMatch(/\u001b\[(?:\d+;)*(?:3[0-7]|9[0-7])m/);
    expect(shown.screen()).toMatch(/^[\x20-\x7e\n]*$/);
  });

  test('has only the sixteen colours that every terminal has', async () => {
    const shown = open(workspace, 'watch');
    await shown.until((screen) => screen.includes('? keys'), 'the overview');
    const written = shown.written().toString();
    expect(written).toMatch(/\u001b\[32m/); // eslint-disable-line no-control-regex
    expect(written).not.toMatch(/\u001b\[[34]8;/); // eslint-disable-line no-control-regex
  });
});

describe.skipIf(missing !== null)('the dashboard of sweep run, in a terminal', () => {
  test('shows the work, is acted from, and asks before it ends it', async () => {
    const workspace = tinyWorkspace(SLOW);
    const shown = open(workspace, 'run tiny.yaml --jobs 1');
    await shown.until((screen) => /^❯.*running +small.* [1-9]\d*\/400/m.test(screen), 'an epoch');
    shown.press('q');
    await shown.until((screen) => screen.includes('Stop the sweep?'), 'the question');
    shown.press('Escape', 'p');
    await shown.until((screen) => /paused$/m.test(screen), 'that it is paused');
    expect(workspace.read('results/sweeps/slow/control.json')).toContain('true');
    shown.press('p', 'x', 'n');
    await shown.until((screen) => /stopped +small/m.test(screen), 'that the run is stopped');
    await shown.until((screen) => /running +wide/m.test(screen), 'that the next one starts');
    shown.press('q', 'y');
    const after = await shown.until((screen) => screen.includes('ended 130'), 'the end');
    expect(after).toContain('Stopping: each run ends after its current step.');
    expect(after).toMatch(/wide +[0-9a-f]{12} +stopped/);
  });

  test('ends its work in good order when the window of the terminal is closed', async () => {
    const workspace = tinyWorkspace(SLOW);
    const shown = open(workspace, 'run tiny.yaml --jobs 1');
    await shown.until((screen) => /^❯.*running +small.* [1-9]\d*\/400/m.test(screen), 'an epoch');
    expect(isCoordinated(workspace)).toBe(true);
    terminal = undefined;
    shown.close();
    await untilGivenBack(workspace);
    const [small] = await runsOf(workspace, 'slow');
    expect(small?.state).toBe('stopped');
    expect(eventsOf(workspace, small?.id ?? '').at(-1)).toMatchObject({ type: 'stopped' });
  });

  test('under nohup, goes on when the window of the terminal is closed', async () => {
    const workspace = tinyWorkspace(SLOW.replace('maxEpochs: 400', 'maxEpochs: 150'));
    const shown = openTmux({
      columns: 100,
      rows: 30,
      folder: workspace.folder,
      command: `nohup ${SWEEP} run tiny.yaml --jobs 1 > log.txt 2>&1 &`,
    });
    terminal = shown;
    await shown.until(() => / epoch +\d+ /.test(workspace.read('log.txt')), 'an epoch');
    terminal = undefined;
    shown.close();
    await untilGivenBack(workspace);
    const runs = await runsOf(workspace, 'slow');
    expect(runs.map(({ state }) => state)).toEqual(['completed', 'completed']);
    // The signal reaches the workers too, and they lose nothing of the run that they are at.
    const starts = runs.map(({ id }) => attemptsOf(workspace, id));
    expect(starts).toEqual([1, 1]);
    expect(workspace.read('log.txt')).toContain('Next: sweep analyze slow');
  });

  test('ends with the sweep and leaves its results on the terminal', async () => {
    const shown = open(tinyWorkspace(), 'run tiny.yaml');
    const after = await shown.until((screen) => screen.includes('ended 0'), 'the end');
    expect(after).toMatch(/wide +[0-9a-f]{12} +completed/);
    expect(shown.written().toString()).toContain('\u001b[?1049h');
  });

  test('--plain, CI and a pipe have lines instead', async () => {
    const workspace = tinyWorkspace();
    const shown = open(workspace, 'run tiny.yaml --plain');
    const after = await shown.until((screen) => screen.includes('ended 0'), 'the end');
    expect(after).toContain('completed');
    shown.press(`CI=1 ${SWEEP} watch; ${SWEEP} watch | cat; echo over`, 'Enter');
    await shown.until((screen) => /^over$/m.test(screen), 'both ends');
    expect(shown.written().toString()).not.toContain('\u001b[?1049h');
  });
});

/** The lock goes when all else has ended; a process that died of a closed terminal would have left it. */
async function untilGivenBack(workspace: Workspace): Promise<void> {
  await vi.waitFor(
    () => {
      expect(isCoordinated(workspace)).toBe(false);
    },
    { timeout: 60_000, interval: 100 },
  );
}

function attemptsOf(workspace: Workspace, id: string): number {
  return eventsOf(workspace, id).filter(({ type }) => type === 'started').length;
}

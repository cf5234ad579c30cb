import { execFileSync, spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as delay } from 'node:timers/promises';
import { resultsPaths, type ResultsPaths } from '../../src/core/run-folder/paths.js';
import { openTmux, tmuxMissing } from '../../test/support/tmux.js';
import type { Part } from './part.js';
import { count, median, middleOf, SWEEP, took } from './program.js';

const RUNS_PER_SWEEP = 1_000;
const SWEEP_NAME = 's0000';

/** Looking at a very large database. */
export const measureLargeDatabase: Part = async (folder, { databaseRuns }, add) => {
  const paths = resultsPaths(join(folder, 'results'));
  const begin = performance.now();
  const rows = make(paths, databaseRuns);
  const seconds = (performance.now() - begin) / 1000;
  const { size } = statSync(paths.database);
  const made = `${count(databaseRuns)} runs in ${count(databaseRuns / RUNS_PER_SWEEP)} sweeps, ${count(rows)} metric rows, ${(size / 1e9).toFixed(1)} GB`;
  process.stderr.write(`generated ${made} in ${seconds.toFixed(0)} s\n`);
  spawnSync('sync'); // else the gigabytes that were made are on their way to the disk meanwhile
  add(`\`sweep ls\`, ${made}`, 'at most 1 s', took(await middleOf(TIMES, folder, 'ls')));
  const list = await middleOf(TIMES, folder, 'ls', SWEEP_NAME);
  add(`\`sweep ls\` of one of them, ${count(RUNS_PER_SWEEP)} runs`, 'at most 1 s', took(list));
  add(
    '`sweep watch` of one of them, until its first picture',
    'at most 1 s',
    await timeDashboards(folder, paths),
  );
  const analysis = await middleOf(TIMES, folder, 'analyze', SWEEP_NAME);
  add('`sweep analyze` of one of them', 'at most 3 s', took(analysis));
};

const MAKER = fileURLToPath(new URL('make-large-database.ts', import.meta.url));

/**
 * In a process of its own, whose gigabyte of memory ends with it: starting another program takes this one 80 ms instead of
 * 7 while it has that, and a terminal is many of them.
 *
 * @returns the number of metric rows
 */
function make(paths: ResultsPaths, runs: number): number {
  const args = [...process.execArgv, MAKER, paths.folder, `${runs}`, `${RUNS_PER_SWEEP}`];
  return Number(execFileSync(process.execPath, args, { encoding: 'utf8' }));
}

/** How often each is measured; the middle one counts. */
const TIMES = 5;

async function timeDashboards(folder: string, paths: ResultsPaths): Promise<string> {
  const missing = tmuxMissing();
  if (missing !== null) return missing;
  const seconds: number[] = [];
  for (let time = 0; time < TIMES; time++) seconds.push(await timeDashboard(folder, paths));
  return `${median(seconds).toFixed(2)} s`;
}

/** From Enter to the dashboard's first picture in a real terminal. */
async function timeDashboard(folder: string, paths: ResultsPaths): Promise<number> {
  const terminal = openTmux({ columns: 120, rows: 40, folder, command: 'echo here' });
  try {
    await terminal.until((screen) => screen.includes('here'), 'the shell');
    const command = `${process.execPath} ${resolve(SWEEP)} watch ${SWEEP_NAME} --results ${paths.folder}`;
    const begin = performance.now();
    terminal.press(command, 'Enter');
    while (!terminal.screen().includes('? keys')) await delay(10);
    return (performance.now() - begin) / 1000;
  } finally {
    terminal.close();
  }
}

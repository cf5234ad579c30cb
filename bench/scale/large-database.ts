import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { resultsPaths, type ResultsPaths } from '../../src/core/run-folder/paths.js';
import { openTmux, tmuxMissing } from '../../test/support/tmux.js';
import { copyRows as copy, makeOfCopies } from './copy-rows.js';
import type { Part } from './part.js';
import { count, median, type Outcome, SWEEP, sweep, took } from './program.js';

const RUNS_PER_SWEEP = 1_000;
/** With two scores of two splits each: 52 metric rows a run. */
const EPOCHS = 13;
const SWEEP_NAME = 's0000';

/** Looking at a very large database. */
export const measureLargeDatabase: Part = async (folder, { databaseRuns }, add) => {
  const paths = resultsPaths(join(folder, 'results'));
  const begin = performance.now();
  const rows = generate(paths, databaseRuns);
  const seconds = (performance.now() - begin) / 1000;
  const { size } = statSync(paths.database);
  const made = `${count(databaseRuns)} runs in ${count(databaseRuns / RUNS_PER_SWEEP)} sweeps, ${count(rows)} metric rows, ${(size / 1e9).toFixed(1)} GB`;
  process.stderr.write(`generated ${made} in ${seconds.toFixed(0)} s\n`);
  spawnSync('sync'); // else the gigabytes that were made are on their way to the disk meanwhile
  add(`\`sweep ls\`, ${made}`, 'at most 1 s', took(await middle(folder, 'ls')));
  const list = await middle(folder, 'ls', SWEEP_NAME);
  add(`\`sweep ls\` of one of them, ${count(RUNS_PER_SWEEP)} runs`, 'at most 1 s', took(list));
  add(
    '`sweep watch` of one of them, until its first picture',
    'at most 1 s',
    await timeDashboards(folder, paths),
  );
  const analysis = await middle(folder, 'analyze', SWEEP_NAME);
  add('`sweep analyze` of one of them', 'at most 3 s', took(analysis));
};

/** How often each is measured; the middle one counts. */
const TIMES = 3;

async function middle(folder: string, ...args: readonly string[]): Promise<Outcome> {
  const outcomes: Outcome[] = [];
  for (let time = 0; time < TIMES; time++) outcomes.push(await sweep(folder, ...args));
  const found = outcomes.toSorted((a, b) => a.seconds - b.seconds)[TIMES >> 1];
  if (found === undefined) throw new Error('nothing was measured');
  return found;
}

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

/** @returns the number of metric rows */
function generate(paths: ResultsPaths, runs: number): number {
  let rows = 0;
  makeOfCopies(paths, { sweep: 'template', epochs: EPOCHS }, (db) => {
    const id = `printf('%012x', n)`;
    const inSweep = `printf('s%04d', n / ${RUNS_PER_SWEEP})`;
    copy(db, 'sweeps', runs / RUNS_PER_SWEEP, { name: `printf('s%04d', n)` });
    copy(db, 'runs', runs, {
      id,
      key: `printf('%064x', n)`,
      config: `json_set(config, '$.seed', n)`,
      best_val_nll: `best_val_nll + (n * 7919 % 1000) / 100.0`,
    });
    copy(db, 'sweep_runs', runs, {
      sweep: inSweep,
      position: `n % ${RUNS_PER_SWEEP}`,
      name: `'seed=' || n`,
      run_id: id,
      changes: `'{"seed":' || n || '}'`,
    });
    copy(db, 'epochs', runs, { run_id: id });
    rows = copy(db, 'metrics', runs, {
      run_id: id,
      value: 'value + (n * 7919 % 1000) / 100.0',
    });
  });
  return rows;
}

/**
 * CPU time of the dashboard with many runs in its table: the real program in a real terminal (tmux), while this process
 * commits four times a second what a worker reports. Writes bench/DASHBOARD.md. Needs `npm run build` and tmux.
 */
import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { runId, runKey } from '../src/core/config/run-key.js';
import { writeLease } from '../test/support/write-lease.js';
import { resultsPaths } from '../src/core/run-folder/paths.js';
import type { RunFile } from '../src/core/run-folder/run-file.js';
import { createRecorder, type Recorder } from '../src/core/store/recorder.js';
import {
  epoch,
  exampleRun,
  exampleSweep,
  logFile,
  logOf,
  progress,
  started,
  writeRun,
} from '../test/core/store/example-runs.js';
import { openTmux, type TmuxTerminal } from '../test/support/tmux.js';
import { feelKeys, type FeltKeys } from './large-sweep-keys.js';

const RUNS = 10_000;
/** Runs with epochs, and so with curves. */
const TRAINED = 500;
const SECONDS = 15;
/** Until what runs often is compiled and what the start left behind is collected: a dashboard is left open for hours. */
const WARM_UP_SECONDS = 45;
const UPDATE_MS = 250;
/** Sizes whose keys are pressed: the first is what the others are to feel like. */
const SIZES = [10, 200_000, 1_000_000];
/** Clock ticks of /proc/<pid>/stat a second. */
const TICKS = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));

const ms = (value: number): string => `${Math.round(value)}`;
const spread = (value: FeltKeys['busyMoveMs']): string =>
  value === null ? 'at once' : `${ms(value.median)}, ${ms(value.most)}`;

/** What is told of each size. */
const FELT: readonly (readonly [string, (felt: FeltKeys) => string])[] = [
  ['moving, in the order of the plan', ({ moveMs }) => spread(moveMs)],
  ['moving, sorted by the objective', ({ sortedMoveMs }) => spread(sortedMoveMs)],
  ['moving while an answer is being read', ({ busyMoveMs }) => spread(busyMoveMs)],
  ['sorting by the objective', ({ sortMs }) => ms(sortMs)],
  ['grouping', ({ groupMs }) => ms(groupMs)],
  ['filtering, from the last of seven letters', ({ filterMs }) => ms(filterMs)],
  ['first picture, with the start of the program', ({ firstMs }) => ms(firstMs)],
];

function manyRuns(): RunFile[] {
  const first = exampleRun();
  return Array.from({ length: RUNS }, (_, index) => {
    const config = { ...first.config, seed: index + 1 };
    const key = runKey(config, first.dataFingerprint);
    return { ...first, config, key, id: runId(key), parameters: 1000 + (index % 97) };
  });
}

/** User and system time of a process, in seconds (proc(5), fields 14 and 15). */
function cpuSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS;
}

/** The program that the shell in a terminal runs. */
function childOf(shell: number): number {
  return Number(readFileSync(`/proc/${shell}/task/${shell}/children`, 'utf8').trim().split(' ')[0]);
}

interface Measured {
  readonly what: string;
  readonly cpu: number;
  readonly bytes: number;
  /** Updates a second that were really made. */
  readonly updates: number;
}

/** Measures for some seconds, with four updates a second or none. */
async function measure(
  what: string,
  terminal: TmuxTerminal,
  update: (() => void) | null,
): Promise<Measured> {
  const pid = childOf(terminal.pid);
  await updateFor(WARM_UP_SECONDS, update);
  const before = { cpu: cpuSeconds(pid), bytes: terminal.written().length, ms: performance.now() };
  const updates = await updateFor(SECONDS, update);
  const seconds = (performance.now() - before.ms) / 1000;
  return {
    what,
    cpu: (cpuSeconds(pid) - before.cpu) / seconds,
    bytes: (terminal.written().length - before.bytes) / seconds,
    updates: updates / seconds,
  };
}

/** Updates when it is time for the next one, also on a machine that is late; returns how many there were. */
async function updateFor(seconds: number, update: (() => void) | null): Promise<number> {
  const startMs = performance.now();
  let done = 0;
  for (; done * UPDATE_MS < seconds * 1000; done += 1) {
    await delay(Math.max(0, startMs + done * UPDATE_MS - performance.now()));
    update?.();
  }
  return update === null ? 0 : done;
}

const paths = resultsPaths(mkdtempSync(join(tmpdir(), 'sweep-bench-')));
const runs = manyRuns();
const recorder: Recorder = createRecorder(paths);
const results: Measured[] = [];
try {
  for (const run of runs) recorder.recordRun(run);
  for (const [index, run] of runs.slice(0, TRAINED).entries()) {
    writeRun(
      paths,
      run,
      logOf([started(), ...[0, 1, 2, 3].map((at) => epoch(at, 60 - at - (index % 7)))]),
    );
    recorder.ingest(run.id);
  }
  recorder.recordSweep(exampleSweep('many', runs));
  const [busy] = runs;
  if (busy === undefined) throw new Error('there are no runs');
  let seq = 5;
  const update = (): void => {
    seq += 1;
    const event = { seq, time: new Date().toISOString(), ...progress(4, seq % 8) };
    appendFileSync(logFile(paths, busy.id), `${JSON.stringify(event)}\n`);
    recorder.ingest(busy.id);
  };
  for (const [columns, rows] of [
    [100, 30],
    [200, 60],
    [300, 100],
  ] as const) {
    const terminal = openTmux({
      columns,
      rows,
      folder: dirname(paths.folder),
      command: `node ${resolve('dist/cli/main.js')} watch many --results ${paths.folder}`,
    });
    try {
      await terminal.until((screen) => screen.includes('? keys'), 'the dashboard');
      results.push(await measure(`${columns} x ${rows}, nothing changes`, terminal, null));
      writeLease(paths.run(busy.id).attempt(1).lease);
      results.push(
        await measure(`${columns} x ${rows}, in the order of the plan`, terminal, update),
      );
      terminal.press('s');
      results.push(
        await measure(`${columns} x ${rows}, sorted by the objective`, terminal, update),
      );
    } finally {
      terminal.close();
      rmSync(paths.run(busy.id).attempt(1).lease, { force: true });
    }
  }
} finally {
  recorder.close();
  rmSync(paths.folder, { recursive: true, force: true });
}

const rows = results.map(
  ({ what, cpu, bytes, updates }) =>
    `| ${what} | ${updates.toFixed(1)} | ${(cpu * 100).toFixed(1)} % | ${Math.round(bytes)} |`,
);
const felt: FeltKeys[] = [];
for (const size of SIZES) felt.push(await feelKeys(size));
const columns = felt.map(({ runs: size }) => `${size.toLocaleString('en')} runs`);
const feltRows = FELT.map(([what, of]) => `| ${[what, ...felt.map(of)].join(' | ')} |`);
writeFileSync(
  'bench/DASHBOARD.md',
  `# The dashboard's share of a core

\`npm run bench:dashboard\`, ${new Date().toISOString().slice(0, 10)}: ${RUNS} runs in the table, four commits a second where
something changes, ${SECONDS} seconds each after ${WARM_UP_SECONDS} to warm up. ${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${availableParallelism()} cores, Node ${process.versions.node}.
CPU time is that of the program, from /proc, so that other work on the machine counts little.

| screen | commits a second | CPU of one core | bytes a second |
| --- | ---: | ---: | ---: |
${rows.join('\n')}

The aim is at most 5 % at four updates a second.

# How it feels with many runs

120 x 40, milliseconds from a key to the first byte on the terminal (median, most), what tmux takes included; load of the
machine ${loadavg()[0]?.toFixed(1) ?? '?'}. Sorting, grouping and filtering are told until the answer is on the screen, which
meanwhile hears the keys.

| | ${columns.join(' | ')} |
| --- |${' ---: |'.repeat(columns.length)}
${feltRows.join('\n')}
`,
);
console.log([...rows, ...feltRows].join('\n'));

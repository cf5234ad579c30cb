import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { inject } from 'vitest';
import { lastAttempt } from '../../src/core/run-folder/attempts.js';
import { workingCoordinator } from '../../src/core/run-folder/coordinators.js';
import { resultsPaths, type RunPaths } from '../../src/core/run-folder/paths.js';
import { readRunLog } from '../../src/core/run-folder/run-log.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { BINARY, someTexts, TINY } from './tiny-sweep.js';

export { TINY } from './tiny-sweep.js';

/** What a finished program left. */
export interface Finished {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number | undefined;
}

function startProgram(folder: string, args: readonly string[]) {
  return execa(process.execPath, [BINARY, ...args], {
    cwd: folder,
    reject: false,
    env: { NO_COLOR: '1', COLUMNS: '200' },
  });
}

/** The program while it runs. */
export type SweepProcess = ReturnType<typeof startProgram>;

/** A folder with definitions and results, and the real binary to run in it. */
export interface Workspace {
  readonly folder: string;
  write(name: string, text: string): void;
  read(name: string): string;
  /** Names in a folder, sorted; none if it does not exist. */
  list(name: string): string[];
  /** Runs the program to its end; a failing one is no error. */
  sweep(...args: string[]): Promise<Finished>;
  start(...args: string[]): SweepProcess;
  /** Runs with `--json` and parses what it prints. */
  json<T>(...args: string[]): Promise<T>;
}

/** A new empty workspace that is removed with its test. */
export function createWorkspace(folder: string = temporaryFolder()): Workspace {
  const start: Workspace['start'] = (...args) => startProgram(folder, args);
  const sweep: Workspace['sweep'] = async (...args) => {
    const { stdout, stderr, exitCode } = await start(...args);
    return { stdout, stderr, exitCode };
  };
  return {
    folder,
    write: (name, text) => {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    },
    read: (name) => readFileSync(join(folder, name), 'utf8'),
    list: (name) => {
      try {
        return readdirSync(join(folder, name)).sort();
      } catch {
        return [];
      }
    },
    start,
    sweep,
    json: async <T>(...args: string[]) => {
      const { stdout, stderr } = await sweep(...args, '--json');
      if (stdout === '') throw new Error(`nothing on stdout: ${stderr}`);
      return JSON.parse(stdout) as T;
    },
  };
}

/** A workspace with {@link TINY} and its texts. */
export function tinyWorkspace(definition: string = TINY, folder?: string): Workspace {
  const workspace = createWorkspace(folder);
  workspace.write('texts.txt', someTexts());
  workspace.write('tiny.yaml', definition);
  return workspace;
}

/** A workspace in which {@link TINY} has just been trained: a copy of the one that all files of the project share. */
export function finishedWorkspace(folder: string = temporaryFolder()): Workspace {
  return copyWorkspace(inject('finishedSweep'), folder);
}

/** A copy of the folder of a workspace in which nothing is at work; its runs find their texts in the copy. */
export function copyWorkspace(from: string, folder: string = temporaryFolder()): Workspace {
  cpSync(from, folder, { recursive: true });
  const workspace = createWorkspace(folder);
  for (const id of workspace.list('results/runs')) {
    const file = `results/runs/${id}/run.json`;
    const run = JSON.parse(workspace.read(file)) as object;
    workspace.write(file, JSON.stringify({ ...run, baseFolder: folder }, null, 2) + '\n');
  }
  return workspace;
}

/** The folder of a run. */
export function runFolder({ folder }: Workspace, runId: string): RunPaths {
  return resultsPaths(join(folder, 'results')).run(runId);
}

/** The events of a run that count. */
export function eventsOf(workspace: Workspace, runId: string): Record<string, unknown>[] {
  return readRunLog(runFolder(workspace, runId)).events.map((event) => ({ ...event }));
}

/** The folder of its latest attempt, from the workspace. */
export function attemptFolder(workspace: Workspace, runId: string): string {
  const last = lastAttempt(runFolder(workspace, runId));
  return `results/runs/${runId}/attempts/${last}`;
}

/** Names of its checkpoints. */
export function checkpointsOf(workspace: Workspace, runId: string): string[] {
  return workspace.list(`${attemptFolder(workspace, runId)}/checkpoint`);
}

/** Whether a process works in the results folder. */
export function isCoordinated({ folder }: Workspace): boolean {
  return workingCoordinator(resultsPaths(join(folder, 'results'))) !== null;
}

/** What a run found out: its events without times, durations and the machine it ran on. */
export function findings(workspace: Workspace, runId: string): Record<string, unknown>[] {
  const found = eventsOf(workspace, runId).filter(({ type }) =>
    ['epoch', 'samples', 'evaluated', 'checkpoint', 'completed'].includes(String(type)),
  );
  return found.map(
    ({ seq, time, seconds, trainSeconds, evaluateSeconds, textsPerSecond, stepSeconds, ...rest }) =>
      rest,
  );
}

/** What `sweep ls SWEEP --json` prints, as far as tests look at it. */
interface RunsDocument {
  readonly runs: readonly {
    readonly id: string;
    readonly name: string;
    readonly state: string;
    readonly testNll: number | null;
    readonly epochs: number;
    readonly outcomeMessage: string | null;
    readonly attempts: number;
  }[];
}

/** The runs of a sweep. */
export async function runsOf(workspace: Workspace, sweep = 'tiny'): Promise<RunsDocument['runs']> {
  return (await workspace.json<RunsDocument>('ls', sweep)).runs;
}

/** Waits until the program has said something on stderr. */
export async function seen(program: SweepProcess, pattern: RegExp): Promise<void> {
  let text = '';
  await new Promise<void>((resolve, reject) => {
    program.stderr.on('data', (part: Buffer) => {
      text += part.toString();
      if (pattern.test(text)) resolve();
    });
    void program.then(() => {
      reject(new Error(`ended without saying ${String(pattern)}: ${text}`));
    });
  });
}

const PAGE = readFileSync(new URL('../../docs/json.md', import.meta.url), 'utf8');

/** Fields in the first column of the table under a heading of docs/json.md. */
export function documentedFields(heading: string): string[] {
  const section = PAGE.split(/^#+ /m).find((part) => part.startsWith(heading));
  if (section === undefined) throw new Error(`docs/json.md has no section ${heading}`);
  const rows = section.split('\n').filter((line) => line.startsWith('| `'));
  const names = rows.flatMap((row) => [...row.split('|')[1]!.matchAll(/`([^`]+)`/g)]);
  return names.map(([, name]) => name!).sort();
}

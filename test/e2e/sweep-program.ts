import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { temporaryFolder } from '../support/temporary-folder.js';

const BINARY = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

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

/** A small text file with something to learn in it: 120 distinct lines. */
export function someTexts(): string {
  const names = ['anna', 'bruno', 'carla', 'dario', 'elena', 'fabio'];
  const verbs = ['paints', 'builds', 'sells', 'repairs'];
  const things = ['boats', 'houses', 'clocks', 'bridges', 'windows'];
  const lines = names.flatMap((name) =>
    verbs.flatMap((verb) => things.map((thing) => `${name} ${verb} ${thing}`)),
  );
  return `${lines.join('\n')}\n`;
}

/** A definition whose runs take about a second. */
export const TINY = `
name: tiny
title: Two tiny models
dataset: { source: file, path: texts.txt, clean: { dropStopWords: false, lemmatizeNouns: false } }
base:
  model: { tokens: 24, embedding: 4, neurons: 2, heads: 1, blocks: 1 }
  train: { maxEpochs: 3, batchSize: 16, learningRate: 0.01 }
  sample: { count: 4, temperatures: [0.5, 1.0] }
runs:
  - { name: small }
  - { name: wide, model.embedding: 8 }
`;

/** A workspace with {@link TINY} and its texts. */
export function tinyWorkspace(definition: string = TINY, folder?: string): Workspace {
  const workspace = createWorkspace(folder);
  workspace.write('texts.txt', someTexts());
  workspace.write('tiny.yaml', definition);
  return workspace;
}

/** The event lines of a run. */
export function eventsOf(workspace: Workspace, runId: string): Record<string, unknown>[] {
  return workspace
    .read(`results/runs/${runId}/events.jsonl`)
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
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

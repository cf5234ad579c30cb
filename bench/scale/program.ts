import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/** The built program. */
export const SWEEP = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

/** How often a program's memory is looked at. */
const LOOK_MS = 500;
/** Has a Node program say what memory it takes: now and then, and at most. */
const REPORT_MEMORY =
  'data:text/javascript,const r=[];setInterval(()=>r.push(Math.round(process.memoryUsage.rss()/1024)),' +
  `${LOOK_MS}).unref();process.on("exit",()=>process.stderr.write("rssKiB="+r.join()+" peakKiB="+process.resourceUsage().maxRSS+"\\n"))`;

/** A program that has ended. */
export interface Outcome {
  /** From its start to its end. */
  readonly seconds: number;
  /** User and system time, of the processes that it started too. */
  readonly cpuSeconds: number;
  /** Resident memory at most, of a Node program; without the processes that it started. */
  readonly peakMiB: number;
  /** The same over time, for the flatness of it. */
  readonly memoryMiB: readonly number[];
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end and measures it from outside, by the shell's own clock of its children. */
export async function measure(
  folder: string,
  program: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Outcome> {
  const begin = performance.now();
  const child = spawn(
    'bash',
    ['-c', 'TIMEFORMAT="cpu=%U+%S"; time "$@"', 'bash', program, ...args],
    { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...environment } },
  );
  const output = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const)
    child[stream].setEncoding('utf8').on('data', (text: string) => (output[stream] += text));
  const exitCode = await new Promise<number | null>((resolve) => child.once('close', resolve));
  const seconds = (performance.now() - begin) / 1000;
  const [, user, system] = /cpu=([\d.]+)\+([\d.]+)/.exec(output.stderr) ?? [];
  const memory = (/rssKiB=([\d,]*)/.exec(output.stderr)?.[1] ?? '').split(',').map(Number);
  return {
    seconds,
    cpuSeconds: Number(user) + Number(system),
    peakMiB: Number(/peakKiB=(\d+)/.exec(output.stderr)?.[1]) / 1024,
    memoryMiB: memory.map((kib) => kib / 1024),
    exitCode,
    ...output,
  };
}

/** {@link measure} for the built program. @throws when it fails */
export async function sweep(folder: string, ...args: readonly string[]): Promise<Outcome> {
  const node = [`--import`, REPORT_MEMORY, SWEEP, ...args];
  const outcome = await measure(folder, process.execPath, node);
  if (outcome.exitCode !== 0)
    throw new Error(`sweep ${args.join(' ')}: ${outcome.stderr.slice(-2000)}`);
  return outcome;
}

/** Has each Node program, also those that it starts, add its processor time in seconds to a file at its end. */
// Encoded: in NODE_OPTIONS a quotation mark has a meaning of its own.
const REPORT_CPU = `data:text/javascript,${encodeURIComponent(
  'import{appendFileSync}from"node:fs";process.on("exit",()=>{const{userCPUTime:u,systemCPUTime:s}=process.resourceUsage();' +
    'appendFileSync(process.env.SWEEP_BENCH_CPU,((u+s)/1e6)+String.fromCharCode(10))})',
)}`;

/**
 * {@link sweep} with the processor time of its workers in it: the shell knows only of processes that somebody waited for,
 * and free workers end when the program has ended.
 *
 * @param workers how many there are
 */
export async function sweepWithWorkers(
  folder: string,
  workers: number,
  ...args: readonly string[]
): Promise<Outcome> {
  const file = join(folder, 'cpu.txt');
  rmSync(file, { force: true });
  const environment = { SWEEP_BENCH_CPU: file, NODE_OPTIONS: `--import ${REPORT_CPU}` };
  const outcome = await measure(folder, process.execPath, [SWEEP, ...args], environment);
  if (outcome.exitCode !== 0)
    throw new Error(`sweep ${args.join(' ')}: ${outcome.stderr.slice(-2000)}`);
  for (;;) {
    const times = readFileSync(file, 'utf8').trim().split('\n').map(Number);
    if (times.length >= workers + 1)
      return { ...outcome, cpuSeconds: times.reduce((sum, seconds) => sum + seconds, 0) };
    await delay(50);
  }
}

/** Wall time and peak memory in words. */
export function took({ seconds, peakMiB }: Outcome): string {
  return `${seconds.toFixed(2)} s, ${peakMiB.toFixed(0)} MiB`;
}

/** A number with its thousands apart. */
export function count(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}

/** Runs sweep several times, one after the other. @returns the one in the middle by its time */
export async function middleOf(
  times: number,
  folder: string,
  ...args: readonly string[]
): Promise<Outcome> {
  const outcomes: Outcome[] = [];
  for (let time = 0; time < times; time++) outcomes.push(await sweep(folder, ...args));
  const found = outcomes.toSorted((a, b) => a.seconds - b.seconds)[times >> 1];
  if (found === undefined) throw new Error('nothing was measured');
  return found;
}

/** The middle of some numbers. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? Number.NaN)
    : ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2;
}

import { spawn } from 'node:child_process';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Device, deviceName } from '../../core/engine/devices.js';
import { parseProbeReport, type ProbeReport } from '../../core/engine/probe-report.js';

/** How a device is tried. */
export interface ProbeProcessOptions {
  /** Whether to measure its training speed, which takes two seconds more. @default false */
  readonly measure?: boolean;
  /** CPU threads for the measurement. @default 1 */
  readonly threads?: number;
  /** @default a minute: a GPU's first session can compile shaders for half of that */
  readonly timeoutMs?: number;
  /** The program to start. @default probe-worker.js */
  readonly worker?: string;
}

const TIMEOUT_MS = 60_000;
const BROKEN = 'Look at its driver, or choose another device with --device.';

/**
 * Tries a device in a process of its own, so that a driver that hangs or crashes is an answer and not the end of this
 * process.
 */
export function probeInProcess(
  device: Device,
  {
    measure = false,
    threads = 1,
    timeoutMs = TIMEOUT_MS,
    worker = workerPath(),
  }: ProbeProcessOptions = {},
): Promise<ProbeReport> {
  return new Promise((resolve) => {
    const options = [`--threads=${threads}`, ...(measure ? ['--measure'] : [])];
    const child = spawn(
      process.execPath,
      // execArgv carries the TypeScript loader when this program itself runs from source
      [...process.execArgv, worker, deviceName(device), ...options],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    );
    const output = { stdout: '', stderr: '' };
    for (const stream of ['stdout', 'stderr'] as const)
      child[stream].setEncoding('utf8').on('data', (text: string) => (output[stream] += text));
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      child.kill('SIGKILL');
    }, timeoutMs);
    const fail = (reason: string): void => {
      clearTimeout(timer);
      resolve({ usable: false, reason, fix: BROKEN });
    };
    child.once('error', (error) => {
      fail(`it could not be tried: ${error.message}`);
    });
    child.once('close', (exitCode, signal) => {
      clearTimeout(timer);
      const report = parseProbeReport(output.stdout);
      if (report !== undefined) resolve(report);
      else if (isLate) fail(`it did not answer within ${timeoutMs / 1000} s`);
      else if (signal !== null) fail(`trying it ended the process with ${signal}`);
      else
        fail(
          `trying it failed with exit code ${exitCode ?? 'unknown'}: ${errorLine(output.stderr)}`,
        );
    });
  });
}

/** The line that says what went wrong: the first that starts with an error's name, else the last. */
function errorLine(stderr: string): string {
  const lines = stderr.split('\n').map((line) => line.trim());
  const said = lines.filter((line) => line !== '');
  return said.find((line) => /^\w*Error\b/.test(line)) ?? said.at(-1) ?? 'it said nothing';
}

function workerPath(): string {
  const here = fileURLToPath(import.meta.url);
  return fileURLToPath(new URL(`../../core/engine/probe-worker${extname(here)}`, import.meta.url));
}

import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { LaunchedWorker, Launcher, LaunchOrder, WorkerExit } from './launcher.js';

/** Starts each worker as a process of this machine. */
export function createLocalLauncher(): Launcher {
  return { name: 'local', launch };
}

function launch({ runFolder, logFile, threads, device, environment }: LaunchOrder): LaunchedWorker {
  const log = openSync(logFile, 'a');
  const child = spawn(
    process.execPath,
    // execArgv carries the TypeScript loader when this program itself runs from source
    [...process.execArgv, workerPath(), runFolder, '--threads', `${threads}`, '--device', device],
    {
      // The channel is never written to: when this process dies, however it dies, the worker sees it close.
      stdio: ['ignore', log, log, 'ipc'],
      env: { ...process.env, ...environment },
    },
  );
  closeSync(log); // the child has its own copy
  const ended = new Promise<WorkerExit>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (exitCode, signal) => {
      resolve({ exitCode, signal });
    });
  });
  return {
    ended,
    stop: () => void child.kill('SIGTERM'),
    kill: () => void child.kill('SIGKILL'),
  };
}

function workerPath(): string {
  const here = fileURLToPath(import.meta.url);
  return fileURLToPath(new URL(`../../core/trainer/worker${extname(here)}`, import.meta.url));
}

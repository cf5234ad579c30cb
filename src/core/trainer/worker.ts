/**
 * The process that does runs: `node worker.js <run folder> --threads 2 --device auto`.
 *
 * It needs nothing but the run's folder (and its neighbours), so any launcher can start it. What happens is in
 * `events.jsonl`; the exit code only tells a launcher whether to look there for a failure. A launcher that has an IPC
 * channel to it may give it another run when a short one went well; see worker-messages.ts.
 */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { messageOf } from '../errors.js';
import { runPaths } from '../run-folder/paths.js';
import { isFinal } from '../run-folder/run-state.js';
import { storageProblem } from '../run-folder/storage-problem.js';
import { SIGTERM_REASON } from '../run-folder/stop-request.js';
import { doRun } from './do-run.js';
import { canBeReused, takeNextRun } from './next-run.js';
import { watchOwnLog } from './own-log.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    threads: { type: 'string', default: '1' },
    device: { type: 'string', default: 'auto' },
  },
});
const [firstFolder] = positionals;
const threads = Number(values.threads);

if (firstFolder === undefined || !Number.isInteger(threads) || threads < 1) {
  process.stderr.write('usage: worker.js <run folder> [--threads N] [--device auto]\n');
  process.exitCode = 2;
} else {
  const controller = new AbortController();
  const stop = (reason: string): void => {
    if (!controller.signal.aborted) controller.abort(new Error(reason));
  };
  // Ctrl-C reaches every process of the terminal; the coordinator decides what it means and sends SIGTERM.
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => {
    stop(SIGTERM_REASON);
  });
  let folder: string | null = resolve(firstFolder);
  const ownLog = (): string => runPaths(folder ?? firstFolder).log;
  if (!process.connected) watchOwnLog(ownLog);
  process.on('disconnect', () => {
    stop('the coordinator is gone');
    watchOwnLog(ownLog); // until now that one did
  });
  try {
    while (folder !== null) {
      const begin = performance.now();
      const ended = await doRun({ folder, threads, device: values.device }, controller.signal);
      process.exitCode = ended === 'failed' ? 1 : 0;
      const goesOn = isFinal(ended) && canBeReused(performance.now() - begin);
      folder = goesOn ? await takeNextRun(controller.signal) : null;
    }
  } catch (error) {
    // The run could not be opened, or its log takes nothing any more.
    process.stderr.write(`${messageOf(storageProblem(error) ?? error)}\n`);
    process.exitCode = 2;
  }
  // The channel to the coordinator would keep the process alive.
  if (process.connected) process.disconnect();
}

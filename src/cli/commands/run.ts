import { dirname } from 'node:path';
import { pc } from '../colors.js';
import { resolveDevices } from '../../core/engine/resolve-devices.js';
import { resultsPaths } from '../../core/run-folder/paths.js';
import { openForReading } from '../../core/store/database.js';
import { createRecorder, type Recorder } from '../../core/store/recorder.js';
import { readGitState } from '../../sweeps/launchers/git-state.js';
import { createLocalLauncher } from '../../sweeps/launchers/local.js';
import { probeInProcess } from '../../sweeps/launchers/probe-process.js';
import { createPlanContext, type DataListener } from '../../sweeps/plan/plan-context.js';
import { readMachine } from '../../core/engine/machine.js';
import { lockResults } from '../../sweeps/scheduler/results-lock.js';
import { runSweep, type SweepResult } from '../../sweeps/scheduler/run-sweep.js';
import { EXIT_CODE } from '../exit-code.js';
import { listenForInterrupts } from '../interrupt.js';
import { note } from '../output.js';
import { planFile } from '../plan-file.js';
import { createProgressLines } from '../progress-lines.js';
import { runList } from './ls.js';

/** Options of `sweep run`. */
export interface RunOptions {
  readonly set: readonly string[];
  readonly results: string;
  readonly jobs?: number | undefined;
  /** `--device`; the definition's `device` counts when it is left out. */
  readonly device?: string | undefined;
}

/** The first plan has said what there is to say of the data. */
const QUIET: DataListener = { onProgress: () => undefined, onWarning: () => undefined };

/**
 * `sweep run FILE`: everything that is left of a sweep.
 *
 * @throws SweepError for a wrong definition, bad data, or a results folder in use; nothing is created then
 */
export async function runRun(file: string, options: RunOptions): Promise<void> {
  // Planned once before anything is created: a wrong definition or missing data leaves no trace.
  const { definition } = await planFile(file, options);
  const devices = await resolveDevices(options.device ?? definition.device ?? 'auto', {
    probe: probeInProcess,
  });
  const paths = resultsPaths(options.results);
  const unlock = await lockResults(paths.folder);
  const interrupts = listenForInterrupts(() => {
    note('\nStopping: each run ends after its current step. Press Ctrl-C again to end at once.');
  });
  let recorder: Recorder | undefined;
  try {
    recorder = createRecorder(paths);
    const db = openForReading(paths.database);
    try {
      const result = await runSweep({
        definition,
        paths,
        recorder,
        launcher: createLocalLauncher(),
        context: createPlanContext(paths, db, QUIET),
        machine: readMachine(),
        jobs: options.jobs,
        devices,
        environment: gitEnvironment(dirname(definition.path)),
        signals: interrupts.signals,
        observer: createProgressLines(note),
      });
      process.exitCode = conclude(result, options.results, interrupts.signals.stop.aborted);
    } finally {
      db.close();
    }
  } finally {
    recorder?.close();
    interrupts.dispose();
    await unlock();
  }
}

function gitEnvironment(folder: string): Record<string, string> {
  const git = readGitState(folder);
  if (git === null) return {};
  return { SWEEP_GIT_COMMIT: git.commit, SWEEP_GIT_DIRTY: String(git.dirty) };
}

/** Says how it ended, shows the runs, and tells the exit code. */
function conclude({ plan, outcomes }: SweepResult, results: string, isStopped: boolean): number {
  const { name } = plan.definition;
  const waiting = plan.runs.filter((run) => run.status === 'waiting');
  const failed = [...outcomes.values()].filter((outcome) => outcome === 'failed').length;
  note('');
  if (outcomes.size === 0 && waiting.length === 0)
    note(
      `nothing to do: every run of ${name} was finished before (${plan.totals.finished} reused)`,
    );
  runList(name, { results });
  note('');
  if (isStopped) {
    note('Interrupted. The same command goes on where this one stopped.');
    return EXIT_CODE.interrupted;
  }
  if (failed > 0) note(pc.red(`${failed} ${failed === 1 ? 'run' : 'runs'} failed.`));
  for (const run of waiting) note(pc.red(`${run.name} was not started: ${run.reason}.`));
  if (failed > 0 || waiting.length > 0) return EXIT_CODE.failed;
  note(`Next: sweep analyze ${name}   sweep report ${name}   sweep show RUN`);
  return EXIT_CODE.completed;
}

import { dirname } from 'node:path';
import { pc } from '../colors.js';
import { resolveDevices } from '../../core/engine/resolve-devices.js';
import { createLocalLauncher } from '../../sweeps/launchers/local.js';
import { probeInProcess } from '../../sweeps/launchers/probe-process.js';
import type { LoadedDefinition } from '../../sweeps/definition/definition.js';
import { createPlanContext, type DataListener } from '../../sweeps/plan/plan-context.js';
import { readMachine } from '../../core/engine/machine.js';
import { createRunPolicy, type PolicyWishes } from '../../sweeps/scheduler/run-policy.js';
import { runSweep, type SweepResult } from '../../sweeps/scheduler/run-sweep.js';
import { keepTexts } from '../../core/trainer/decoder/planned-texts.js';
import { coordinate } from '../coordinate.js';
import { EXIT_CODE } from '../exit-code.js';
import { gitEnvironment } from '../git-environment.js';
import { note, noteProse } from '../output.js';
import { plainText } from '../plain-text.js';
import { checkFile } from '../plan-file.js';
import { createRunScreen } from '../run-screen.js';
import { listFirstRuns } from './ls.js';
import type { ResultsOptions } from '../results.js';

/** Options of `sweep run`. */
export interface RunOptions extends ResultsOptions {
  readonly set: readonly string[];
  readonly jobs?: number | undefined;
  /** `--device`; the definition's `device` counts when it is left out. */
  readonly device?: string | undefined;
  readonly retries?: number | undefined;
  /** In milliseconds, as the next one. */
  readonly timeout?: number | undefined;
  readonly gracePeriod?: number | undefined;
  /** Whether the sweep goes on whatever fails. */
  readonly keepGoing?: true | undefined;
  /** Lines instead of the dashboard. */
  readonly plain?: true | undefined;
}

/** The first plan has said what there is to say of the data. */
const QUIET: DataListener = { onProgress: () => undefined, onWarning: () => undefined };

/**
 * `sweep run FILE`: everything that is left of a sweep.
 *
 * @throws SweepError for a wrong definition, bad data, or a results folder in use; nothing is created then
 */
export async function runRun(file: string, options: RunOptions): Promise<void> {
  // Checked before anything is created: a wrong definition or missing data leaves no trace.
  const definition = await checkFile(file, options);
  const devices = await resolveDevices(options.device ?? definition.device ?? 'auto', {
    probe: probeInProcess,
  });
  await coordinate(options, async (coordinator) => {
    const { paths, held, recorder, db, signals } = coordinator;
    const screen = await createRunScreen(coordinator, options.plain === true);
    const result = await runSweep({
      definition,
      paths,
      held,
      recorder,
      launcher: createLocalLauncher(),
      context: createPlanContext(paths, db, {
        ...QUIET,
        onDataset: (config, dataset) => {
          keepTexts(config, dataset, paths);
        },
      }),
      machine: readMachine(),
      jobs: options.jobs,
      devices,
      environment: gitEnvironment(dirname(definition.path)),
      policy: createRunPolicy(wishesOf(options), definition.handling),
      signals,
      observer: screen.observer,
    }).finally(screen.close);
    held.check(); // else what follows is for whoever took over to say
    process.exitCode = conclude(definition, result, options);
  });
}

/** Runs of a large sweep that are listed at its end; `sweep ls` shows all. */
const SHOWN_RUNS = 200;

/** What the command line says wins over the definition. */
function wishesOf({ retries, timeout, gracePeriod, keepGoing }: RunOptions): PolicyWishes {
  return { retries, timeoutMs: timeout, gracePeriodMs: gracePeriod, keepGoing };
}

/** Says how it ended, shows the runs, and tells the exit code. */
function conclude(
  { name }: LoadedDefinition,
  result: SweepResult,
  options: ResultsOptions,
): number {
  const { finished, waiting, outcomes, isStopped, gaveUp } = result;
  const failed = outcomes.count('failed');
  note('');
  if (outcomes.size === 0 && waiting.count === 0)
    noteProse(`nothing to do: every run of ${name} was finished before (${finished} reused)`);
  listFirstRuns(name, options, SHOWN_RUNS);
  note('');
  if (isStopped) {
    noteProse('Interrupted. The same command goes on where this one stopped.');
    return EXIT_CODE.interrupted;
  }
  if (gaveUp !== null) {
    noteProse(pc.red(`The sweep stopped: ${plainText(gaveUp)}`));
    noteProse('Mend it and start it again; --keep-going does the rest whatever fails.');
    return EXIT_CODE.failed;
  }
  const stopped = outcomes.count('stopped');
  if (failed > 0) noteProse(pc.red(`${failed} ${failed === 1 ? 'run' : 'runs'} failed.`));
  for (const run of waiting.first) noteProse(pc.red(`${run.name} was not started: ${run.reason}.`));
  const untold = waiting.count - waiting.first.length;
  if (untold > 0) noteProse(pc.red(`${untold} more were not started either.`));
  if (stopped > 0)
    noteProse(`${stopped} stopped; the same command, or sweep retry ${name}, goes on.`);
  if (failed > 0) return EXIT_CODE.failed;
  if (stopped > 0) return EXIT_CODE.interrupted;
  if (waiting.count > 0) return EXIT_CODE.failed;
  noteProse(`Next: sweep analyze ${name}   sweep report ${name}   sweep show RUN`);
  return EXIT_CODE.completed;
}

import { findRun } from '../../core/store/run-queries.js';
import { createLocalLauncher } from '../../sweeps/launchers/local.js';
import { type Verification, verifyRun } from '../../sweeps/verify/verify-run.js';
import { pc } from '../colors.js';
import { EXIT_CODE } from '../exit-code.js';
import { listenForInterrupts } from '../interrupt.js';
import { withStore } from '../open-store.js';
import { createStatusLine, note, print, printJson } from '../output.js';
import { plainText } from '../plain-text.js';
import type { ResultsOptions } from '../results.js';

/** Options of `sweep verify`. */
export interface VerifyOptions extends ResultsOptions {
  readonly json?: true | undefined;
}

/** Differences that are named of each kind; `--json` has them all. */
const SHOWN = 5;

/**
 * `sweep verify RUN`: does a finished run again, with a stop and a kill in the middle, and compares every bit. The exit
 * code is 1 when something differs.
 *
 * @throws SweepError `bad-call` for a run that is unknown or not finished, `unavailable` when it cannot be done again
 */
export async function runVerify(text: string, { json, ...options }: VerifyOptions): Promise<void> {
  const { id, name, paths } = withStore(options, (store) => ({
    ...findRun(store.db, text),
    paths: store.paths,
  }));
  const status = createStatusLine();
  const interrupts = listenForInterrupts(() => {
    note('\nStopping: nothing of the repetition is kept.');
  });
  let verification: Verification;
  try {
    verification = await verifyRun({
      paths,
      runId: id,
      launcher: createLocalLauncher(),
      signals: interrupts.signals,
      onEvents: ({ events }) => {
        for (const event of events)
          if (event.type === 'epoch') status.update(`again: epoch ${event.epoch}`);
      },
    });
  } finally {
    status.clear();
    interrupts.dispose();
  }
  const { comparisons, damaged, conditions, attempts } = verification;
  const isSame = damaged.length === 0 && comparisons.every((one) => one.differing.length === 0);
  process.exitCode = isSame ? EXIT_CODE.completed : EXIT_CODE.failed;
  if (json === true) {
    const run = { id, name };
    const document = { run, same: isSame, attempts, comparisons, damaged, conditions };
    printJson({ version: 1, kind: 'verify', ...document });
    return;
  }
  for (const { kind, count, differing } of comparisons) {
    const shown = differing.slice(0, SHOWN).join(', ');
    const more = differing.length > SHOWN ? ` and ${differing.length - SHOWN} more` : '';
    const said = differing.length === 0 ? pc.green('same') : pc.red(`differs: ${shown}${more}`);
    print(`${kind.padEnd(11)}  ${`${count}`.padStart(4)}  ${said}`);
  }
  for (const file of damaged) print(pc.red(`${file} was changed since it was written`));
  for (const condition of conditions) print(pc.yellow(condition));
  const words = isSame ? pc.green('the same, bit for bit') : pc.red('not the same');
  print(`${plainText(name)} (${id}), done again by ${attempts} workers: ${words}`);
}

import { type Command, Option } from '@commander-js/extra-typings';
import { InvalidArgumentError } from 'commander';
import type { Retention } from '../../core/run-folder/retention.js';
import {
  examples,
  HANDLING,
  positiveInteger,
  cacheOption,
  resultsOption,
  wholeNumber,
} from './shared-options.js';

/** Ends after which `sweep retry` can try again. */
const RETRY_STATES = ['failed', 'stopped'] as const;

/** `sweep stop`, `retry`, `rm`, `gc`, `verify`: what is done to runs and sweeps that are there. */
export function addControlCommands(program: Command): void {
  const stop = program
    .command('stop')
    .description('End a run, or all of a sweep, so that it can go on later.')
    .argument('<target>', 'name of a sweep, or id or name of a run')
    .option('--now', 'after the current step; the epoch that is being trained is lost')
    .option('--after-epoch', 'when the current epoch is on disk (what happens without --now)')
    .addOption(resultsOption)
    .addOption(cacheOption)
    .option('--json', 'print one JSON document')
    .action(async (target, options) => {
      const { runStop } = await import('../commands/stop.js');
      runStop(target, options);
    });
  examples(stop, ['sweep stop q2', 'sweep stop 3f2a91 --now']);

  const retry = program
    .command('retry')
    .description('Try failed runs again, each from its last checkpoint.')
    .argument('<target>', 'name of a sweep, or id or name of a run')
    .option('--where <condition>', 'only runs for which this holds, as in a definition')
    .addOption(new Option('--state <state>', 'only runs that ended so').choices(RETRY_STATES))
    .option('-j, --jobs <n>', 'runs at once (default: as before)', positiveInteger)
    .option('--retries <n>', HANDLING.retries, wholeNumber)
    .option('--device <name>', 'auto, cpu, webgpu, cuda[:n] or tfjs[:n]', 'auto')
    .addOption(resultsOption)
    .addOption(cacheOption)
    .option('--json', 'print one JSON document')
    .action(async (target, options) => {
      const { runRetry } = await import('../commands/retry.js');
      await runRetry(target, options);
    });
  examples(retry, [
    'sweep retry q2',
    'sweep retry q2 --state stopped --where "model.embedding <= 64"',
    'sweep retry q2/under-100k',
  ]);

  const remove = program
    .command('rm')
    .description('Remove a run, or a sweep with the runs that nothing else stands on.')
    .argument('<target>', 'name of a sweep, or id or name of a run')
    .option('-y, --yes', 'do not ask')
    .addOption(resultsOption)
    .addOption(cacheOption)
    .option('--json', 'print one JSON document')
    .action(async (target, options) => {
      const { runRemove } = await import('../commands/rm.js');
      await runRemove(target, options);
    });
  examples(remove, ['sweep rm q2', 'sweep rm 3f2a91 --yes']);

  const garbage = program
    .command('gc')
    .description('Remove checkpoints that no definition keeps, and what killed processes left.')
    .argument('[sweep]', 'name of a sweep: only its runs (default: everything)')
    .option(
      '--keep <what>',
      'best, last, improvements or a number of them, instead of what the definition says',
      retention,
    )
    .option('--caches', 'also downloads, which are made again when they are needed')
    .option('--orphans', 'also whole runs that no sweep lists')
    .option('--dry-run', 'only show what would go')
    .option('-y, --yes', 'do not ask')
    .addOption(resultsOption)
    .addOption(cacheOption)
    .option('--json', 'print one JSON document')
    .action(async (sweep, options) => {
      const { runGarbageCollection } = await import('../commands/gc.js');
      await runGarbageCollection(sweep, options);
    });
  examples(garbage, ['sweep gc --dry-run', 'sweep gc q2 --keep best --yes', 'sweep gc --caches']);

  const verify = program
    .command('verify')
    .description(
      'Do a finished run again, with a stop and a kill in the middle; compare every bit.',
    )
    .argument('<run>', 'id of a run, its beginning, or its name')
    .addOption(resultsOption)
    .addOption(cacheOption)
    .option('--json', 'print one JSON document')
    .action(async (run, options) => {
      const { runVerify } = await import('../commands/verify.js');
      await runVerify(run, options);
    });
  examples(verify, ['sweep verify quickstart/small', 'sweep verify 3f2a91 --json']);
}

/** @throws InvalidArgumentError for anything else */
function retention(value: string): Retention {
  if (value === 'best' || value === 'last' || value === 'improvements') return value;
  if (/^[1-9]\d{0,8}$/.test(value)) return Number(value);
  throw new InvalidArgumentError('It must be best, last, improvements or a positive integer.');
}

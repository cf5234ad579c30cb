import type { Command } from '@commander-js/extra-typings';
import {
  collect,
  duration,
  examples,
  HANDLING,
  positiveInteger,
  cacheOption,
  resultsOption,
  SET,
  wholeNumber,
} from './shared-options.js';

/** `sweep run`, `plan`, `why`: what a definition asks for. */
export function addRunCommands(program: Command): void {
  const run = program
    .command('run')
    .description('Train what a definition asks for; what is finished already is not done again.')
    .argument('<file>', 'definition, a YAML file')
    .option(...SET, collect, [])
    .addOption(resultsOption)
    .addOption(cacheOption)
    .option(
      '-j, --jobs <n>',
      'runs at once (default: what cores and memory allow)',
      positiveInteger,
    )
    .option(
      '--device <name>',
      'auto, cpu, webgpu, cuda[:n] or tfjs[:n] (default: what the definition says, else auto)',
    )
    .option('--retries <n>', HANDLING.retries, wholeNumber)
    .option('--timeout <duration>', HANDLING.timeout, duration)
    .option('--grace-period <duration>', HANDLING.gracePeriod, duration)
    .option('--keep-going', 'do not stop the sweep when runs fail alike')
    .option('--plain', 'print lines instead of the dashboard')
    .action(async (file, options) => {
      const { runRun } = await import('../commands/run.js');
      await runRun(file, options);
    });
  examples(run, [
    'sweep run experiments/quickstart.yaml',
    'sweep run experiments/q2.yaml --set train.maxEpochs=2 --jobs 1',
    'sweep run experiments/q2.yaml --device cuda:0',
    'sweep run experiments/q2.yaml --retries 5 --timeout 2h --keep-going',
  ]);

  const plan = program
    .command('plan')
    .description('Show what `sweep run` would do: each run, its size, and what is done already.')
    .argument('<file>', 'definition, a YAML file')
    .option(...SET, collect, [])
    .addOption(resultsOption)
    .addOption(cacheOption)
    .option('--all', 'show every run, however many there are')
    .option('--json', 'print one JSON document')
    .action(async (file, options) => {
      const { runPlan } = await import('../commands/plan.js');
      await runPlan(file, options);
    });
  examples(plan, ['sweep plan experiments/q2.yaml', 'sweep plan experiments/q2.yaml --json']);

  const why = program
    .command('why')
    .description('Name the fields that make a run a different one from those of a definition.')
    .argument('<run>', 'id of a run, or its beginning')
    .argument('<file>', 'definition, a YAML file')
    .option(...SET, collect, [])
    .addOption(resultsOption)
    .addOption(cacheOption)
    .option('--json', 'print one JSON document')
    .action(async (runId, file, options) => {
      const { runWhy } = await import('../commands/why.js');
      await runWhy(runId, file, options);
    });
  examples(why, ['sweep why 3f2a91 experiments/q2.yaml']);
}

import type { Command } from '@commander-js/extra-typings';
import { cacheOption, examples, resultsOption } from './shared-options.js';

/** `sweep db check`, `rebuild`. */
export function addDatabaseCommands(program: Command): void {
  const database = program
    .command('db')
    .description('Check the database of results, or build it again from the folders of the runs.');

  const check = database
    .command('check')
    .description('Read the whole database and compare it with the folders; nothing is changed.')
    .addOption(resultsOption)
    .addOption(cacheOption)
    .option('--json', 'print one JSON document')
    .action(async (options) => {
      const { runDatabaseCheck } = await import('../commands/db.js');
      runDatabaseCheck(options);
    });
  examples(check, ['sweep db check', 'sweep db check --results /data/results --json']);

  const rebuild = database
    .command('rebuild')
    .description('Build sweep.db anew from the folders of sweeps and runs, with the same rows.')
    .addOption(resultsOption)
    .addOption(cacheOption)
    .option('--json', 'print one JSON document')
    .action(async (options) => {
      const { runDatabaseRebuild } = await import('../commands/db.js');
      await runDatabaseRebuild(options);
    });
  examples(rebuild, ['sweep db rebuild', 'sweep db rebuild --json']);
  examples(database, ['sweep db check', 'sweep db rebuild']);
}

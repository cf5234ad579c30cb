import type { Command } from '@commander-js/extra-typings';
import { cacheOption, examples, resultsOption } from './shared-options.js';

/** `sweep watch`, `ls`, `show`: what there is. */
export function addLookCommands(program: Command): void {
  const watch = program
    .command('watch')
    .description('Show a sweep live, wherever it was started: runs, curves, texts, answers.')
    .argument('[sweep]', 'name of a sweep (default: the one that was run last)')
    .addOption(resultsOption)
    .addOption(cacheOption)
    .option('--plain', 'print the runs once instead, as where there is no terminal')
    .action(async (sweep, options) => {
      const { runWatch } = await import('../commands/watch.js');
      await runWatch(sweep, options);
    });
  examples(watch, ['sweep watch', 'sweep watch q2', 'SWEEP_ASCII=1 sweep watch q2']);

  const ls = program
    .command('ls')
    .description('List the sweeps, or the runs of one.')
    .argument('[sweep]', 'name of a sweep')
    .addOption(resultsOption)
    .addOption(cacheOption)
    .option('--json', 'print one JSON document')
    .action(async (sweep, options) => {
      const { runList } = await import('../commands/ls.js');
      runList(sweep, options);
    });
  examples(ls, ['sweep ls', 'sweep ls quickstart']);

  const show = program
    .command('show')
    .description('Show one run: configuration, scores, samples, where it ran.')
    .argument('<run>', 'id of a run, its beginning, or its name')
    .addOption(resultsOption)
    .addOption(cacheOption)
    .option('--json', 'print one JSON document')
    .action(async (run, options) => {
      const { runShow } = await import('../commands/show.js');
      runShow(run, options);
    });
  examples(show, ['sweep show 3f2a91']);
}

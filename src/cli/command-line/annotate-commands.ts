import type { Command } from '@commander-js/extra-typings';
import { cacheOption, examples, resultsOption } from './shared-options.js';

/** `sweep note`, `tag`: what people write on a run. */
export function addAnnotateCommands(program: Command): void {
  const note = program
    .command('note')
    .description('Write a note on a run; an empty text takes it away. It changes no result.')
    .argument('<run>', 'id of a run, its beginning, or its name')
    .argument('<text>', 'the note, one line')
    .addOption(resultsOption)
    .addOption(cacheOption)
    .option('--json', 'print one JSON document')
    .action(async (run, text, options) => {
      const { runNote } = await import('../commands/annotate.js');
      runNote(run, text, options);
    });
  examples(note, ['sweep note 3f2a91 "loss jumps at epoch 7"', 'sweep note q2/under-100k ""']);

  const tag = program
    .command('tag')
    .description('Give a run tags, to be found by in the dashboard; with --remove take them away.')
    .argument('<run>', 'id of a run, its beginning, or its name')
    .argument('<tags...>', 'one word each')
    .option('--remove', 'take these tags away')
    .addOption(resultsOption)
    .addOption(cacheOption)
    .option('--json', 'print one JSON document')
    .action(async (run, tags, options) => {
      const { runTag } = await import('../commands/annotate.js');
      runTag(run, tags, options);
    });
  examples(tag, ['sweep tag 3f2a91 baseline', 'sweep tag q2/under-100k baseline --remove']);
}

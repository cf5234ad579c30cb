import type { Command } from '@commander-js/extra-typings';
import { cacheOption, examples, resultsOption } from './shared-options.js';

/** `sweep init`, `doctor`, `schema`: what one needs before the first run. */
export function addSetupCommands(program: Command): void {
  const init = program
    .command('init')
    .description('Write a commented definition that runs as it is.')
    .argument('<name>', 'name of the sweep; the file is <name>.yaml')
    .action(async (name) => {
      const { runInit } = await import('../commands/init.js');
      await runInit(name);
    });
  examples(init, ['sweep init my-study && sweep run my-study.yaml']);

  const doctor = program
    .command('doctor')
    .description('Say which devices work here, why the others do not, and how fast each trains.')
    .addOption(resultsOption)
    .addOption(cacheOption)
    .option('--json', 'print one JSON document')
    .action(async (options) => {
      const { runDoctor } = await import('../commands/doctor.js');
      await runDoctor(options);
    });
  examples(doctor, ['sweep doctor', 'sweep doctor --json']);

  const schema = program
    .command('schema')
    .description('Print the JSON Schema of a definition, for editors.')
    .action(async () => {
      const { runSchema } = await import('../commands/schema.js');
      await runSchema();
    });
  examples(schema, ['sweep schema > sweep.schema.json']);
}

import { Command } from '@commander-js/extra-typings';
import { projectVersion } from '../core/config/project-version.js';
import { addAnswerCommands } from './command-line/answer-commands.js';
import { addControlCommands } from './command-line/control-commands.js';
import { addDatabaseCommands } from './command-line/database-commands.js';
import { addAnnotateCommands } from './command-line/annotate-commands.js';
import { addLookCommands } from './command-line/look-commands.js';
import { addModelCommands } from './command-line/model-commands.js';
import { addRunCommands } from './command-line/run-commands.js';
import { addSetupCommands } from './command-line/setup-commands.js';
import { examples } from './command-line/shared-options.js';

/**
 * The command line. Each command's code is imported only when it runs, so that `sweep --help` and `sweep ls` load
 * nothing heavy.
 */
export function createProgram(): Command {
  const program = new Command('sweep')
    .description('Experiment sweeps: a YAML file in, trained runs, a database and a report out.')
    .version(projectVersion())
    .exitOverride()
    .showHelpAfterError('(sweep --help shows what there is)')
    .showSuggestionAfterError();
  examples(program, ['sweep run experiments/quickstart.yaml', 'sweep report quickstart']);
  addRunCommands(program);
  addControlCommands(program);
  addLookCommands(program);
  addAnnotateCommands(program);
  addAnswerCommands(program);
  addModelCommands(program);
  addSetupCommands(program);
  addDatabaseCommands(program);
  return program;
}

import { Command, Option } from '@commander-js/extra-typings';
import { InvalidArgumentError } from 'commander';
import { CHECKPOINT_KINDS } from '../core/run-folder/paths.js';
import { projectVersion } from '../core/config/project-version.js';

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
  addAnswerCommands(program);
  addModelCommands(program);
  addDefinitionCommands(program);
  addDatabaseCommands(program);
  return program;
}

function addRunCommands(program: Command): void {
  const run = program
    .command('run')
    .description('Train what a definition asks for; what is finished already is not done again.')
    .argument('<file>', 'definition, a YAML file')
    .option(...SET, collect, [])
    .addOption(resultsOption)
    .option(
      '-j, --jobs <n>',
      'runs at once (default: what cores and memory allow)',
      positiveInteger,
    )
    .option(
      '--device <name>',
      'auto, cpu, webgpu, cuda[:n] or tfjs[:n] (default: what the definition says, else auto)',
    )
    .option('--plain', 'print lines instead of the dashboard')
    .action(async (file, options) => {
      const { runRun } = await import('./commands/run.js');
      await runRun(file, options);
    });
  examples(run, [
    'sweep run experiments/quickstart.yaml',
    'sweep run experiments/q2.yaml --set train.maxEpochs=2 --jobs 1',
    'sweep run experiments/q2.yaml --device cuda:0',
  ]);

  const plan = program
    .command('plan')
    .description('Show what `sweep run` would do: each run, its size, and what is done already.')
    .argument('<file>', 'definition, a YAML file')
    .option(...SET, collect, [])
    .addOption(resultsOption)
    .option('--all', 'show every run, however many there are')
    .option('--json', 'print one JSON document')
    .action(async (file, options) => {
      const { runPlan } = await import('./commands/plan.js');
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
    .option('--json', 'print one JSON document')
    .action(async (runId, file, options) => {
      const { runWhy } = await import('./commands/why.js');
      await runWhy(runId, file, options);
    });
  examples(why, ['sweep why 3f2a91 experiments/q2.yaml']);
}

function addControlCommands(program: Command): void {
  const stop = program
    .command('stop')
    .description('End a run, or all of a sweep, so that it can go on later.')
    .argument('<target>', 'name of a sweep, or id or name of a run')
    .option('--now', 'after the current step; the epoch that is being trained is lost')
    .option('--after-epoch', 'when the current epoch is on disk (what happens without --now)')
    .addOption(resultsOption)
    .option('--json', 'print one JSON document')
    .action(async (target, options) => {
      const { runStop } = await import('./commands/stop.js');
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
    .option('--device <name>', 'auto, cpu, webgpu, cuda[:n] or tfjs[:n]', 'auto')
    .addOption(resultsOption)
    .option('--json', 'print one JSON document')
    .action(async (target, options) => {
      const { runRetry } = await import('./commands/retry.js');
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
    .option('--json', 'print one JSON document')
    .action(async (target, options) => {
      const { runRemove } = await import('./commands/rm.js');
      await runRemove(target, options);
    });
  const verify = program
    .command('verify')
    .description(
      'Do a finished run again, with a stop and a kill in the middle; compare every bit.',
    )
    .argument('<run>', 'id of a run, its beginning, or its name')
    .addOption(resultsOption)
    .option('--json', 'print one JSON document')
    .action(async (run, options) => {
      const { runVerify } = await import('./commands/verify.js');
      await runVerify(run, options);
    });
  examples(verify, ['sweep verify quickstart/small', 'sweep verify 3f2a91 --json']);
  examples(remove, ['sweep rm q2', 'sweep rm 3f2a91 --yes']);
}

function addLookCommands(program: Command): void {
  const watch = program
    .command('watch')
    .description('Show a sweep live, wherever it was started: runs, curves, texts, answers.')
    .argument('[sweep]', 'name of a sweep (default: the one that was run last)')
    .addOption(resultsOption)
    .option('--plain', 'print the runs once instead, as where there is no terminal')
    .action(async (sweep, options) => {
      const { runWatch } = await import('./commands/watch.js');
      await runWatch(sweep, options);
    });
  examples(watch, ['sweep watch', 'sweep watch q2', 'SWEEP_ASCII=1 sweep watch q2']);

  const ls = program
    .command('ls')
    .description('List the sweeps, or the runs of one.')
    .argument('[sweep]', 'name of a sweep')
    .addOption(resultsOption)
    .option('--json', 'print one JSON document')
    .action(async (sweep, options) => {
      const { runList } = await import('./commands/ls.js');
      runList(sweep, options);
    });
  examples(ls, ['sweep ls', 'sweep ls quickstart']);

  const show = program
    .command('show')
    .description('Show one run: configuration, scores, samples, where it ran.')
    .argument('<run>', 'id of a run, its beginning, or its name')
    .addOption(resultsOption)
    .option('--json', 'print one JSON document')
    .action(async (run, options) => {
      const { runShow } = await import('./commands/show.js');
      runShow(run, options);
    });
  examples(show, ['sweep show 3f2a91']);
}

function addAnswerCommands(program: Command): void {
  const analyze = program
    .command('analyze')
    .description('Scores of each run, their ranking, and how NLL and top-1 correlate.')
    .argument('<sweep>', 'name of a sweep')
    .addOption(resultsOption)
    .option('--json', 'print one JSON document')
    .action(async (sweep, options) => {
      const { runAnalyze } = await import('./commands/analyze.js');
      await runAnalyze(sweep, options);
    });
  examples(analyze, ['sweep analyze q2', 'sweep analyze q2 --json']);

  const report = program
    .command('report')
    .description('Write a report: tables, curves, correlations, hyper-parameters, sampled texts.')
    .argument('<sweeps...>', 'names of sweeps')
    .addOption(resultsOption)
    .option('-o, --out <folder>', 'folder to write (default: <results>/report)')
    .action(async (sweeps, options) => {
      const { runReport } = await import('./commands/report.js');
      await runReport(sweeps, options);
    });
  examples(report, ['sweep report q2', 'sweep report q2 q3 q4 --out report']);
}

function addModelCommands(program: Command): void {
  const sample = program
    .command('sample')
    .description('Sample texts from a checkpoint of a run.')
    .argument('<run>', 'id of a run, its beginning, or its name')
    .option('-t, --temperature <t>', 'logits are divided by it', positiveNumber, 1)
    .option('-n, --count <n>', 'texts to sample', positiveInteger, 8)
    .option('-p, --prompt <text>', 'what each text begins with: letters a-z and spaces', '')
    .addOption(checkpointOption)
    .option('--seed <n>', 'the same seed gives the same texts', wholeNumber, 1)
    .option('--device <name>', 'device to sample on', 'auto')
    .addOption(resultsOption)
    .option('--json', 'print one JSON document')
    .action(async (run, options) => {
      const { runSample } = await import('./commands/sample.js');
      await runSample(run, options);
    });
  examples(sample, [
    'sweep sample 3f2a91 --count 20',
    'sweep sample quickstart/small --temperature 0.5 --count 8 --prompt "trump "',
  ]);

  const exporting = program
    .command('export')
    .description('Write the model of a run, or the texts it was scored on, for other programs.')
    .argument('<run>', 'id of a run, its beginning, or its name')
    .addOption(
      new Option('--to <format>', 'what to write').choices(EXPORT_FORMATS).makeOptionMandatory(),
    )
    .option('-o, --out <file>', 'file to write (default: <run id>.<format>)')
    .option('-f, --force', 'overwrite the file if there is one')
    .addOption(checkpointOption)
    .addOption(
      new Option('--split <name>', 'which texts, with --to texts')
        .choices(SPLITS)
        .default('val' as const),
    )
    .addOption(resultsOption)
    .action(async (run, options) => {
      const { runExport } = await import('./commands/export.js');
      await runExport(run, options);
    });
  examples(exporting, [
    'sweep export quickstart/small --to onnx',
    'sweep export 3f2a91 --to safetensors --checkpoint last --out small.safetensors',
    'sweep export 3f2a91 --to texts --split test',
  ]);
}

function addDefinitionCommands(program: Command): void {
  const init = program
    .command('init')
    .description('Write a commented definition that runs as it is.')
    .argument('<name>', 'name of the sweep; the file is <name>.yaml')
    .action(async (name) => {
      const { runInit } = await import('./commands/init.js');
      await runInit(name);
    });
  examples(init, ['sweep init my-study && sweep run my-study.yaml']);

  const doctor = program
    .command('doctor')
    .description('Say which devices work here, why the others do not, and how fast each trains.')
    .addOption(resultsOption)
    .option('--json', 'print one JSON document')
    .action(async (options) => {
      const { runDoctor } = await import('./commands/doctor.js');
      await runDoctor(options);
    });
  examples(doctor, ['sweep doctor', 'sweep doctor --json']);

  const schema = program
    .command('schema')
    .description('Print the JSON Schema of a definition, for editors.')
    .action(async () => {
      const { runSchema } = await import('./commands/schema.js');
      await runSchema();
    });
  examples(schema, ['sweep schema > sweep.schema.json']);
}

function addDatabaseCommands(program: Command): void {
  const database = program
    .command('db')
    .description('Check the database of results, or build it again from the folders of the runs.');

  const check = database
    .command('check')
    .description('Read the whole database and compare it with the folders; nothing is changed.')
    .addOption(resultsOption)
    .option('--json', 'print one JSON document')
    .action(async (options) => {
      const { runDatabaseCheck } = await import('./commands/db.js');
      runDatabaseCheck(options);
    });
  examples(check, ['sweep db check', 'sweep db check --results /data/results --json']);

  const rebuild = database
    .command('rebuild')
    .description('Build sweep.db anew from the folders of sweeps and runs, with the same rows.')
    .addOption(resultsOption)
    .option('--json', 'print one JSON document')
    .action(async (options) => {
      const { runDatabaseRebuild } = await import('./commands/db.js');
      await runDatabaseRebuild(options);
    });
  examples(rebuild, ['sweep db rebuild', 'sweep db rebuild --json']);
  examples(database, ['sweep db check', 'sweep db rebuild']);
}

const SET = ['--set <key=value>', 'override a value for all runs; repeatable'] as const;

function collect(value: string, previous: readonly string[]): readonly string[] {
  return [...previous, value];
}

const resultsOption = new Option('--results <folder>', 'where results are kept')
  .env('SWEEP_RESULTS')
  .default('results');

/** Ends after which `sweep retry` can try again. */
const RETRY_STATES = ['failed', 'stopped'] as const;
/** Formats of `sweep export`. */
const EXPORT_FORMATS = ['onnx', 'safetensors', 'texts'] as const;
/** The splits of a data set; written down here as core's list comes with the hashing of texts. */
const SPLITS = ['train', 'val', 'test'] as const;

const checkpointOption = new Option(
  '--checkpoint <kind>',
  'of the lowest validation NLL, or of the last epoch',
)
  .choices(CHECKPOINT_KINDS)
  .default('best' as const);

function positiveNumber(value: string): number {
  const number = Number(value);
  if (!(number > 0 && Number.isFinite(number)))
    throw new InvalidArgumentError('It must be a positive number.');
  return number;
}

function wholeNumber(value: string): number {
  const number = Number(value);
  if (value.trim() === '' || !Number.isSafeInteger(number) || number < 0)
    throw new InvalidArgumentError('It must be a whole number, 0 or more.');
  return number;
}

function positiveInteger(value: string): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1)
    throw new InvalidArgumentError('It must be a positive integer.');
  return number;
}

/** Adds examples below a command's help. */
function examples(
  command: { addHelpText(position: 'after', text: string): unknown },
  lines: readonly string[],
): void {
  command.addHelpText('after', `\nExamples:\n${lines.map((line) => `  $ ${line}`).join('\n')}`);
}

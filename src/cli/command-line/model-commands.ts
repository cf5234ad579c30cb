import { type Command, Option } from '@commander-js/extra-typings';
import { InvalidArgumentError } from 'commander';
import { CHECKPOINT_KINDS } from '../../core/run-folder/paths.js';
import { cacheOption, examples, positiveInteger, resultsOption } from './shared-options.js';

/** Formats of `sweep export`: of what is recorded, of a model, of the texts. */
const RESULT_FORMATS = ['csv', 'json', 'parquet', 'tensorboard'] as const;
const EXPORT_FORMATS = [...RESULT_FORMATS, 'onnx', 'safetensors', 'texts'] as const;
/** The splits of a data set; written down here as core's list comes with the hashing of texts. */
const SPLITS = ['train', 'val', 'test'] as const;

const checkpointOption = new Option(
  '--checkpoint <kind>',
  'of the lowest validation NLL, or of the last epoch',
)
  .choices(CHECKPOINT_KINDS)
  .default('best' as const);

const epochOption = new Option('--epoch <n>', 'of this epoch, counted from 0, if it is kept')
  .argParser(wholeNumber)
  .conflicts('checkpoint');

/** `sweep sample`, `export`: what a trained model is used for. */
export function addModelCommands(program: Command): void {
  const sample = program
    .command('sample')
    .description('Sample texts from a checkpoint of a run.')
    .argument('<run>', 'id of a run, its beginning, or its name')
    .option('-t, --temperature <t>', 'logits are divided by it', positiveNumber, 1)
    .option('-n, --count <n>', 'texts to sample', positiveInteger, 8)
    .option('-p, --prompt <text>', 'what each text begins with: letters a-z and spaces', '')
    .addOption(checkpointOption)
    .addOption(epochOption)
    .option('--seed <n>', 'the same seed gives the same texts', wholeNumber, 1)
    .option('--device <name>', 'device to sample on', 'auto')
    .addOption(resultsOption)
    .addOption(cacheOption)
    .option('--json', 'print one JSON document')
    .action(async (run, options) => {
      const { runSample } = await import('../commands/sample.js');
      await runSample(run, options);
    });
  examples(sample, [
    'sweep sample 3f2a91 --count 20',
    'sweep sample quickstart/small --temperature 0.5 --count 8 --prompt "trump "',
    'sweep sample quickstart/small --epoch 3',
  ]);

  const exporting = program
    .command('export')
    .description('Write the results of a sweep or run, or the model of a run, for other programs.')
    .argument('<target>', 'name of a sweep, or id or name of a run')
    .addOption(
      new Option('--to <format>', 'what to write').choices(EXPORT_FORMATS).makeOptionMandatory(),
    )
    .option('-o, --out <path>', 'file or folder to write (default: named after target and format)')
    .option('-f, --force', 'overwrite what is there')
    .addOption(checkpointOption)
    .addOption(epochOption)
    .addOption(
      new Option('--split <name>', 'which texts, with --to texts')
        .choices(SPLITS)
        .default('val' as const),
    )
    .addOption(resultsOption)
    .addOption(cacheOption)
    .action(async (target, { to, ...options }) => {
      if (isResultFormat(to)) {
        const { runExportResults } = await import('../commands/export-results.js');
        runExportResults(target, { ...options, to });
      } else {
        const { runExport } = await import('../commands/export.js');
        await runExport(target, { ...options, to });
      }
    });
  examples(exporting, [
    'sweep export q2 --to csv',
    'sweep export q2 --to tensorboard --out logs && tensorboard --logdir logs',
    'sweep export quickstart/small --to onnx',
    'sweep export 3f2a91 --to safetensors --checkpoint last --out small.safetensors',
    'sweep export 3f2a91 --to texts --split test',
  ]);
}

function isResultFormat(format: string): format is (typeof RESULT_FORMATS)[number] {
  return (RESULT_FORMATS as readonly string[]).includes(format);
}

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

import { existsSync } from 'node:fs';
import prettyBytes from 'pretty-bytes';
import type { Split } from '../../core/data/dataset.js';
import { anyOf, messageOf, SweepError } from '../../core/errors.js';
import { writeFileWhole } from '../../core/run-folder/atomic-write.js';
import type { CheckpointKind, ResultsPaths } from '../../core/run-folder/paths.js';
import { type CheckpointChoice, readRunCheckpoint } from '../../core/run-folder/run-checkpoint.js';
import type { SweepDatabase } from '../../core/store/database.js';
import { findRun, listRuns } from '../../core/store/run-queries.js';
import type { RunRow } from '../../core/store/run-row.js';
import { listSweeps } from '../../core/store/sweep-queries.js';
import { withStore } from '../open-store.js';
import { note, print } from '../output.js';
import { plainText } from '../plain-text.js';
import type { ResultsOptions } from '../results.js';

/** Options of `sweep export` where one run is written. */
export interface ExportOptions extends ResultsOptions {
  readonly to: 'onnx' | 'safetensors' | 'texts';
  /** File to write. @default the run's id and the format, in the current folder */
  readonly out?: string | undefined;
  readonly force?: true | undefined;
  readonly checkpoint: CheckpointKind;
  /** Instead: the model of this epoch, counted from 0. */
  readonly epoch?: number | undefined;
  /** Which texts, with `--to texts`. */
  readonly split: Split;
}

/**
 * `sweep export RUN --to FORMAT`: writes one file, whole or not at all, and prints its name.
 *
 * @throws SweepError `bad-call` for an unknown run, a run without checkpoint, or a file that exists already
 */
export async function runExport(text: string, options: ExportOptions): Promise<void> {
  const found = withStore(options, ({ db, paths }) => ({
    run: findRunToExport(db, text, options.to),
    paths,
  }));
  const file = options.out ?? defaultFile(found.run, options);
  if (existsSync(file) && options.force !== true)
    throw new SweepError('bad-call', {
      where: file,
      message: 'the file exists already',
      fix: 'Give another name with --out, or --force to overwrite it.',
    });
  const { content, what } =
    options.to === 'texts'
      ? await encodeTexts(found.run, found.paths, options.split)
      : await encodeModel(found.run, found.paths, options.to, options.epoch ?? options.checkpoint);
  try {
    writeFileWhole(file, content);
  } catch (error) {
    const message = `the file cannot be written: ${messageOf(error)}`;
    throw new SweepError('bad-call', { where: file, message }, { cause: error });
  }
  note(`${plainText(found.run.name)} (${found.run.id}), ${what}`);
  print(file);
}

/** A sweep is no run: whoever names one where a run is wanted is told so. */
function findRunToExport(db: SweepDatabase, text: string, format: string): RunRow {
  try {
    return findRun(db, text);
  } catch (error) {
    if (!listSweeps(db).some(({ name }) => name === text)) throw error;
    const names = listRuns(db, { sweep: text, limit: 6 }).map(({ name }) => `${text}/${name}`);
    throw new SweepError(
      'bad-call',
      {
        message: `${JSON.stringify(text)} is a sweep, and --to ${format} takes one run`,
        fix: `Name a run, such as ${anyOf(names)}; --to csv, json, parquet and tensorboard take a sweep.`,
      },
      { cause: error },
    );
  }
}

interface Encoded {
  readonly content: string | Uint8Array;
  /** What it is, for people. */
  readonly what: string;
}

async function encodeModel(
  run: RunRow,
  paths: ResultsPaths,
  format: 'onnx' | 'safetensors',
  choice: CheckpointChoice,
): Promise<Encoded> {
  const { encodeTrainedModel } = await import('../../core/trainer/decoder/export-model.js');
  const trained = readRunCheckpoint(paths, run, choice);
  const content = await encodeTrainedModel(format, run, trained);
  const size = prettyBytes(content.byteLength);
  return {
    content,
    what: `${trained.kind} checkpoint, epoch ${trained.checkpoint.epoch}, ${size}`,
  };
}

async function encodeTexts(run: RunRow, paths: ResultsPaths, split: Split): Promise<Encoded> {
  const { readRunTexts } = await import('../../core/trainer/run-texts.js');
  const texts = await readRunTexts(paths, run.id, split);
  return { content: `${texts.join('\n')}\n`, what: `${texts.length} texts of the split ${split}` };
}

function defaultFile({ id }: RunRow, { to, split }: ExportOptions): string {
  return to === 'texts' ? `${id}-${split}.txt` : `${id}.${to}`;
}

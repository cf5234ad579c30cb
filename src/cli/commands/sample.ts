import { availableParallelism } from 'node:os';
import { encodePrompt } from '../../core/data/prompt.js';
import type { CheckpointKind } from '../../core/run-folder/paths.js';
import { readRunCheckpoint } from '../../core/run-folder/run-checkpoint.js';
import { findRun } from '../../core/store/run-queries.js';
import { sampleCheckpoint } from '../../core/trainer/decoder/sample-checkpoint.js';
import { withStore } from '../open-store.js';
import { note, print, printJson } from '../output.js';
import { plainText } from '../plain-text.js';
import type { ResultsOptions } from '../results.js';

/** Options of `sweep sample`. */
export interface SampleCommandOptions extends ResultsOptions {
  readonly checkpoint: CheckpointKind;
  /** Instead: the model of this epoch, counted from 0. */
  readonly epoch?: number | undefined;
  readonly temperature: number;
  readonly count: number;
  readonly prompt: string;
  readonly seed: number;
  readonly device: string;
  readonly json?: true | undefined;
}

// A token of a few texts is too little work for more threads.
const MOST_THREADS = 4;

/**
 * `sweep sample RUN`: texts on stdout, one a line, as they are made.
 *
 * @throws SweepError `bad-call` for an unknown run, a run without checkpoint or a prompt outside the vocabulary
 */
export async function runSample(text: string, options: SampleCommandOptions): Promise<void> {
  const { count, temperature, prompt, seed, device } = options;
  const { run, trained } = withStore(options, ({ db, paths }) => {
    const row = findRun(db, text);
    return {
      run: row,
      trained: readRunCheckpoint(paths, row, options.epoch ?? options.checkpoint),
    };
  });
  const { model, kind, trainedBy } = trained;
  const { parameters, epoch } = trained.checkpoint;
  const texts = sampleCheckpoint({
    model,
    parameters,
    count,
    temperature,
    prompt: encodePrompt(prompt, model.tokens),
    seed,
    threads: Math.min(MOST_THREADS, availableParallelism()),
    device,
  });
  if (options.json !== true) {
    note(
      `${plainText(run.name)} (${run.id}), ${kind} checkpoint, epoch ${epoch}, temperature ${temperature}, seed ${seed}`,
    );
    for await (const sampled of texts) print(plainText(sampled));
    return;
  }
  const list: string[] = [];
  for await (const sampled of texts) list.push(sampled);
  printJson({
    version: 1,
    kind: 'texts',
    run: { id: run.id, name: run.name },
    checkpoint: { kind, epoch, trainedBy },
    temperature,
    seed,
    prompt,
    texts: list,
  });
}

import type { SampleRunConfig } from '../../config/run-schema.js';
import { runId } from '../../config/run-key.js';
import { createEngine } from '../../engine/select-engine.js';
import { readCheckpoint } from '../../run-folder/checkpoint.js';
import { messageOf, SweepError } from '../../errors.js';
import type { RunPaths } from '../../run-folder/paths.js';
import { findBestCheckpoint } from '../../run-folder/run-checkpoint.js';
import { readRunFile } from '../../run-folder/run-file.js';
import { createReferenceTexts, type ReferenceTexts } from '../../text-metrics/reference-texts.js';
import type { Trainer, TrainerContext, TrainerOutcome } from '../trainer.js';
import { loadPlannedTexts } from './planned-texts.js';
import { sampleTexts } from './sample-texts.js';

/** Samples the best checkpoint of another run; nothing is trained. */
export function createSampleTrainer(config: SampleRunConfig): Trainer {
  return {
    name: 'sample',
    canContinue: () => false,
    start: (context) => sampleBest(config, context),
    continue: (context) => sampleBest(config, context),
  };
}

async function sampleBest(
  { sourceKey, model, sample, seed }: SampleRunConfig,
  context: TrainerContext,
): Promise<TrainerOutcome> {
  const source = context.results.run(runId(sourceKey));
  const best = findBestCheckpoint(source);
  if (best === null)
    throw new SweepError('bad-record', {
      where: source.folder,
      message: `run ${runId(sourceKey)}, whose best checkpoint is to be sampled, has none`,
      fix: 'Start the sweep of that run again, or sample another run.',
    });
  const { parameters, epoch } = readCheckpoint(best, model, sourceKey);
  const engine = await createEngine({
    model,
    optimizer: null,
    batchSize: 1,
    parameters,
    threads: context.threads,
    device: context.device,
  });
  try {
    const { reference, notices } = await referenceOf(source, context);
    const { engine: name, version, ...used } = engine.identity;
    const actual = {
      parameters: parameters.length,
      dataFingerprint: null,
      texts: null,
      optimizer: null,
      engine: name,
      engineVersion: version,
      ...used,
    };
    context.started(0, actual, notices);
    const request = { ...sample, stage: 'final', epoch, seed } as const;
    const events = await sampleTexts(engine, model, request, {
      signal: context.signal,
      begins: context.begins,
      reference,
    });
    return { type: 'completed', reason: 'sampled', events };
  } finally {
    await engine.dispose();
  }
}

/** The texts of the run that is sampled. Sampling needs only its checkpoint, and goes on without them. */
async function referenceOf(
  source: RunPaths,
  { results }: TrainerContext,
): Promise<{ readonly reference: ReferenceTexts | null; readonly notices: readonly string[] }> {
  const without = (reason: string): { reference: null; notices: string[] } => ({
    reference: null,
    notices: [`the samples are not compared with the training texts: ${reason}`],
  });
  try {
    const run = readRunFile(source.runFile);
    if (run.config.kind !== 'train') return without('the run that is sampled did not train');
    const { texts, fingerprint } = await loadPlannedTexts(run.config.dataset, { run, results });
    if (fingerprint !== run.dataFingerprint) return without('they have changed since the training');
    return { reference: createReferenceTexts(texts, run.config.model.tokens), notices: [] };
  } catch (error) {
    if (error instanceof SweepError) return without(messageOf(error));
    throw error;
  }
}

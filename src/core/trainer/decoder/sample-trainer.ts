import { existsSync } from 'node:fs';
import type { SampleRunConfig } from '../../config/run-schema.js';
import { runId } from '../../config/run-key.js';
import { createEngine } from '../../engine/select-engine.js';
import { readCheckpoint } from '../../run-folder/checkpoint.js';
import { SweepError } from '../../errors.js';
import type { Trainer, TrainerContext, TrainerOutcome } from '../trainer.js';
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
  if (!existsSync(source.checkpointBest))
    throw new SweepError('bad-record', {
      where: source.checkpointBest,
      message: `run ${runId(sourceKey)}, whose best checkpoint is to be sampled, has none`,
      fix: 'Start the sweep of that run again, or sample another run.',
    });
  const { parameters, epoch } = readCheckpoint(source.checkpointBest, model, sourceKey);
  const engine = await createEngine({
    model,
    optimizer: null,
    batchSize: 1,
    parameters,
    threads: context.threads,
    device: context.device,
  });
  try {
    const { engine: name, version, ...used } = engine.identity;
    context.started(0, {
      parameters: parameters.length,
      dataFingerprint: null,
      texts: null,
      optimizer: null,
      engine: name,
      engineVersion: version,
      ...used,
    });
    const request = { ...sample, stage: 'final', epoch, seed } as const;
    const events = await sampleTexts(engine, model, request, context);
    return { type: 'completed', reason: 'sampled', events };
  } finally {
    await engine.dispose();
  }
}

import type { TrainRunConfig } from '../config/run-schema.js';
import { Generator } from '../random/generator.js';
import type { Trainer, TrainerContext, TrainerOutcome } from './trainer.js';

/**
 * Trains nothing: each of `train.maxEpochs` epochs reports scores that are drawn from the seed. What such a run takes
 * is what everything around training takes, which is what it is for (bench/scale).
 *
 * There is no checkpoint. A run that was interrupted goes on after the last epoch that it told.
 */
export function createTrivialTrainer(config: TrainRunConfig): Trainer {
  return {
    name: 'trivial',
    canContinue: () => true,
    start: (context) => Promise.resolve(report(config, context)),
    continue: (context) => Promise.resolve(report(config, context)),
  };
}

function report({ train, seed }: TrainRunConfig, context: TrainerContext): TrainerOutcome {
  const { run, threads, signal } = context;
  const last = context.earlier.findLast((event) => event.type === 'epoch');
  const fromEpoch = last === undefined ? 0 : last.epoch + 1;
  context.started(fromEpoch, {
    parameters: run.parameters,
    dataFingerprint: run.dataFingerprint,
    texts: null,
    optimizer: train.optimizer,
    ...{ engine: 'none', engineVersion: '1', device: 'cpu', threads, microBatch: 1 },
  });
  const noise = Generator.fromSeed(seed, 'trivial');
  const scores = (epoch: number): { nll: number; top1: number } => ({
    nll: 100 / (epoch + 1) + noise.uniform(),
    top1: noise.uniform(),
  });
  for (let epoch = 0; epoch < train.maxEpochs; epoch++) {
    signal.throwIfAborted();
    const drawn = { train: scores(epoch), val: scores(epoch) };
    if (epoch < fromEpoch) continue; // told by an earlier attempt
    context.tellEpoch({
      type: 'epoch',
      epoch,
      step: epoch + 1,
      ...drawn,
      improved: true,
      ...{ trainSeconds: 0, evaluateSeconds: 0, textsPerSecond: 0, stepSeconds: 0 },
    });
  }
  return { type: 'completed', reason: 'max-epochs', events: [] };
}

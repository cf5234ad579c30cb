import { existsSync } from 'node:fs';
import type { TrainRunConfig } from '../../config/run-schema.js';
import { encodeSplit, type EncodedSplit } from '../../data/batches.js';
import type { Split } from '../../data/dataset.js';
import type { Engine } from '../../engine/engine.js';
import { requireTrainingMemory } from '../../engine/memory.js';
import { createEngine } from '../../engine/select-engine.js';
import { initialiseParameters } from '../../model/initialise.js';
import { type Checkpoint, readCheckpoint } from '../../run-folder/checkpoint.js';
import { type Continuation, findContinuation } from '../../run-folder/continuation.js';
import type { NewRunEvent } from '../../run-folder/event.js';
import { encodeFloats } from '../../run-folder/float-list.js';
import { createReferenceTexts, type ReferenceTexts } from '../../text-metrics/reference-texts.js';
import { scoreBaselines } from '../../text-metrics/score-baselines.js';
import { divergence } from '../divergence.js';
import { afterEpoch, type BestEpoch, NOTHING_YET, patienceIsOver } from '../early-stopping.js';
import { samplesAfterEpoch } from '../sampling-schedule.js';
import type { Trainer, TrainerContext, TrainerOutcome } from '../trainer.js';
import { evaluateSplit } from './evaluate-split.js';
import { loadPlannedTexts } from './planned-texts.js';
import { sampleTexts } from './sample-texts.js';
import { trainEpoch } from './train-epoch.js';

/** Trains the reference study's decoder-transformer. */
export function createDecoderTrainer(config: TrainRunConfig): Trainer {
  return {
    name: 'decoder',
    canContinue: ({ earlier }) => earlier.some(({ type }) => type === 'checkpoint'),
    start: (context) => train(config, context, { checkpoint: null, notices: [] }),
    continue: (context) => {
      const { paths, run, earlier: events } = context;
      const request = { paths, model: config.model, runKey: run.key, events };
      return train(config, context, findContinuation(request));
    },
  };
}

/** The texts of a run as its parts need them. */
interface RunData {
  readonly splits: Readonly<Record<Split, EncodedSplit>>;
  /** What sampled texts are compared with. */
  readonly reference: ReferenceTexts;
}

async function train(
  config: TrainRunConfig,
  context: TrainerContext,
  { checkpoint, notices }: Continuation,
): Promise<TrainerOutcome> {
  const { threads, device } = context;
  const { model } = config;
  // Before the first vector is made: one of a model that is far too large cannot even be asked for.
  const { batchSize } = config.train;
  requireTrainingMemory(model, { batchSize, threads, isOnCpu: device === 'cpu' });

  const dataset = await loadPlannedTexts(config.dataset, context);
  const { texts } = dataset;
  const splits = {
    train: encodeSplit(texts.train, model.tokens),
    val: encodeSplit(texts.val, model.tokens),
    test: encodeSplit(texts.test, model.tokens),
  };
  const data: RunData = { splits, reference: createReferenceTexts(texts, model.tokens) };
  const parameters = checkpoint?.parameters ?? initialiseParameters(model, config.seed);
  const engine = await createEngine({
    model,
    optimizer: config.train,
    batchSize,
    parameters,
    threads,
    device,
  });
  try {
    if (checkpoint !== null) await engine.restore(checkpoint);
    const fromEpoch = checkpoint === null ? 0 : checkpoint.epoch + 1;
    const { engine: name, version, ...used } = engine.identity;
    const actual = {
      parameters: parameters.length,
      dataFingerprint: dataset.fingerprint,
      texts: { train: splits.train.count, val: splits.val.count, test: splits.test.count },
      optimizer: config.train.optimizer,
      engine: name,
      engineVersion: version,
      ...used,
    };
    context.started(fromEpoch, actual, notices);
    const ending = await trainEpochs(engine, data, config, context, checkpoint);
    return { ...ending, events: await evaluateBest(engine, data, config, context) };
  } finally {
    await engine.dispose();
  }
}

/** How training ended, before the best model is looked at. */
type Ending = Unfinished<TrainerOutcome>;
type Unfinished<T> = T extends TrainerOutcome ? Omit<T, 'events'> : never;

/** Epoch after epoch, until the validation NLL stops improving. */
async function trainEpochs(
  engine: Engine,
  { splits, reference }: RunData,
  config: TrainRunConfig,
  context: TrainerContext,
  checkpoint: Checkpoint | null,
): Promise<Ending> {
  const { model, train, sample, seed } = config;
  let best: BestEpoch = checkpoint ?? NOTHING_YET;
  let totalSteps = checkpoint?.step ?? 0;
  for (let epoch = checkpoint === null ? 0 : checkpoint.epoch + 1; ; epoch++) {
    // enough?
    if (patienceIsOver(best, epoch, train.patience))
      return { type: 'completed', reason: 'early-stopping' };
    if (epoch >= train.maxEpochs) return { type: 'completed', reason: 'max-epochs' };

    // one pass over the training texts
    const trained = await trainEpoch(engine, splits.train, epoch, config, context);
    if (trained.type === 'diverged') return { ...trained, epoch };
    totalSteps += trained.steps;

    // validation, and whether it got better
    const evaluateBegin = performance.now();
    const validated = await evaluateSplit(engine, splits.val, { epoch, split: 'val' }, context);
    const val = validated.scores;
    const message = divergence(val.nll, model.tokens);
    if (message !== null) return { type: 'diverged', epoch, nll: val.nll, message };
    const next = afterEpoch(best, epoch, val.nll);
    best = next;
    const events: NewRunEvent[] = [
      {
        type: 'epoch',
        epoch,
        step: totalSteps,
        train: trained.scores,
        val,
        improved: next.improved,
        trainSeconds: trained.seconds,
        evaluateSeconds: (performance.now() - evaluateBegin) / 1000,
        textsPerSecond: splits.train.count / trained.seconds,
        stepSeconds: trained.seconds / trained.steps,
      },
    ];
    if (samplesAfterEpoch(sample, epoch, next.improved)) {
      const request = { ...sample, stage: 'epoch', epoch, seed } as const;
      events.push(
        ...(await sampleTexts(engine, model, request, {
          signal: context.signal,
          begins: context.begins,
          reference,
        })),
      );
    }

    // the epoch is on record from here on, and never trained again
    const { bestEpoch, bestNll } = best;
    const progress = { runKey: context.run.key, epoch, bestEpoch, bestNll };
    const state = { ...progress, ...(await engine.snapshot()) };
    context.commitEpoch(model, { checkpoint: state, isBest: next.improved, events });
  }
}

/**
 * Scores of the baselines, then final scores and texts of the best checkpoint; a run that diverged before its first one
 * has only the former.
 */
async function evaluateBest(
  engine: Engine,
  { splits, reference }: RunData,
  { model, sample, seed }: TrainRunConfig,
  context: TrainerContext,
): Promise<NewRunEvent[]> {
  const { paths, run } = context;
  const events: NewRunEvent[] = [{ type: 'baselines', models: scoreBaselines(splits) }];
  if (!existsSync(paths.checkpointBest)) return events;
  const best = readCheckpoint(paths.checkpointBest, model, run.key);
  await engine.restore(best);
  for (const split of ['val', 'test'] as const) {
    const work = { epoch: best.epoch, split };
    const { scores, textNll } = await evaluateSplit(engine, splits[split], work, context);
    const told = { type: 'evaluated', split, epoch: best.epoch, ...scores } as const;
    events.push({ ...told, textNll: encodeFloats(textNll) });
  }
  const request = { ...sample, stage: 'final', epoch: best.epoch, seed } as const;
  return [
    ...events,
    ...(await sampleTexts(engine, model, request, {
      signal: context.signal,
      begins: context.begins,
      reference,
    })),
  ];
}

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runId, runKey } from '../../../src/core/config/run-key.js';
import { runConfigSchema } from '../../../src/core/config/run-schema.js';
import { SweepError } from '../../../src/core/errors.js';
import { initialiseParameters } from '../../../src/core/model/initialise.js';
import { writeAttemptOf } from '../../support/open-attempt.js';
import { writeCheckpoint } from '../../support/write-checkpoint.js';
import { resultsPaths } from '../../../src/core/run-folder/paths.js';
import { readRunCheckpoint } from '../../../src/core/run-folder/run-checkpoint.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const model = { tokens: 6, embedding: 4, neurons: 2, heads: 2, blocks: 1, dropout: 0.1 };
const dataset = { source: 'headlines' };
const training = identityOf({ kind: 'train', model, train: {}, sample: {}, dataset, seed: 1 });
const sampling = identityOf({
  kind: 'sample',
  sourceKey: training.key,
  model,
  sample: {},
  seed: 1,
});

function identityOf(value: unknown) {
  const config = runConfigSchema.parse(value);
  const key = runKey(config, config.kind === 'train' ? 'd'.repeat(64) : null);
  return { id: runId(key), key, config };
}

function resultsWithBest() {
  const results = resultsPaths(temporaryFolder());
  writeAttemptOf(results.run(training.id), []);
  return { results, parameters: writeModel(results.run(training.id).attempt(1).checkpointBest, 3) };
}

function writeModel(path: string, epoch: number): Float32Array {
  const parameters = initialiseParameters(model, epoch);
  const moments = new Float32Array(parameters.length);
  writeCheckpoint(path, model, {
    runKey: training.key,
    epoch,
    step: 40,
    bestEpoch: epoch,
    bestNll: 12.5,
    parameters,
    firstMoments: moments,
    secondMoments: moments,
  });
  return parameters;
}

test('a run that only samples has the model of the run that it samples', () => {
  const { results, parameters } = resultsWithBest();
  for (const run of [training, sampling]) {
    const trained = readRunCheckpoint(results, run, 'best');
    expect(trained).toMatchObject({ model, kind: 'best', trainedBy: training.id });
    expect(trained.checkpoint.epoch).toBe(3);
    expect(trained.checkpoint.parameters).toEqual(parameters);
  }
});

test('a checkpoint that is not there is an error of the call', () => {
  const { results } = resultsWithBest();
  const where = `run ${training.id}`;
  const message = 'there is no last checkpoint';
  expect(() => readRunCheckpoint(results, sampling, 'last')).toThrow(
    new SweepError('bad-call', {
      where,
      message,
      fix: 'There is: best (epoch 3). checkpoints.keep in a definition says what stays.',
    }),
  );
  expect(() => readRunCheckpoint(resultsPaths(temporaryFolder()), sampling, 'last')).toThrow(
    new SweepError('bad-call', {
      where,
      message,
      fix: 'A run writes its first one after its first epoch; npx sweep ls shows how far each run is.',
    }),
  );
});

test('the model of an epoch is the best, the last or a kept improvement; a missing one lists those', () => {
  const { results } = resultsWithBest();
  const { checkpoints, checkpointLast } = results.run(training.id).attempt(1);
  writeModel(checkpointLast, 5);
  const parameters = writeModel(join(checkpoints, 'epoch-2.safetensors'), 2);
  writeFileSync(join(checkpoints, 'epoch-1.safetensors'), 'damaged');

  const kinds = [2, 3, 5].map((epoch) => readRunCheckpoint(results, training, epoch).kind);
  expect(kinds).toEqual(['improvement', 'best', 'last']);
  expect(readRunCheckpoint(results, sampling, 2).checkpoint.parameters).toEqual(parameters);
  expect(() => readRunCheckpoint(results, training, 1)).toThrow('the checkpoint cannot be read');
  expect(() => readRunCheckpoint(results, training, 4)).toThrow(
    new SweepError('bad-call', {
      where: `run ${training.id}`,
      message: 'there is no checkpoint of epoch 4',
      fix: 'There is: best (epoch 3), last (epoch 5), epoch 2, epoch 1. checkpoints.keep in a definition says what stays.',
    }),
  );
});

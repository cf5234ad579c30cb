import { expect, test } from 'vitest';
import { runId, runKey } from '../../../src/core/config/run-key.js';
import { runConfigSchema } from '../../../src/core/config/run-schema.js';
import { SweepError } from '../../../src/core/errors.js';
import { initialiseParameters } from '../../../src/core/model/initialise.js';
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
  const parameters = initialiseParameters(model, 1);
  const moments = new Float32Array(parameters.length);
  writeCheckpoint(results.run(training.id).checkpointBest, model, {
    runKey: training.key,
    epoch: 3,
    step: 40,
    bestEpoch: 3,
    bestNll: 12.5,
    parameters,
    firstMoments: moments,
    secondMoments: moments,
  });
  return { results, parameters };
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
      fix: 'Its sweeps keep the best one only (checkpoints.keep in their definitions).',
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

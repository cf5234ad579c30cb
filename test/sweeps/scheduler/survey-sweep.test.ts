import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadDefinition } from '../../../src/sweeps/definition/load-definition.js';
import { planSweep } from '../../../src/sweeps/plan/plan.js';
import { surveyDefinition, surveyRuns } from '../../../src/sweeps/scheduler/survey-sweep.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

test('what is known of a definition alone is what its planned runs say', async () => {
  const file = join(temporaryFolder(), 'a.yaml');
  const definition = {
    ...{ name: 'a', dataset: { source: 'headlines' }, replicates: 2 },
    runs: [
      { name: 'small', model: { blocks: 1 } },
      { name: 'large', model: { blocks: 3 } },
    ],
    grid: { 'model.heads': [1, 2, 3], 'train.batchSize': [8, 16] },
    where: 'model.heads * train.batchSize < 40 && (model.blocks > 1 || seed == 1)',
  };
  writeFileSync(file, JSON.stringify(definition));
  const loaded = await loadDefinition(file, { set: [] });
  const estimateMemory = (model: { heads: number; blocks: number }, batchSize: number): number =>
    1000 * model.blocks + 10 * model.heads + batchSize;
  const { runs } = await planSweep(loaded, {
    datasetFacts: () => Promise.resolve({ fingerprint: 'd'.repeat(64), trainTexts: 100 }),
    history: {
      find: () => undefined,
      objectiveValue: () => undefined,
      stepSeconds: () => undefined,
    },
    estimateMemory,
  });
  const order = { most: 3, estimateMemory };
  const survey = surveyDefinition(loaded, order);
  expect(survey).toEqual(surveyRuns(runs, order));
  expect(survey.memoryBytes).toEqual([3038, 3038, 3036]);
  expect(survey.values.get('train.batchSize = 16')).toBe(6);
});

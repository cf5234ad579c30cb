import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { resultsPaths } from '../../../src/core/run-folder/paths.js';
import { createRecorder } from '../../../src/core/store/recorder.js';
import { readSweepRecord } from '../../../src/core/store/sweep-record.js';
import { loadDefinition } from '../../../src/sweeps/definition/load-definition.js';
import { planSweep } from '../../../src/sweeps/plan/plan.js';
import { PlanRecord } from '../../../src/sweeps/scheduler/plan-record.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const CONTEXT = {
  history: { find: () => undefined, objectiveValue: () => undefined, stepSeconds: () => undefined },
  datasetFacts: () => Promise.resolve({ fingerprint: 'd'.repeat(64), trainTexts: 100 }),
  estimateMemory: () => 1000,
};

test('a run that stands on a result which is not there yet is put on record at its place', async () => {
  const folder = temporaryFolder();
  const file = join(folder, 'study.yaml');
  writeFileSync(
    file,
    `
name: study
base: { model: { tokens: 8, embedding: 4, neurons: 1, heads: 1, blocks: 1 } }
runs:
  - { name: longer, from: { runs: [first] }, train.maxEpochs: 9 }
  - { name: first }
`,
  );
  const paths = resultsPaths(join(folder, 'results'));
  mkdirSync(paths.folder, { recursive: true });
  const plan = await planSweep(await loadDefinition(file, { set: [] }), CONTEXT);
  const recorder = createRecorder(paths);
  const first = plan.runs.find((run) => run.status !== 'waiting');
  await new PlanRecord(plan.definition, paths, recorder).add(plan.runs);
  recorder.close();
  expect(readSweepRecord(paths.sweep('study'))?.runs).toEqual([
    {
      name: 'longer',
      waitingFor: 'the best of study is known when the runs to choose from have ended',
      ...{ changes: { 'train.maxEpochs': 9 }, replicate: null },
    },
    { name: 'first', runId: first!.id, changes: {}, replicate: null },
  ]);
});

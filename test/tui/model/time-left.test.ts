import { expect, test } from 'vitest';
import type { WorkGroup } from '../../../src/core/store/dashboard-totals-queries.js';
import { type RunCourse, TimeLeftEstimator } from '../../../src/tui/model/time-left.js';

const SIZE = { parameters: 1000, tokens: 20, dataLimit: 100, maxEpochs: 100 };

function group(fields: Partial<WorkGroup> = {}): WorkGroup {
  return {
    ...SIZE,
    unfinished: 0,
    unfinishedEpochs: 0,
    epochs: 0,
    epochSeconds: 0,
    completed: 0,
    fewestEpochs: null,
    meanEpochs: null,
    mostEpochs: null,
    ...fields,
  };
}

function run(fields: Partial<RunCourse> = {}): RunCourse {
  return {
    ...SIZE,
    patience: 5,
    epochs: 10,
    bestEpoch: 9,
    epochSeconds: 20,
    progressStep: null,
    progressSteps: null,
    progressSplit: null,
    ...fields,
  };
}

test('without a completed run, what is left lies between patience and the last epoch', () => {
  // The best epoch is 9: without another improvement it ends after epoch 15, its 16th.
  expect(new TimeLeftEstimator([]).ofRun(run())).toEqual({ seconds: 180, low: 12, high: 180 });
});

test('completed runs tell after which share of the epochs early stopping comes', () => {
  const done = { completed: 2, fewestEpochs: 20, meanEpochs: 30, mostEpochs: 40 };
  const estimator = new TimeLeftEstimator([group(done)]);
  expect(estimator.ofRun(run())).toEqual({ seconds: 40, low: 20, high: 60 });
});

test('a run that outlives all before it may go on to the end', () => {
  const done = { completed: 1, fewestEpochs: 20, meanEpochs: 20, mostEpochs: 20 };
  const left = new TimeLeftEstimator([group(done)]).ofRun(
    run({ epochs: 40, bestEpoch: 39, epochSeconds: 80 }),
  );
  expect(left).toEqual({ seconds: 12, low: 12, high: 120 });
});

test('the epoch that is worked on counts with what is done of it', () => {
  const half = run({ progressStep: 5, progressSteps: 10, progressSplit: 'train' });
  expect(new TimeLeftEstimator([]).ofRun(half)?.seconds).toBe(179);
});

test('a run without an epoch takes what runs of its size took, else in proportion to the nearest size', () => {
  const estimator = new TimeLeftEstimator([
    group({ epochs: 10, epochSeconds: 30 }),
    group({ parameters: 8000, epochs: 10, epochSeconds: 200 }),
  ]);
  const fresh = { epochs: 0, bestEpoch: null, epochSeconds: null };
  expect(estimator.ofRun(run(fresh))?.seconds).toBe(300);
  expect(estimator.ofRun(run({ ...fresh, parameters: 2000 }))?.seconds).toBe(600);
  expect(estimator.ofRun(run({ ...fresh, parameters: 4000 }))?.seconds).toBe(1000);
});

test('what is left of a sweep is shared among the runs at once, but never less than its longest run', () => {
  const waiting = group({ unfinished: 4, epochs: 10, epochSeconds: 20 });
  const two = new TimeLeftEstimator([waiting]).ofSweep([run(), run()], 2);
  expect(two?.seconds).toBe((4 * 200 + 2 * 180) / 2);
  const wide = new TimeLeftEstimator([group()]).ofSweep([run()], 8);
  expect(wide?.seconds).toBe(180);
});

test('nothing is said while nothing has been measured', () => {
  const fresh = run({ epochs: 0, bestEpoch: null, epochSeconds: null });
  expect(new TimeLeftEstimator([]).ofRun(fresh)).toBeNull();
  expect(new TimeLeftEstimator([group({ unfinished: 3 })]).ofSweep([], 1)).toBeNull();
  expect(new TimeLeftEstimator([]).ofRun(run({ maxEpochs: null }))).toBeNull();
});

import { expect, test } from 'vitest';
import { chooseJobs } from '../../../src/sweeps/scheduler/choose-jobs.js';

const GIB = 2 ** 30;

test('there are as many runs at once as cores, a thread each', () => {
  expect(
    chooseJobs(
      { cores: 4, memoryBytes: 16 * GIB },
      {
        memoryBytes: [GIB, GIB, GIB, GIB, GIB],
      },
    ),
  ).toEqual({
    jobs: 4,
    threads: 1,
  });
});

test('memory that the largest runs need side by side reduces the jobs, and threads take the cores', () => {
  expect(
    chooseJobs({ cores: 4, memoryBytes: 9 * GIB }, { memoryBytes: [4 * GIB, 3 * GIB, GIB] }),
  ).toEqual({
    jobs: 2,
    threads: 2,
  });
});

test('a run that is estimated above the memory still gets its turn, alone', () => {
  expect(chooseJobs({ cores: 2, memoryBytes: GIB }, { memoryBytes: [8 * GIB, 8 * GIB] })).toEqual({
    jobs: 1,
    threads: 2,
  });
});

test('what the user asks for counts', () => {
  expect(
    chooseJobs({ cores: 2, memoryBytes: GIB }, { memoryBytes: [8 * GIB], requested: 3 }),
  ).toEqual({ jobs: 3, threads: 1 });
});

test('each GPU has one run, whatever the cores', () => {
  const machine = { cores: 8, memoryBytes: 16 * GIB };
  expect(chooseJobs(machine, { memoryBytes: [GIB], gpus: 2 })).toEqual({ jobs: 2, threads: 4 });
  expect(chooseJobs(machine, { memoryBytes: [GIB], gpus: 2, requested: 4 })).toEqual({
    jobs: 4,
    threads: 2,
  });
});

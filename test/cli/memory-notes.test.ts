import { expect, test } from 'vitest';
import { memoryNotes } from '../../src/cli/memory-notes.js';
import type { PlannedRun } from '../../src/sweeps/plan/planned-run.js';

function planned(name: string, memoryBytes: number, status = 'new'): PlannedRun {
  return { name, memoryBytes, status } as PlannedRun; // it looks at nothing else
}

test('a plan says which runs this machine would refuse, with both numbers; those done elsewhere are not done again', () => {
  expect(memoryNotes([planned('small', 4e9), planned('old', 9e10, 'finished')], 4e9)).toEqual([]);
  const runs = [planned('small', 2e9), planned('large', 9.04e10), planned('larger', 1e12)];
  expect(memoryNotes(runs, 4e9)).toEqual([
    'large (and so 1 more) needs about 90.4 GB of memory to train on the CPU, and this machine has 4 GB: it would be refused here',
  ]);
});

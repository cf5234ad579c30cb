import { execFileSync } from 'node:child_process';
import { getPriority } from 'node:os';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const MODULE = fileURLToPath(new URL('../../dist/cli/give-way.js', import.meta.url));

/** The priority of a process of its own after it has given way. @param before at least this much it is lowered first */
function priorityAfter(before: number): number {
  const script = `
    import { getPriority, setPriority } from 'node:os';
    import { giveWayToTraining } from ${JSON.stringify(MODULE)};
    setPriority(Math.max(getPriority(), ${before}));
    giveWayToTraining();
    console.log(getPriority());`;
  const args = ['--input-type=module', '-e', script];
  return Number(execFileSync(process.execPath, args, { encoding: 'utf8' }));
}

test('a program that only looks runs at a lower priority, and keeps one that is lower still', () => {
  expect(priorityAfter(0)).toBe(Math.max(10, getPriority()));
  expect(priorityAfter(15)).toBe(Math.max(15, getPriority()));
});

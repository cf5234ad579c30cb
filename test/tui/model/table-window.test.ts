import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Slot, tableWindow } from '../../../src/tui/model/table-window.js';

const sizes = fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 12 });
const position = fc.record({
  sizes,
  share: fc.double({ min: 0, max: 0.999, noNaN: true }),
  top: fc.integer({ min: 0, max: 400 }),
  height: fc.integer({ min: 1, max: 50 }),
});

const indices = (slots: readonly Slot[]): number[] =>
  slots.flatMap((slot) => (slot.kind === 'run' ? [slot.index] : []));

function groupsOf(runs: readonly number[]) {
  return runs.map((count, index) => ({ value: `${index}`, runs: count, best: null }));
}

test('the run under the cursor is always on the screen, which is never taller than it may be', () => {
  fc.assert(
    fc.property(position, ({ sizes: runsOf, share, top, height }) => {
      const groups = groupsOf(runsOf);
      const runs = runsOf.reduce((sum, count) => sum + count, 0);
      fc.pre(runs > 0);
      const cursor = Math.floor(share * runs);
      const { slots } = tableWindow(groups, runs, cursor, top, height);
      expect(indices(slots)).toContain(cursor);
      expect(slots).toHaveLength(Math.min(height, runs + groups.length));
    }),
  );
});

test('runs on the screen follow one another, and each group is titled where it begins', () => {
  fc.assert(
    fc.property(position, ({ sizes: runsOf, share, top, height }) => {
      const groups = groupsOf(runsOf);
      const runs = runsOf.reduce((sum, count) => sum + count, 0);
      fc.pre(runs > 0);
      const { slots } = tableWindow(groups, runs, Math.floor(share * runs), top, height);
      const shown = indices(slots);
      for (const [place, index] of shown.entries()) expect(index).toBe(shown[0]! + place);
      for (const [place, slot] of slots.entries()) {
        if (slot.kind === 'group' && place < slots.length - 1)
          expect(slots[place + 1]).toEqual({ kind: 'run', index: slot.first });
      }
    }),
  );
});

test('the window stays where it is while the cursor is inside', () => {
  expect(tableWindow([], 100, 12, 10, 5).top).toBe(10);
  expect(tableWindow([], 100, 15, 10, 5).top).toBe(11);
  expect(tableWindow([], 100, 9, 10, 5).top).toBe(9);
  // Fewer runs than before: no empty lines at the end.
  expect(tableWindow([], 12, 11, 40, 5).top).toBe(7);
});

test('the title of a group is seen with its first run', () => {
  const groups = groupsOf([3, 3]);
  const { slots } = tableWindow(groups, 6, 3, 9, 3);
  expect(slots[0]).toEqual({ kind: 'group', group: groups[1], first: 3 });
});

test('nothing is shown of nothing', () => {
  expect(tableWindow([], 0, 0, 0, 5).slots).toEqual([]);
  expect(tableWindow([], 5, 0, 0, 0).slots).toEqual([]);
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { IdSet } from '../../../src/sweeps/scheduler/id-set.js';

test('an id is new once, as in a set of texts, also when there are many', () => {
  const id = fc
    .integer({ min: 0, max: 3000 })
    .map((n) => (n * 93_824_992).toString(16).padStart(12, '0'));
  fc.assert(
    fc.property(fc.array(id, { minLength: 1000, maxLength: 3000 }), (ids) => {
      const set = new IdSet();
      const known = new Set<string>();
      for (const one of ids) {
        expect(set.add(one)).toBe(!known.has(one));
        known.add(one);
      }
    }),
    { numRuns: 10 },
  );
  const ends = new IdSet();
  expect(['000000000000', 'ffffffffffff', 'ffffffffffff'].map((one) => ends.add(one))).toEqual([
    true,
    true,
    false,
  ]);
});

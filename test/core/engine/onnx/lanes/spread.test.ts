import fc from 'fast-check';
import { expect, it } from 'vitest';
import { spread } from '../../../../../src/core/engine/onnx/lanes/spread.js';

const counts = { texts: fc.integer({ min: 1, max: 200 }), size: fc.integer({ min: 1, max: 40 }) };
const lanes = fc.integer({ min: 1, max: 16 });

it('takes each text once and in order, in no more ranges than lanes, none of them empty', () => {
  fc.assert(
    fc.property(counts.texts, counts.size, lanes, (texts, size, most) => {
      const ranges = spread(texts, size, most);
      expect(ranges.length).toBeLessThanOrEqual(most);
      expect(ranges[0]?.begin).toBe(0);
      expect(ranges.at(-1)?.end).toBe(texts);
      for (const [index, { begin, end }] of ranges.entries()) {
        expect(end).toBeGreaterThan(begin);
        if (index > 0) expect(begin).toBe(ranges[index - 1]?.end);
      }
    }),
  );
});

it('gives no lane more than one chunk more than another, and cuts between chunks', () => {
  fc.assert(
    fc.property(counts.texts, counts.size, lanes, (texts, size, most) => {
      const ranges = spread(texts, size, most);
      const chunks = ranges.map(({ begin, end }) => Math.ceil((end - begin) / size));
      expect(Math.max(...chunks) - Math.min(...chunks)).toBeLessThanOrEqual(1);
      expect(ranges.every(({ begin }) => begin % size === 0)).toBe(true);
      expect(ranges.length).toBe(Math.min(most, Math.ceil(texts / size)));
    }),
  );
});

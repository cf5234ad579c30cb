import fc from 'fast-check';
import { expect, test } from 'vitest';
import { eventSchema } from '../../../src/core/run-folder/event.js';
import { parseEvent } from '../../../src/core/run-folder/parse-event.js';

const EPOCH = {
  ...{ seq: 2, time: '2026-01-02T03:04:05.678Z', type: 'epoch', epoch: 0, step: 5 },
  ...{ train: { nll: 60.5, top1: 0.2 }, val: { nll: 61, top1: 0.19 }, improved: true },
  ...{ trainSeconds: 1, evaluateSeconds: 0.5, textsPerSecond: 160, stepSeconds: 0.2 },
};

/** What a parser says: the event as text, so that the order of its fields counts, or that it is none. */
function answer(parse: (value: unknown) => unknown, value: unknown): string {
  try {
    return JSON.stringify(parse(value));
  } catch {
    return 'no event';
  }
}

function expectSame(value: unknown): void {
  expect(answer(parseEvent, value)).toBe(answer((each) => eventSchema.parse(each), value));
}

test('an epoch is what the schema says, with its fields in the same order', () => {
  expect(parseEvent(EPOCH)).toEqual(EPOCH);
  expectSame(EPOCH);
  expectSame(Object.fromEntries(Object.entries(EPOCH).reverse()));
});

test('what differs from an epoch anywhere is what the schema says', () => {
  const odd = fc.oneof(
    fc.constantFrom(undefined, null, NaN, Infinity, -0, 0, 1, -1, 0.5, 2 ** 53, true, '', 'epoch'),
    fc.constantFrom({}, [], { nll: 1 }, { nll: 1, top1: NaN }, { nll: 1, top1: 1, more: 1 }),
    fc.double(),
  );
  const field = fc.oneof(fc.constantFrom(...Object.keys(EPOCH)), fc.constant('another'));
  fc.assert(
    fc.property(field, odd, fc.boolean(), (name, value, isLeftOut) => {
      const { [name]: _, ...rest }: Record<string, unknown> = EPOCH;
      expectSame(isLeftOut ? rest : { ...EPOCH, [name]: value });
    }),
  );
});

test('a time is what the schema says', () => {
  const digits = fc.tuple(
    fc.constantFrom('2026', '2024', '0000', '26'),
    fc.constantFrom('01', '02', '04', '12', '13', '00', '1'),
    fc.constantFrom('01', '28', '29', '30', '31', '32', '00'),
    fc.constantFrom('00:00:00', '23:59:59', '24:00:00', '12:60:00', '12:00:60', '12:00'),
    fc.constantFrom('.000Z', '.12Z', 'Z', '', '.000', '.000+01:00'),
  );
  fc.assert(
    fc.property(digits, ([year, month, day, clock, end]) => {
      expectSame({ ...EPOCH, time: `${year}-${month}-${day}T${clock}${end}` });
    }),
    { numRuns: 1_000 },
  );
});

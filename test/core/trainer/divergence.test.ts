import { expect, test } from 'vitest';
import { divergence } from '../../../src/core/trainer/divergence.js';

test.each([
  [NaN, 'the loss is not a number'],
  [Infinity, 'the loss is infinite'],
  [5100, 'the loss of 5100 nats per text is over 10 times that of guessing uniformly (502)'],
])('an NLL of %d is a divergence', (nll, message) => {
  expect(divergence(nll, 150)).toBe(message);
});

test("the reference study's plateau at 168 nats is a bad model, not a divergence", () => {
  expect(divergence(168, 150)).toBeNull();
});

test('an untrained model is no divergence', () => {
  expect(divergence(149 * Math.log(29) * 1.2, 150)).toBeNull();
});

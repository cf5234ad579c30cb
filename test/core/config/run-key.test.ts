import { expect, test } from 'vitest';
import { runId, runKey } from '../../../src/core/config/run-key.js';
import { type RunConfig, runConfigSchema } from '../../../src/core/config/run-schema.js';

function config(overrides: Record<string, unknown> = {}): RunConfig {
  return runConfigSchema.parse({
    kind: 'train',
    model: {},
    train: {},
    sample: {},
    dataset: { source: 'headlines' },
    ...overrides,
  });
}

const fingerprint = 'f'.repeat(64);

test('the key of the default configuration never changes by accident', () => {
  // A new value means that every finished run of every user would be trained again.
  expect(runKey(config(), fingerprint)).toBe(PINNED_KEY);
});
const PINNED_KEY = 'aa1b493c45c6b62e72f8f9dcc640d36afac03b0589552fa6e4962dbe54748d74';

test('the id is the first 12 hex digits of the key', () => {
  const key = runKey(config(), fingerprint);
  expect(runId(key)).toBe(key.slice(0, 12));
  expect(runId(key)).toMatch(/^[0-9a-f]{12}$/);
});

test('the order of fields does not change the key', () => {
  const { model, train, ...rest } = config() as Extract<RunConfig, { kind: 'train' }>;
  expect(runKey({ train, model, ...rest }, fingerprint)).toBe(runKey(config(), fingerprint));
});

test.each([
  ['seed', { seed: 2 }],
  ['model', { model: { heads: 4 } }],
  ['training', { train: { learningRate: 3e-4 } }],
  ['sampling', { sample: { count: 8 } }],
])('another %s is another run', (_, overrides) => {
  expect(runKey(config(overrides), fingerprint)).not.toBe(runKey(config(), fingerprint));
});

test('other texts are another run', () => {
  expect(runKey(config(), 'e'.repeat(64))).not.toBe(runKey(config(), fingerprint));
});

test('the same texts from another place are the same run', () => {
  const file = config({ dataset: { source: 'file', path: 'texts.txt' } });
  expect(runKey(file, fingerprint)).toBe(runKey(config(), fingerprint));
});

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, test } from 'vitest';
import { FIELDS } from '../../src/sweeps/definition/fields.js';
import { loadDefinition } from '../../src/sweeps/definition/load-definition.js';
import { sharedTemporaryFolder } from '../support/temporary-folder.js';
import { CASES, mustBehave, mutatedText, TIMEOUT_MS } from './fuzz.js';

const EXPERIMENTS = fileURLToPath(new URL('../../experiments/', import.meta.url));
const folder = sharedTemporaryFolder();
const file = join(folder, 'fuzzed.yaml');

const texts = readdirSync(EXPERIMENTS)
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => readFileSync(join(EXPERIMENTS, name), 'utf8'));

function tryText(text: string, set: readonly string[] = []): Promise<void> {
  writeFileSync(file, text);
  return mustBehave(() => loadDefinition(file, { set }));
}

/** Any value, with a liking for those at the edges. */
const value = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.integer(),
  fc.double(),
  fc.constantFrom(0, -1, 1e308, 2 ** 53, '', 'x'.repeat(1000), [], {}, null, [[]], '< 1k'),
);

const overrides = fc.dictionary(fc.constantFrom(...FIELDS.keys(), 'model', 'train', 'x'), value, {
  maxKeys: 4,
});
const axes = fc.dictionary(fc.constantFrom(...FIELDS.keys()), fc.array(value, { maxLength: 5 }), {
  maxKeys: 4,
});
const definition = fc.record(
  {
    name: fc.oneof(fc.constant('fuzzed'), fc.string()),
    dataset: overrides,
    base: fc.oneof(overrides, value),
    objective: fc.record({ metric: fc.constantFrom('val.nll', 'x'), goal: value }),
    runs: fc.array(
      fc
        .tuple(
          fc.record({ name: fc.oneof(fc.constantFrom('a', 'b', 'c'), fc.string()) }),
          overrides,
        )
        .map(([named, fields]) => ({ ...fields, ...named })),
      { maxLength: 4 },
    ),
    grid: axes,
    zip: axes,
    replicates: fc.oneof(fc.integer({ min: 1, max: 5 }), fc.integer(), fc.constant(1e9)),
    where: fc.oneof(
      fc.string(),
      fc.constantFrom('seed > 3', 'name == 1', 'parameters < 1', '((((1))))', 'model'),
    ),
    budget: fc.oneof(fc.string(), fc.constantFrom('< 1M', '~ 5', '!!!(< 1)')),
    from: fc.oneof(
      value,
      fc.record({ sweep: fc.constantFrom('fuzzed.yaml', 'nothing.yaml', '..', '/') }),
    ),
  },
  { requiredKeys: ['name'] },
);

describe('a definition, whatever is in it, is loaded or refused in plain words', () => {
  test(
    'after changes to the text of a real one',
    async () => {
      await fc.assert(
        fc.asyncProperty(mutatedText(texts), (text) => tryText(text)),
        { numRuns: CASES },
      );
    },
    TIMEOUT_MS,
  );

  test(
    'with any values in any field',
    async () => {
      await fc.assert(
        fc.asyncProperty(definition, (written) => tryText(JSON.stringify(written))),
        { numRuns: CASES },
      );
    },
    TIMEOUT_MS,
  );

  test(
    'with any --set',
    async () => {
      const set = fc.array(
        fc.oneof(
          fc.string(),
          fc
            .tuple(
              fc.constantFrom(...FIELDS.keys(), 'replicates', 'x'),
              mutatedText(['1', '[1, 2]']),
            )
            .map(([key, text]) => `${key}=${text}`),
        ),
        { maxLength: 3 },
      );
      await fc.assert(
        fc.asyncProperty(set, (given) => tryText('name: fuzzed\n', given)),
        { numRuns: CASES },
      );
    },
    TIMEOUT_MS,
  );

  const deep = (open: string, close: string, depth: number): string =>
    open.repeat(depth) + close.repeat(depth);
  test.each([
    ['aliases that multiply', bomb(30)],
    ['aliases that multiply in a list of runs', `name: x\nruns:\n${bomb(25)}`],
    ['lists within lists', `name: x\ngrid: { seed: ${deep('[', ']', 50_000)} }`],
    ['mappings within mappings', `name: x\nbase: ${deep('{a: ', '}', 50_000)}`],
    ['blocks within blocks', nestedBlocks(2_000)],
    ['a condition nested deeply', `name: x\nwhere: "${deep('(', ')', 240)}"`],
    [
      'a huge grid',
      `name: x\ngrid: { seed: [${range(100)}], train.batchSize: [${range(100)}], train.patience: [${range(100)}], sample.count: [${range(100)}], train.maxEpochs: [${range(100)}] }`,
    ],
    ['a huge number of replicates', 'name: x\nreplicates: 9007199254740991'],
    ['a huge model', 'name: x\nbase: { model: { blocks: 9007199254740991, heads: 900719925474 } }'],
    ['thousands of runs', `name: x\nruns:\n${runs(2_500)}`],
    ['a chain of runs that stand on one another', `name: x\nruns:\n${chain(1_000)}`],
    ['thousands of unknown keys', `name: x\n${unknownKeys(9_000)}`],
    ['thousands of values of the wrong type', `name: x\ngrid: { seed: [${'x, '.repeat(19_990)}] }`],
    ['more values than anyone writes', `name: x\ngrid: { seed: [${'x, '.repeat(30_000)}] }`],
    ['megabytes of nothing', ' \n'.repeat(1_000_000)],
    ['a line of megabytes', `name: ${'x'.repeat(3_000_000)}`],
  ])('with %s', (_, text) => tryText(text), TIMEOUT_MS);
});

function bomb(levels: number): string {
  const lines = ['a0: &a0 [x, x]'];
  for (let level = 1; level < levels; level++) {
    const before = `*a${level - 1}`;
    lines.push(`a${level}: &a${level} [${before}, ${before}]`);
  }
  return lines.join('\n');
}

function nestedBlocks(depth: number): string {
  return Array.from({ length: depth }, (_, level) => `${' '.repeat(level)}a:`).join('\n');
}

function range(count: number): string {
  return Array.from({ length: count }, (_, index) => index + 1).join(', ');
}

function runs(count: number): string {
  return Array.from(
    { length: count },
    (_, index) => `  - { name: r${index}, seed: ${index} }`,
  ).join('\n');
}

function chain(count: number): string {
  const link = (index: number): string => (index === 0 ? '' : `, from: { runs: [r${index - 1}] }`);
  return Array.from({ length: count }, (_, index) => `  - { name: r${index}${link(index)} }`).join(
    '\n',
  );
}

function unknownKeys(count: number): string {
  return Array.from({ length: count }, (_, index) => `k${index}: 1`).join('\n');
}

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { meetsBudget, parseBudget } from '../../../src/sweeps/definition/budget.js';
import { evaluateWhere, parseWhere } from '../../../src/sweeps/definition/where-clause.js';

const VALUES = new Map<string, unknown>([
  ['model.embedding', 20],
  ['model.heads', 5],
  ['dataset.source', 'headlines'],
  ['dataset.limit', null],
  ['sample.temperatures', [0.5, 1]],
  ['parameters', 87_289],
  ['name', 'under-100k'],
  ['replicate', 1],
]);

function where(text: string): unknown {
  const expression = parseWhere(text);
  if (!('kind' in expression)) throw new Error(expression.map((p) => p.message).join('; '));
  return evaluateWhere({ text, where: '', expression }, (name) => VALUES.get(name));
}

function budget(text: string, parameters: number): boolean {
  const expression = parseBudget(text);
  if (!('kind' in expression)) throw new Error(expression.map((p) => p.message).join('; '));
  return meetsBudget({ text, where: '', expression }, parameters);
}

describe('where', () => {
  it.each([
    ['model.embedding <= 64', true],
    ['model.embedding * model.heads == 100 && parameters < 100k', true],
    ['parameters >= 0.1M || name == "under-100k"', true],
    ["dataset.source in ['headlines', 'file']", true],
    ['model.heads in [1, 2]', false],
    ['dataset.limit == null', true],
    ['dataset.limit < 5', false],
    ['dataset.path == null', true],
    ['!(replicate > 1)', true],
    ['model.heads > 2 ? parameters < 100k : false', true],
    ['log2(min(8, model.heads * 4)) == 3', true],
    ['-model.heads < 0 && 7 % 4 == 3 && 2 ** 3 == 8', true],
    ['sample.temperatures == [0.5, 1]', true],
    ["'10' < 9", false],
    ['name == 5', false],
  ])('%s is %s', (text, expected) => {
    expect(where(text)).toBe(expected);
  });

  it.each([
    'constructor',
    'name.constructor',
    'model["heads"] > 1',
    'model?.heads > 1',
    'this.model',
    'min.constructor("return 1")()',
    'process.exit(1)',
    'model.heads = 5',
    'name; name',
    'model.heads | 1',
    '`x`',
    '[].map',
    '__proto__',
    `${'('.repeat(300)}1${')'.repeat(300)} > 0 && name`.padEnd(600),
    Array.from({ length: 60 }, () => '!').join('') + 'true',
    '',
  ])('refuses %s', (text) => {
    expect(parseWhere(text)).toBeInstanceOf(Array);
  });

  it('reports each unknown name once, at its place, outside quotes', () => {
    expect(parseWhere("name == 'embeding' && embeding > 1 && embeding < model.hads")).toEqual([
      { message: 'embeding is not a known name', offset: 22, fix: 'Did you mean model.embedding?' },
      { message: 'model.hads is not a known name', offset: 49, fix: 'Did you mean model.heads?' },
    ]);
  });

  it('never throws, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), (text) => {
        const parsed = parseWhere(text);
        if ('kind' in parsed)
          evaluateWhere({ text, where: '', expression: parsed }, (name) => VALUES.get(name));
      }),
    );
  });
});

describe('budget', () => {
  it.each([
    ['< 100k', 87_289, true],
    ['< 100k', 100_000, false],
    ['<= 100k', 100_000, true],
    ['~ 500k', 556_919, true],
    ['~ 500k', 575_000, true],
    ['~ 500k', 575_001, false],
    ['~ 5M', 5_097_821, true],
    ['> 10M', 10_122_749, true],
    ['>= 50k && < 100k', 87_289, true],
    ['>= 50k && < 100k', 49_999, false],
    ['< 1k || (> 1.5M && !(> 2M))', 1_600_000, true],
    ['== 87289', 87_289, true],
    ['< 0.001B', 999_999, true],
  ])('%s of %i parameters is %s', (text, parameters, expected) => {
    expect(budget(text, parameters)).toBe(expected);
  });

  it.each([
    '100k',
    '< lots',
    '< 100K',
    'parameters < 5',
    '< -',
    '< "5"',
    '+ 5k',
    '< 5 + 5',
    'true',
  ])('refuses %s', (text) => {
    expect(parseBudget(text)).toBeInstanceOf(Array);
  });
});

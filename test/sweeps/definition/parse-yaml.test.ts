import { describe, expect, it, vi } from 'vitest';
import {
  parseYaml,
  parseYamlValue,
  type YamlSource,
} from '../../../src/sweeps/definition/parse-yaml.js';

function parse(text: string): YamlSource {
  const source = parseYaml(text, 'a.yaml');
  if ('value' in source) return source;
  throw new Error(source.map(({ message }) => message).join('; '));
}

describe('parseYaml', () => {
  it('reads numbers as YAML 1.2 does', () => {
    const { value } = parse('a: [1e-3, 3e-4, 1.0, .5, 1_000, yes, null, ~, 0x10]');
    expect(value).toEqual({ a: [0.001, 0.0003, 1, 0.5, '1_000', 'yes', null, null, 16] });
  });

  it('knows the place of keys, values and elements', () => {
    const source = parse('a:\n  b.c: [1, two]\n  "d": \'x < y\'\n');
    expect(source.locate(['a', 'b.c'], 'key')).toBe('a.yaml:2:3');
    expect(source.locate(['a', 'b.c'])).toBe('a.yaml:2:8');
    expect(source.locate(['a', 'b.c', 1])).toBe('a.yaml:2:12');
    expect(source.locate(['a', 'd'], 'key')).toBe('a.yaml:3:3');
    expect(source.locateInside(['a', 'd'], 4)).toBe('a.yaml:3:13');
  });

  it.each([
    ['more than 100,000 characters', `a: ${'x'.repeat(100_000)}`],
    ['more than 20,000 values', `a: [${'1,'.repeat(20_000)}]`],
  ])('refuses a definition of %s', (extent, text) => {
    expect(() => parse(text)).toThrow(`the definition has ${extent}`);
  });

  it('places what is missing at the part around it', () => {
    expect(parse('a: 1\nb: { c: 2 }\n').locate(['b', 'd', 'e'])).toBe('a.yaml:2:4');
  });

  it('resolves aliases and places them where they stand', () => {
    const source = parse('a: &x { b: 1 }\nc: *x\n');
    expect(source.value).toEqual({ a: { b: 1 }, c: { b: 1 } });
    expect(source.locate(['c', 'b'])).toBe('a.yaml:2:4');
  });

  it('keeps __proto__ an ordinary key', () => {
    const { value } = parse('__proto__: { polluted: true }');
    expect(Object.keys(value as object)).toEqual(['__proto__']);
    expect('polluted' in {}).toBe(false);
  });

  it('reports every syntax error', () => {
    expect(parseYaml('a: 1\na: 2\nb: 1\nb: 2\n', 'a.yaml')).toEqual([
      { where: 'a.yaml:2:1', message: 'a is given twice' },
      { where: 'a.yaml:4:1', message: 'b is given twice' },
    ]);
  });
});

describe('parseYamlValue', () => {
  it.each([
    ['2', 2],
    ['1e-3', 0.001],
    ['[0.5, 1]', [0.5, 1]],
    ['null', null],
    ['never', 'never'],
    ['', null],
  ])('reads %s', (text, expected) => {
    expect(parseYamlValue(text)).toEqual(expected);
  });

  it('refuses tags that it does not know, as a file does', () => {
    expect(() => parseYamlValue('!foo 1')).toThrow('Unresolved tag: !foo');
  });

  it('prints nothing of its own on a key that is no text', () => {
    const warn = vi.spyOn(process, 'emitWarning');
    try {
      parseYamlValue('{ {a: 1}: 2 }');
      expect(warn).not.toHaveBeenCalled();
    } finally {
      warn.mockRestore();
    }
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ModelConfig } from '../../../src/core/config/run-schema.js';
import { parameterLayout } from '../../../src/core/model/layout.js';
import { parameterCount } from '../../../src/core/model/parameter-count.js';

const study = { tokens: 150, dropout: 0.1 };
const small: ModelConfig = { tokens: 4, embedding: 3, neurons: 2, heads: 2, blocks: 2, dropout: 0 };

describe('parameterCount', () => {
  it.each([
    [{ neurons: 10, heads: 5, blocks: 5, embedding: 20 }, 87_289],
    [{ neurons: 50, heads: 5, blocks: 5, embedding: 30 }, 556_919],
    [{ neurons: 170, heads: 6, blocks: 6, embedding: 48 }, 5_097_821],
    [{ neurons: 220, heads: 6, blocks: 6, embedding: 60 }, 10_122_749],
  ])('of the reference study: %j has %i parameters', (sizes, expected) => {
    expect(parameterCount({ ...study, ...sizes })).toBe(expected);
  });
});

describe('parameterLayout', () => {
  it('has as many parameters as the count says, whatever the sizes', () => {
    const size = fc.integer({ min: 1, max: 7 });
    const sizes = fc.record({ embedding: size, neurons: size, heads: size, blocks: size });
    fc.assert(
      fc.property(sizes, fc.integer({ min: 2, max: 9 }), (shape, tokens) => {
        const model = { ...shape, tokens, dropout: 0 };
        const last = parameterLayout(model).at(-1)!;
        expect(parameterCount(model)).toBe(last.offset + last.size);
      }),
    );
  });

  it('fills the flat vector without gaps, each name once', () => {
    const layout = parameterLayout(small);
    let end = 0;
    for (const { name, shape, size, offset } of layout) {
      expect(offset, name).toBe(end);
      expect(size, name).toBe(shape.reduce((product, length) => product * length, 1));
      end += size;
    }
    expect(end).toBe(parameterCount(small));
    expect(new Set(layout.map(({ name }) => name)).size).toBe(layout.length);
  });

  it('keeps the weights of q, k and v side by side, and their biases', () => {
    const names = parameterLayout(small).map(({ name }) => name);
    const first = names.indexOf('blocks.1.attn.q.weight');
    expect(names.slice(first, first + 6)).toEqual(
      ['q.weight', 'k.weight', 'v.weight', 'q.bias', 'k.bias', 'v.bias'].map(
        (name) => `blocks.1.attn.${name}`,
      ),
    );
  });

  it('keeps linear weights as [out, in]', () => {
    const shapes = Object.fromEntries(
      parameterLayout(small).map(({ name, shape }) => [name, shape]),
    );
    expect(shapes['blocks.0.mlp1.weight']).toEqual([6, 3]);
    expect(shapes['blocks.0.mlp2.weight']).toEqual([3, 6]);
    expect(shapes['out.weight']).toEqual([29, 3]);
  });
});

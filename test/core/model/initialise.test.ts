import { describe, expect, it } from 'vitest';
import type { ModelConfig } from '../../../src/core/config/run-schema.js';
import { initialiseParameters } from '../../../src/core/model/initialise.js';
import { parameterLayout } from '../../../src/core/model/layout.js';

const model: ModelConfig = {
  tokens: 50,
  embedding: 16,
  neurons: 4,
  heads: 2,
  blocks: 1,
  dropout: 0,
};

describe('initialiseParameters', () => {
  it('gives the same parameters for the same seed, and others for another', () => {
    expect(initialiseParameters(model, 1)).toEqual(initialiseParameters(model, 1));
    expect(initialiseParameters(model, 1)).not.toEqual(initialiseParameters(model, 2));
  });

  it('draws embeddings from the standard normal distribution', () => {
    const values = part('emb.weight');
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    expect(Math.abs(mean)).toBeLessThan(4 / Math.sqrt(values.length));
    expect(Math.abs(variance - 1)).toBeLessThan(4 * Math.sqrt(2 / values.length));
  });

  it.each([
    ['blocks.0.mlp1.weight', 16],
    ['blocks.0.mlp1.bias', 16],
    ['blocks.0.mlp2.weight', 64],
    ['blocks.0.attn.c.weight', 32],
  ])('draws %s from ±1/√%i', (name, inputs) => {
    const largest = Math.max(...part(name).map(Math.abs));
    expect(largest).toBeLessThanOrEqual(1 / Math.sqrt(inputs));
    expect(largest).toBeGreaterThan(0.8 / Math.sqrt(inputs));
  });

  it('starts layer norms as the identity', () => {
    expect(part('blocks.0.ln1.weight')).toEqual(new Float32Array(16).fill(1));
    expect(part('blocks.0.ln1.bias')).toEqual(new Float32Array(16));
  });
});

function part(name: string): Float32Array {
  const { offset, size } = parameterLayout(model).find((spec) => spec.name === name)!;
  return initialiseParameters(model, 1).subarray(offset, offset + size);
}

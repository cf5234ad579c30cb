import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { FIELDS } from '../../../src/sweeps/definition/fields.js';
import { definitionJsonSchema } from '../../../src/sweeps/definition/schema.js';

interface SchemaPart {
  readonly properties?: Readonly<Record<string, SchemaPart>>;
  readonly description?: string;
  readonly default?: unknown;
}

describe('docs/sweep.schema.json', () => {
  it('is what `sweep schema` prints; `npm run schema` renews it', () => {
    const committed = readFileSync('docs/sweep.schema.json', 'utf8');
    expect(committed).toBe(`${JSON.stringify(definitionJsonSchema(), null, 2)}\n`);
  });
});

describe('definitionJsonSchema', () => {
  const { properties } = definitionJsonSchema() as SchemaPart;

  it('lets an editor complete every field in base, grid and zip, dotted and nested', () => {
    for (const key of FIELDS.keys())
      for (const part of ['base', 'grid', 'zip'])
        expect(Object.keys(properties?.[part]?.properties ?? {})).toContain(key);
    expect(properties?.['base']?.properties?.['model']?.properties).toHaveProperty('heads');
  });

  it('describes every field and names its default', () => {
    const { base } = properties ?? {};
    expect(base?.properties?.['train.learningRate']).toMatchObject({
      description: 'Step size of the optimizer.',
      default: 0.001,
    });
    for (const { key, description } of FIELDS.values())
      if (!/^dataset\.(files|splits)\./.test(key)) expect(description, key).toBeTruthy();
  });
});

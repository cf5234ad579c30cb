import { describe, expect, it } from 'vitest';
import { drawSvg } from '../../../../src/analysis/figures/figure-svg.js';
import type { Block } from '../../../../src/analysis/report/report.js';
import { plainText } from '../../../../src/analysis/report/inline.js';
import { sweptKeyBlocks } from '../../../../src/analysis/report/sections/swept-keys.js';
import { tableTexts } from '../../../../src/analysis/tables/table.js';
import { FULL_GRID, gridSection, THREE_KEYS, type GridRun } from '../../example-grid.js';
import { elementsOf } from '../../figures/well-formed.js';

function rowsOf(blocks: readonly Block[], name: string): string[][] {
  const block = blocks.find((one) => one.kind === 'table' && one.name === name);
  return block?.kind === 'table' ? tableTexts(block.table) : [];
}

describe('the section on swept keys', () => {
  it('draws the objective against each key and a map of two', async () => {
    const blocks = sweptKeyBlocks(gridSection(FULL_GRID));
    const figures = blocks.filter((block) => block.kind === 'figure');
    expect(figures.map(({ file }) => file)).toEqual(['grid_keys', 'grid_heat-map']);
    const [keys = '', map = ''] = await Promise.all(figures.map(({ spec }) => drawSvg(spec)));
    for (const svg of [keys, map]) {
      expect(elementsOf(svg)[0]).toBe('svg');
      expect(svg).toContain('>model.embedding<');
      expect(svg).toContain('>train.learningRate<');
    }
    for (const { nll } of FULL_GRID) expect(map).toContain(`>${nll.toFixed(2)}<`);
    expect(keys.match(/aria-roledescription="point"/g)).toHaveLength(2 * FULL_GRID.length);
  });

  it('draws parallel coordinates of three keys', () => {
    const blocks = sweptKeyBlocks(gridSection(THREE_KEYS));
    const files = blocks.flatMap((block) => (block.kind === 'figure' ? [block.file] : []));
    expect(files).toEqual(['grid_keys', 'grid_heat-map', 'grid_parallel']);
  });

  it('says how much a forest needs each key of a large design, and how much it explains', () => {
    const runs = [THREE_KEYS, THREE_KEYS].flatMap((all, more): GridRun[] =>
      all.map((run) => ({
        ...run,
        embedding: (run.embedding ?? 0) + 24 * more,
        nll: run.nll - 30 * more,
      })),
    );
    const blocks = sweptKeyBlocks(gridSection(runs));
    const rows = rowsOf(blocks, 'permutation-importance');
    expect(rows.map(([key]) => key)[0]).toBe('model.embedding');
    expect(rows).toHaveLength(3);
    const table = blocks.find(
      (block) => 'name' in block && block.name === 'permutation-importance',
    );
    const caption = table?.kind === 'table' ? plainText(table.caption) : '';
    expect(caption).toMatch(/explains R² = 0\.\d{3} \(24 configurations/);
    const small = sweptKeyBlocks(gridSection(THREE_KEYS));
    expect(rowsOf(small, 'permutation-importance')).toEqual([]);
  });

  it('orders the keys by what they explain and rounds means by their intervals', () => {
    const blocks = sweptKeyBlocks(gridSection(FULL_GRID));
    expect(rowsOf(blocks, 'importance')).toEqual([
      ['model.embedding', '3', '20.00', '0.943', '–'],
      ['train.learningRate', '2', '4.00', '0.057', '–'],
    ]);
    expect(rowsOf(blocks, 'effects')[0]).toEqual([
      'model.embedding',
      '8',
      '2',
      '102',
      '77 to 127',
      '+10',
    ]);
  });

  it('has no map and no effects for single configurations, and is nothing for two', () => {
    const single = [8, 16, 24].map((embedding) => ({ embedding, nll: embedding }));
    const kinds = sweptKeyBlocks(gridSection(single)).map((block) =>
      'name' in block ? block.name : block.kind,
    );
    expect(kinds).toEqual(['heading', 'keys', 'importance']);
    expect(sweptKeyBlocks(gridSection(single.slice(1)))).toEqual([]);
  });
});

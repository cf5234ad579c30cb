import { describe, expect, it } from 'vitest';
import type { ScoredDesign, ScoredKey } from '../../../src/analysis/design/scored-design.js';
import type { FigureSpec } from '../../../src/analysis/figures/chart-theme.js';
import { drawFiles } from '../../../src/analysis/figures/drawing/drawing.js';
import { drawSvg } from '../../../src/analysis/figures/figure-svg.js';
import { parallelCoordinates } from '../../../src/analysis/figures/parallel-coordinates.js';
import { elementsOf } from './well-formed.js';

const OBJECTIVE = { metric: 'val.nll', goal: 'minimize', isDefault: true } as const;

function key(name: string, scale: ScoredKey['scale'], values: ScoredKey['values']): ScoredKey {
  return { key: name, scale, values, levels: [...new Set(values)] };
}

function design(objective: readonly number[], keys: readonly ScoredKey[]): ScoredDesign {
  const points = objective.map((value, at) => ({ runIds: [`id${at}`], name: `run ${at}`, value }));
  return { points, keys };
}

const RATES = [1e-4, 1e-3, 1e-2, 1e-4, 1e-3, 1e-2, 1e-4, 1e-3];
const WIDTHS = [8, 16, 32, 8, 8, 16, 32, 32];
const KINDS = ['relu', 'gelu', '<b>&', 'relu', 'gelu', 'relu', 'gelu', '<b>&'];
const NLL = [50, 40, 30, 51, 41, 31, 52, 42];
const THREE = design(NLL, [
  key('rate', 'log', RATES),
  key('width', 'linear', WIDTHS),
  key('kind', 'categories', KINDS),
]);

/** Every text that the drawing has, in order. */
function rows(spec: FigureSpec | null): Record<string, unknown>[] {
  if (spec === null || !('layer' in spec)) throw new Error('nothing to draw');
  const data = spec.layer[0]?.data;
  if (data == null || !('values' in data) || !Array.isArray(data.values))
    throw new Error('no rows');
  return data.values.map((row) => ({ ...Object(row) }) as Record<string, unknown>);
}

describe('parallelCoordinates', () => {
  it('places each configuration on the scale of each key, the best in front', () => {
    const drawn = rows(parallelCoordinates(OBJECTIVE, THREE));
    const places = (name: string): unknown[] =>
      drawn.filter((row) => row['name'] === name).map((row) => row['position']);
    expect(places('run 0')).toEqual([0, 0, 0, expect.closeTo(20 / 22)]);
    expect(places('run 1')).toEqual([
      expect.closeTo(0.5), // 1e-3 is half way from 1e-4 to 1e-2 on a logarithmic axis
      expect.closeTo(8 / 24), // and 16 a third of the way from 8 to 32 on a linear one
      0.5,
      expect.closeTo(10 / 22),
    ]);
    expect(drawn.at(-1)?.['name']).toBe('run 2');
    expect(drawn[0]?.['name']).toBe('run 6');
  });

  it('draws a line for each configuration and names each axis and its values', async () => {
    const spec = parallelCoordinates(OBJECTIVE, THREE);
    if (spec === null) throw new Error('nothing to draw');
    const svg = await drawSvg(spec);
    const asked = { file: 'keys', svg, png: true, pdf: true, title: '' };
    const { png, pdf } = await drawFiles(asked);
    expect(elementsOf(svg)[0]).toBe('svg');
    expect(svg.match(/aria-roledescription="line mark"/g)).toHaveLength(NLL.length);
    for (const text of ['rate (log)', 'width', 'kind', 'val.nll', '0.0001', '0.01', '32', '52'])
      expect(svg).toContain(`>${text}<`);
    expect(svg).toContain('>&lt;b&gt;&amp;<');
    expect(png?.length).toBeGreaterThan(1000);
    expect(pdf?.length).toBeGreaterThan(1000);
  });

  it('is nothing for two swept keys or seven configurations', () => {
    const { points, keys } = THREE;
    expect(parallelCoordinates(OBJECTIVE, { points, keys: keys.slice(1) })).toBeNull();
    const fewer = keys.map((one) => ({ ...one, values: one.values.slice(1) }));
    expect(parallelCoordinates(OBJECTIVE, { points: points.slice(1), keys: fewer })).toBeNull();
  });

  it('draws 300 of very many, with the best and the worst among them', () => {
    const many = Array.from({ length: 1000 }, (_, at) => at);
    const keys = ['a', 'b', 'c'].map((name) => key(name, 'linear', many));
    const drawn = rows(parallelCoordinates({ ...OBJECTIVE, goal: 'maximize' }, design(many, keys)));
    const names = new Set(drawn.map((row) => row['name']));
    expect(names.size).toBe(300);
    expect([drawn[0]?.['name'], drawn.at(-1)?.['name']]).toEqual(['run 0', 'run 999']);
  });
});

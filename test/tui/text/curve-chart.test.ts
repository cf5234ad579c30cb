import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type ChartRequest, type Curve, curveChart } from '../../../src/tui/text/curve-chart.js';
import { spansWidth } from '../../../src/tui/text/spans.js';
import { createTheme, type Theme } from '../../../src/tui/theme.js';

const UNICODE = createTheme({ LANG: 'C.UTF-8' });
const ASCII = createTheme({ SWEEP_ASCII: '1' });

function draw(fields: Partial<ChartRequest>, theme: Theme): string[] {
  const request = { curves: [], width: 24, height: 7, formatY: String, xLabel: 'epoch', ...fields };
  return curveChart(request, theme).map((line) => line.map(({ text }) => text).join(''));
}

function curve(values: readonly number[], fields: Partial<Curve> = {}): Curve {
  return { points: values.map((y, x) => ({ x, y })), color: 'cyan', ...fields };
}

test('a falling line goes from the upper left to the lower right, with its numbers at the axes', () => {
  const signs = draw({ curves: [curve([40, 30, 20, 10])] }, ASCII);
  expect(signs[0]).toMatch(/^40 \|\*+ *$/);
  expect(signs[4]).toMatch(/^10 \| {12,}\*+$/);
  expect(signs.slice(5)).toEqual([`   +${'-'.repeat(20)}`, `    epoch 0${' '.repeat(12)}3`]);
  const dots = draw({ curves: [curve([40, 30, 20, 10])] }, UNICODE);
  expect(dots[0]).toMatch(/^40 │[⠁-⣿]+ *$/);
  expect(dots[4]).toMatch(/^10 │ +[⠁-⣿]+$/);
});

test('the best epoch is marked on the axis', () => {
  const lines = draw({ curves: [curve([3, 1, 2])], markX: 1 }, ASCII);
  expect(lines.at(-2)).toMatch(/^ {2}\+-{10}\^-{10}$/);
  expect(lines.at(-1)).toBe('   epoch 0 best 1      2');
  const narrow = draw({ curves: [curve([3, 1, 2])], markX: 1, width: 17 }, ASCII);
  expect(narrow.at(-1)).toBe('   0   best 1   2'); // what is marked comes before the word
  const last = draw({ curves: [curve([3, 2, 1])], markX: 2 }, ASCII);
  expect(last.at(-1)).toBe('   epoch 0        best 2'); // and is not said twice
});

test('a letter stands at the end of its curve', () => {
  const lines = draw(
    { curves: [curve([1, 2], { letter: 'a' }), curve([2, 1], { letter: 'b' })] },
    UNICODE,
  );
  expect(lines[0]).toMatch(/a$/);
  expect(lines[4]).toMatch(/b$/);
});

test('a dotted curve leaves gaps, so that it is told apart without colours', () => {
  const dots = (isDotted: boolean): number =>
    draw({ curves: [curve([1, 1], { isDotted })] }, ASCII)
      .join('')
      .match(/\*/g)!.length;
  expect(dots(true)).toBeLessThan(dots(false));
});

test('whatever the values, a chart has its size', () => {
  const values = fc.array(fc.double(), { maxLength: 40 });
  const size = fc.record({
    width: fc.integer({ min: 30, max: 120 }),
    height: fc.integer({ min: 4, max: 30 }),
    markX: fc.option(fc.integer({ min: 0, max: 50 })),
  });
  fc.assert(
    fc.property(
      fc.array(values, { maxLength: 4 }),
      size,
      fc.boolean(),
      (all, { width, height, markX }, isUnicode) => {
        const formatY = (y: number): string => y.toPrecision(3);
        const lines = curveChart(
          { curves: all.map((one) => curve(one)), width, height, markX, formatY, xLabel: 'epoch' },
          isUnicode ? UNICODE : ASCII,
        );
        expect(lines).toHaveLength(height);
        for (const line of lines) expect(spansWidth(line)).toBeLessThanOrEqual(width);
      },
    ),
  );
});

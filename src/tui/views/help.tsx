import type { ReactElement } from 'react';
import { Lines } from '../components/line.js';
import { rule } from '../components/rule.js';
import { fit } from '../text/cells.js';
import { clipSpans, type Span, spansWidth } from '../text/spans.js';
import { useTheme } from '../theme.js';

interface KeyGroup {
  readonly title: string;
  readonly keys: readonly (readonly [key: string, does: string])[];
}

const KEYS: readonly KeyGroup[] = [
  {
    title: 'Table',
    keys: [
      ['up down j k', 'move'],
      ['pgup pgdn', 'a screen'],
      ['home end', 'first, last'],
      ['s S', 'order, reverse'],
      ['/', 'filter'],
      ['g', 'group by a key'],
      ['space', 'mark a run'],
    ],
  },
  {
    title: 'Screens',
    keys: [
      ['enter', 'the run'],
      ['c', 'compare marked'],
      ['a', 'answers'],
      ['left right', 'other texts'],
      ['n t', 'note, tags'],
      ['esc', 'back'],
    ],
  },
  {
    title: 'Sweep',
    keys: [
      ['p', 'pause or go on'],
      ['+ -', 'runs at once'],
      ['x', 'stop run or marked'],
      ['X', 'stop the sweep'],
      ['r', 'retry run or marked'],
      ['R', 'retry all failed'],
    ],
  },
  {
    title: 'Here',
    keys: [
      ['?', 'these keys'],
      ['q', 'quit'],
      ['ctrl-l', 'draw anew'],
    ],
  },
];

/** All keys, in as many columns as fit. */
export function Help({
  width,
  height,
}: {
  readonly width: number;
  readonly height: number;
}): ReactElement {
  const theme = useTheme();
  const columns = width >= 120 ? 4 : width >= 58 ? 2 : 1;
  const lines = [
    rule([{ text: 'Keys', bold: true }], width, theme),
    ...besideOneAnother(distribute(columns), width),
  ];
  const shown = lines.slice(0, height);
  const blank = Array.from({ length: Math.max(0, height - shown.length) }, (): Span[] => []);
  return (
    <Lines lines={[...shown, ...blank].map((line) => clipSpans(line, width, theme.ellipsis))} />
  );
}

/** Groups into columns of about the same height, in their order. */
function distribute(columns: number): Span[][][] {
  const stacks = Array.from({ length: columns }, (): Span[][] => []);
  for (const { title, keys } of KEYS) {
    const lowest = stacks.reduce((low, stack) => (stack.length < low.length ? stack : low));
    lowest.push(
      [{ text: title, bold: true, color: 'yellow' }],
      ...keys.map(([key, does]): Span[] => [
        { text: ` ${fit(key, 11)}`, color: 'cyan' },
        { text: ` ${does}` },
      ]),
    );
  }
  return stacks;
}

/** Each stack as wide as its widest line, and what is left shared among them. */
function besideOneAnother(stacks: readonly Span[][][], width: number): Span[][] {
  const height = Math.max(...stacks.map((stack) => stack.length));
  const needed = stacks.map((stack) => Math.max(...stack.map(spansWidth)) + 1);
  const spare = Math.max(0, width + 1 - needed.reduce((sum, cells) => sum + cells, 0));
  const share = Math.floor(spare / stacks.length);
  return Array.from({ length: height }, (_, row) =>
    stacks.flatMap((stack, index) => {
      const spans = stack[row] ?? [];
      const isLast = index === stacks.length - 1;
      const blank = isLast ? 0 : (needed[index] ?? 0) + share - spansWidth(spans);
      return [...spans, { text: ' '.repeat(blank) }];
    }),
  );
}

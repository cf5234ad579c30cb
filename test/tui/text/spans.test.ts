import { expect, test } from 'vitest';
import {
  clipSpans,
  joinParts,
  spansWidth,
  type Span,
  wrapParts,
} from '../../../src/tui/text/spans.js';

const text = (spans: readonly Span[]): string => spans.map((span) => span.text).join('');

test('parts that do not fit are left out, the last ones first', () => {
  const parts = [[{ text: 'first' }], [{ text: 'second' }], [{ text: 'third' }]];
  expect(text(joinParts(parts, 30))).toBe('first  second  third');
  expect(text(joinParts(parts, 19))).toBe('first  second');
  expect(text(joinParts(parts, 4))).toBe('fir…');
});

test('parts go on in the next line, as far as there are lines', () => {
  const parts = ['first', 'second', 'third', 'a fourth'].map((word) => [{ text: word }]);
  expect(wrapParts(parts, 14, 3).map(text)).toEqual(['first  second', 'third', 'a fourth']);
  expect(wrapParts(parts, 14, 1).map(text)).toEqual(['first  second']);
  expect(wrapParts([[], ...parts], 7, 9).map(text)).toEqual([
    ...['first', 'second', 'third', 'a four…'],
  ]);
  expect(wrapParts([], 14, 2)).toEqual([]);
});

test('the right part ends at the edge and is kept before all others', () => {
  const line = joinParts([[{ text: 'first' }], [{ text: 'second' }]], 20, [{ text: 'right' }]);
  expect(text(line)).toBe('first  second  right');
  expect(text(joinParts([[{ text: 'first' }]], 20, [{ text: 'right' }]))).toBe(
    'first          right',
  );
  expect(
    text(joinParts([[{ text: 'first' }], [{ text: 'second' }]], 14, [{ text: 'right' }])),
  ).toBe('first    right');
});

test('a cut line says that it is cut and keeps the styles of its parts', () => {
  const spans: Span[] = [
    { text: 'state ', dim: true },
    { text: 'running', color: 'cyan' },
  ];
  const cut = clipSpans(spans, 9);
  expect(cut).toEqual([
    { text: 'state ', dim: true },
    { text: 'ru…', color: 'cyan' },
  ]);
  expect(spansWidth(clipSpans(spans, 6))).toBe(6);
  expect(clipSpans(spans, 13)).toEqual(spans);
});

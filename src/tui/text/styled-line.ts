import { plainText } from './format.js';
import { type Color, isSameStyle, type Span } from './spans.js';

/** Select Graphic Rendition codes (ECMA-48): the sixteen colours that every colour terminal has. */
const COLOR_CODES: Readonly<Record<Color, number>> = {
  red: 31,
  green: 32,
  yellow: 33,
  blue: 34,
  magenta: 35,
  cyan: 36,
  white: 37,
  gray: 90,
  cyanBright: 96,
};

const RESET = '\u001b[0m';
const CONTROL = /\p{Cc}/u;

/** Spans as a terminal takes them. Blanks at the end that nobody would see are left out. */
export function styledLine(spans: readonly Span[], hasColor: boolean): string {
  const shown = withoutBlankEnd(spans);
  let line = '';
  for (let start = 0; start < shown.length;) {
    const first = shown[start];
    if (first === undefined) break;
    let text = '';
    let end = start;
    for (let next = shown[end]; next !== undefined && isSameStyle(first, next); next = shown[end]) {
      text += next.text;
      end += 1;
    }
    line += styled(text, first, hasColor);
    start = end;
  }
  return line;
}

function styled(text: string, { color, bold, dim, inverse }: Span, hasColor: boolean): string {
  // Nothing that is shown may move the cursor, whoever wrote it.
  const shown = CONTROL.test(text) ? plainText(text) : text;
  const codes = [
    ...(bold === true ? [1] : []),
    ...(dim === true ? [2] : []),
    ...(inverse === true ? [7] : []),
    ...(hasColor && color !== undefined ? [COLOR_CODES[color]] : []),
  ];
  return codes.length === 0 || shown === '' ? shown : `\u001b[${codes.join(';')}m${shown}${RESET}`;
}

function withoutBlankEnd(spans: readonly Span[]): readonly Span[] {
  let end = spans.length;
  for (let last = spans[end - 1]; last !== undefined; last = spans[end - 1]) {
    if (last.inverse === true) break;
    const text = last.text.trimEnd();
    if (text === last.text && text !== '') break;
    if (text !== '') return [...spans.slice(0, end - 1), { ...last, text }];
    end -= 1;
  }
  return spans.slice(0, end);
}

import { Text } from 'ink';
import { memo, type ReactElement, useState } from 'react';
import { isSameStyle, type Span } from '../text/spans.js';
import { styledLine } from '../text/styled-line.js';
import { useScreen } from '../terminal/screen.js';
import { useTheme } from '../theme.js';

type SpanLine = readonly Span[];

interface LinesProps {
  readonly lines: readonly SpanLine[];
}

/**
 * Lines one below the other. Who makes the spans sees to it that they fit; nothing is wrapped. A line whose spans are the
 * same array as before is not made again.
 */
export const Lines = memo(ShownLines, (before, after) => areSameLines(before.lines, after.lines));

function ShownLines({ lines }: LinesProps): ReactElement | null {
  const { hasColor } = useTheme();
  const { lines: store } = useScreen();
  const [made] = useState(() => new WeakMap<SpanLine, string>());
  if (lines.length === 0) return null;
  return <Text>{store.standIn(lines.map(finished))}</Text>;

  function finished(spans: SpanLine): string {
    const before = made.get(spans);
    if (before !== undefined) return before;
    const line = styledLine(spans, hasColor);
    made.set(spans, line);
    return line;
  }
}

/** One line of the screen. */
export function Line({ spans }: { readonly spans: SpanLine }): ReactElement {
  return <Lines lines={[spans]} />;
}

function areSameLines(before: readonly SpanLine[], after: readonly SpanLine[]): boolean {
  if (before.length !== after.length) return false;
  return before.every((line, index) => {
    const other = after[index];
    return other !== undefined && isSameLine(line, other);
  });
}

function isSameLine(before: SpanLine, after: SpanLine): boolean {
  if (before === after) return true;
  if (before.length !== after.length) return false;
  return before.every((span, index) => {
    const other = after[index];
    return other !== undefined && span.text === other.text && isSameStyle(span, other);
  });
}

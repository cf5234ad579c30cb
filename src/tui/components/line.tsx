import { Text } from 'ink';
import { memo, type ReactElement } from 'react';
import { isSameStyle, type Span } from '../text/spans.js';
import { styledLine } from '../text/styled-line.js';
import { useScreen } from '../terminal/screen.js';
import { useTheme } from '../theme.js';

/** One line of the screen. Who makes the spans sees to it that they fit; nothing is wrapped. */
export const Line = memo(ShownLine, (before, after) => isSameLine(before.spans, after.spans));

function ShownLine({ spans }: { readonly spans: readonly Span[] }): ReactElement {
  const { hasColor } = useTheme();
  const { lines } = useScreen();
  return <Text>{lines.tokenOf(styledLine(spans, hasColor))}</Text>;
}

function isSameLine(before: readonly Span[], after: readonly Span[]): boolean {
  if (before === after) return true;
  if (before.length !== after.length) return false;
  return before.every((span, index) => {
    const other = after[index];
    return other !== undefined && span.text === other.text && isSameStyle(span, other);
  });
}

/** Lines one below the other. */
export function Lines({ lines }: { readonly lines: readonly (readonly Span[])[] }): ReactElement {
  return (
    <>
      {lines.map((spans, index) => (
        <Line key={index} spans={spans} />
      ))}
    </>
  );
}

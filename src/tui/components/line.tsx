import { Text } from 'ink';
import { memo, type ReactElement } from 'react';
import type { Span } from '../text/spans.js';
import { useTheme } from '../theme.js';

/** One line of the screen. Who makes the spans sees to it that they fit; nothing is wrapped. */
export const Line = memo(ShownLine, (before, after) => isSameLine(before.spans, after.spans));

function ShownLine({ spans }: { readonly spans: readonly Span[] }): ReactElement {
  const { hasColor } = useTheme();
  // An empty text would take no line at all.
  if (spans.every(({ text }) => text === '')) return <Text> </Text>;
  return (
    <Text wrap="truncate">
      {spans.map(({ text, color, bold, dim, inverse }, index) =>
        color === undefined && bold !== true && dim !== true && inverse !== true ? (
          text
        ) : (
          <Text
            key={index}
            bold={bold === true}
            dimColor={dim === true}
            inverse={inverse === true}
            {...(hasColor && color !== undefined ? { color } : {})}
          >
            {text}
          </Text>
        ),
      )}
    </Text>
  );
}

function isSameLine(before: readonly Span[], after: readonly Span[]): boolean {
  if (before === after) return true;
  if (before.length !== after.length) return false;
  return before.every((span, index) => {
    const other = after[index];
    return (
      other !== undefined &&
      span.text === other.text &&
      span.color === other.color &&
      span.bold === other.bold &&
      span.dim === other.dim &&
      span.inverse === other.inverse
    );
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

import { cellWidth } from '../text/cells.js';
import { clipSpans, type Span, spansWidth } from '../text/spans.js';
import type { Theme } from '../theme.js';

/** A line across the screen with a title in it. */
export function rule(title: readonly Span[], width: number, theme: Theme): Span[] {
  const shown = clipSpans(title, Math.max(0, width - 4), theme.ellipsis);
  const used = shown.reduce((sum, { text }) => sum + cellWidth(text), 0);
  if (used === 0) return [{ text: theme.rule.repeat(width), dim: true }];
  return [
    { text: `${theme.rule} `, dim: true },
    ...shown,
    { text: ` ${theme.rule.repeat(Math.max(0, width - used - 3))}`, dim: true },
  ];
}

/** A rule with the first of several titles that fits whole; where none does, the last one is cut. */
export function ruleWithFitting(
  titles: readonly (readonly Span[])[],
  width: number,
  theme: Theme,
): Span[] {
  const title = titles.find((one) => spansWidth(one) <= width - 4) ?? titles.at(-1) ?? [];
  return rule(title, width, theme);
}

import { joinParts, type Span } from '../text/spans.js';

/** A key and what it does. */
export type KeyHint = readonly [key: string, does: string];

/** The keys that matter here, as many as fit; `? keys` always does. */
export function keyHints(hints: readonly KeyHint[], width: number): Span[] {
  const part = ([key, does]: KeyHint): Span[] => [
    { text: key, color: 'cyan', bold: true },
    { text: ` ${does}`, dim: true },
  ];
  return joinParts(hints.map(part), width, part(['?', 'keys']));
}

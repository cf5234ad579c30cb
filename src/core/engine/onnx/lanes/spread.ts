/** Texts `begin` to `end - 1`. */
export interface TextRange {
  readonly begin: number;
  readonly end: number;
}

/**
 * Texts spread over lanes: as evenly as whole chunks of `size` texts allow, in order, and none empty.
 *
 * @param lanes the most ranges
 */
export function spread(texts: number, size: number, lanes: number): readonly TextRange[] {
  const chunks = Math.ceil(texts / size);
  const count = Math.min(lanes, chunks);
  const place = (lane: number): number =>
    Math.min(texts, Math.floor((lane * chunks) / count) * size);
  return Array.from({ length: count }, (_, lane) => ({ begin: place(lane), end: place(lane + 1) }));
}

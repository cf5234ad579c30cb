/**
 * Bytes that the activation of one slice shall take, so that the passes over it find it in the cache of a core.
 */
const WANTED_BYTES = 640 * 2 ** 10;
const MULTIPLE = 16; // columns that the inner loop of a matrix product takes at once

/**
 * How the hidden neurons of an MLP are cut, so that each slice of the activation [rows, hidden] stays in the cache from
 * one pass to the next: the lengths of the slices.
 */
export function sliceLengths(hidden: number, rows: number): readonly number[] {
  const count = Math.max(1, Math.round((4 * rows * hidden) / WANTED_BYTES));
  const length = Math.ceil(hidden / count / MULTIPLE) * MULTIPLE;
  return Array.from({ length: Math.ceil(hidden / length) }, (_, index) =>
    Math.min(length, hidden - index * length),
  );
}

/** For `rows` where there is no cache to cut for: on a GPU one large product is faster than several small ones. */
export const UNCUT = 1;

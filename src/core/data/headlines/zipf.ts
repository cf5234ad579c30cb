import type { Generator } from '../../random/generator.js';

const tables = new Map<number, Float64Array>();

/**
 * An item of a list with probability proportional to 1 / (rank + 2): what stands first is drawn most, and every item
 * now and then, as words are in real text (Zipf-Mandelbrot law; Mandelbrot, 1953).
 *
 * @throws RangeError if the list is empty
 */
export function pickByRank<Item>(items: readonly Item[], generator: Generator): Item {
  const cumulative = cumulativeWeights(items.length);
  const target = generator.uniform() * (cumulative.at(-1) ?? 0);
  return itemAt(items, firstAbove(cumulative, target));
}

/** An item with the given probability weights. */
export function pickByWeight<Item>(
  items: readonly Item[],
  weightOf: (item: Item) => number,
  generator: Generator,
): Item {
  const total = items.reduce((sum, item) => sum + weightOf(item), 0);
  let left = generator.uniform() * total;
  for (const item of items) {
    left -= weightOf(item);
    if (left < 0) return item;
  }
  return itemAt(items, items.length - 1);
}

/** An item, all equally likely. */
export function pickEvenly<Item>(items: readonly Item[], generator: Generator): Item {
  return itemAt(items, Math.floor(generator.uniform() * items.length));
}

/** The item at a place that the caller knows to exist. */
export function itemAt<Item>(items: readonly Item[], index: number): Item {
  const item = items[index];
  if (item === undefined) throw new RangeError(`no item ${index} in a list of ${items.length}`);
  return item;
}

function cumulativeWeights(length: number): Float64Array {
  const known = tables.get(length);
  if (known !== undefined) return known;
  const table = new Float64Array(length);
  let sum = 0;
  for (let rank = 0; rank < length; rank++) {
    sum += 1 / (rank + 2);
    table[rank] = sum;
  }
  tables.set(length, table);
  return table;
}

function firstAbove(cumulative: Float64Array, target: number): number {
  let low = 0;
  let high = cumulative.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((cumulative[middle] ?? 0) > target) high = middle;
    else low = middle + 1;
  }
  return low;
}

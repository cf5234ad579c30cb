import { defaultOperators, type Context, type Operators } from 'liquidjs';

/** What nothing is smaller or larger than: a value that is not there yet. */
const ORDERED = ['<', '<=', '>', '>='];

/** The comparisons of Liquid, but without JavaScript's `null < 99`: a run that has no score yet is not the better one. */
export const COMPARISONS: Operators = {
  ...defaultOperators,
  ...Object.fromEntries(
    ORDERED.map((name) => [
      name,
      (left: unknown, right: unknown, context: Context) =>
        left === null || right === null
          ? false
          : (defaultOperators[name]?.(left, right, context) ?? false),
    ]),
  ),
};

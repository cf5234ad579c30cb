/** What is used of a scale of Vega: a function from a value to pixels that knows its domain. */
interface Scale {
  (value: unknown): unknown;
  domain(): unknown;
}

/** Pixels of a value; NaN when it has none. */
export function coordinate(scale: unknown, value: unknown): number {
  const pixels = isScale(scale) ? scale(value) : NaN;
  return typeof pixels === 'number' ? pixels : NaN;
}

/** Both ends of a scale of numbers. */
export function domainOf(scale: unknown): number[] {
  const domain = isScale(scale) ? scale.domain() : [];
  return Array.isArray(domain) ? domain.map(Number) : [];
}

function isScale(scale: unknown): scale is Scale {
  return typeof scale === 'function' && 'domain' in scale && typeof scale.domain === 'function';
}

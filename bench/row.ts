/** One line of the results. */
export interface Row {
  readonly what: string;
  readonly budget: string;
  /** Medians that the value comes from, in milliseconds, by who made them. */
  readonly milliseconds: Readonly<Partial<Record<string, number>>>;
  /** What is compared with the target; null when a part of it could not be measured. */
  readonly value: number | null;
  readonly unit: 'times' | 'share' | 'bytes' | 'seconds';
  readonly target: number | null;
  /** Whether the target is a lower or an upper bound. */
  readonly bound: 'at least' | 'at most';
}

/** Null for a row without a target or a value. */
export function isMet({ value, target, bound }: Row): boolean | null {
  if (value === null || target === null) return null;
  return bound === 'at least' ? value >= target : value <= target;
}

export function ratio(above: number | undefined, below: number | undefined): number | null {
  return above === undefined || below === undefined ? null : above / below;
}

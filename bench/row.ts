import { z } from 'zod';

/** One line of the results, with the circumstances of its measurement. */
export const rowSchema = z.object({
  what: z.string(),
  budget: z.string(),
  /** Medians that the value comes from, in milliseconds, by who made them. */
  milliseconds: z.record(z.string(), z.number()),
  /** What is compared with the target; null when a part of it could not be measured. */
  value: z.number().nullable(),
  unit: z.enum(['times', 'share', 'bytes', 'seconds']),
  target: z.number().nullable(),
  /** Whether the target is a lower or an upper bound. */
  bound: z.enum(['at least', 'at most']),
});

export type Row = z.infer<typeof rowSchema>;

/** Null for a row without a target or a value. */
export function isMet({ value, target, bound }: Row): boolean | null {
  if (value === null || target === null) return null;
  return bound === 'at least' ? value >= target : value <= target;
}

export function ratio(above: number | undefined, below: number | undefined): number | null {
  return above === undefined || below === undefined ? null : above / below;
}

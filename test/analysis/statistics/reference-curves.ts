import { readFileSync } from 'node:fs';
import { z } from 'zod';

const curvesSchema = z.object({
  runs: z.record(z.string(), z.array(z.object({ nll: z.number(), rec: z.number() }))),
});

/** The curves that the reference study printed: validation NLL and top-1 of each epoch, by run. */
export const REFERENCE_CURVES = curvesSchema.parse(
  JSON.parse(
    readFileSync(new URL('../../fixtures/analysis/reference-curves.json', import.meta.url), 'utf8'),
  ),
).runs;

/** The two columns of one run. */
export function referenceCurve(run: string): { nll: number[]; top1: number[] } {
  const rows = REFERENCE_CURVES[run] ?? [];
  return { nll: rows.map((row) => row.nll), top1: rows.map((row) => row.rec) };
}

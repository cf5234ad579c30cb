import { z } from 'zod';
import type { FigureSpec } from '../figures/chart-theme.js';

const lines = z.union([z.string().transform((line) => [line]), z.array(z.string())]);
const titleSchema = z.looseObject({
  title: z
    .union([
      lines.transform((text) => ({ text, subtitle: undefined })),
      z.looseObject({ text: lines, subtitle: lines.optional() }),
    ])
    .optional(),
});

/** The title and the lines below it that a figure draws above itself, for formats that print them as text. */
export function figureTitle(spec: FigureSpec): {
  title: string | null;
  subtitle: readonly string[];
} {
  const parsed = titleSchema.safeParse(spec);
  const title = parsed.success ? parsed.data.title : undefined;
  return { title: title?.text.join(' ') ?? null, subtitle: title?.subtitle ?? [] };
}

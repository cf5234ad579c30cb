/**
 * What `sweep report` can write: documents, each with the figures that it needs beside it, and all figures or tables as
 * files of their own.
 */
export const REPORT_FORMATS = ['md', 'html', 'tex', 'pdf', 'figures', 'tables'] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];

/** Files of a figure, by what follows its name. */
export const FIGURE_FILES = ['svg', 'png', 'pdf', 'vl.json'] as const;
export type FigureFile = (typeof FIGURE_FILES)[number];

/** Which files of each figure belong to some formats: what their documents include, or all. */
export function figureFilesOf(formats: ReadonlySet<ReportFormat>): readonly FigureFile[] {
  return FIGURE_FILES.filter(
    (file) =>
      formats.has('figures') ||
      (file === 'svg' && formats.has('md')) ||
      (file === 'pdf' && formats.has('tex')),
  );
}

import { join } from 'node:path';
import type { DrawnFiles } from '../figures/drawing/drawing.js';
import { DrawingThread } from '../figures/drawing/drawing-thread.js';
import { drawSvg } from '../figures/figure-svg.js';
import { figureTitle } from './figure-title.js';
import { figureFilesOf, type FigureFile, type ReportFormat } from './formats.js';
import { FIGURES_FOLDER, type OutputFile } from './output-paths.js';
import type { FigureBlock } from './report.js';

export interface FigureOptions {
  readonly formats: ReadonlySet<ReportFormat>;
  /** Told what is done next, in words for a person. */
  readonly onProgress?: (step: string) => void;
}

/**
 * The files of figures, then those that are made meanwhile: PNG and PDF are drawn in a second thread, which takes as long
 * as all else.
 *
 * @throws Error with the name of a figure that cannot be drawn
 */
export async function figureFiles(
  figures: readonly FigureBlock[],
  { formats, onProgress }: FigureOptions,
  meanwhile: () => Promise<readonly OutputFile[]>,
): Promise<OutputFile[]> {
  const kinds = figureFilesOf(formats);
  if (kinds.length === 0 || figures.length === 0) return [...(await meanwhile())];
  const [png, pdf] = [kinds.includes('png'), kinds.includes('pdf')];
  const thread = png || pdf ? new DrawingThread() : null;
  try {
    const svgs: string[] = [];
    // One after the other: Vega's ids are counted over the process.
    for (const [index, { file, spec }] of figures.entries()) {
      onProgress?.(`Drawing figure ${index + 1} of ${figures.length}`);
      const svg = await drawSvg(spec);
      thread?.draw({ file, svg, png, pdf, title: figureTitle(spec).title ?? file });
      svgs.push(svg);
    }
    const others = await meanwhile();
    if (thread !== null) onProgress?.('Drawing figures as PNG and PDF');
    const drawn = await thread?.finish();
    const files = figures.map((figure, index) =>
      filesOfFigure(figure, kinds, { svg: svgs[index] ?? null, ...drawn?.[index] }),
    );
    return [...files.flat(), ...others];
  } finally {
    await thread?.close();
  }
}

function filesOfFigure(
  { file, spec }: FigureBlock,
  kinds: readonly FigureFile[],
  { svg, png = null, pdf = null }: Partial<DrawnFiles> & { readonly svg: string | null },
): OutputFile[] {
  const contents: Readonly<Record<FigureFile, string | Uint8Array | null>> = {
    svg,
    png,
    pdf,
    'vl.json': `${JSON.stringify(spec)}\n`,
  };
  return kinds.flatMap((kind) => {
    const content = contents[kind];
    return content === null ? [] : [{ path: join(FIGURES_FOLDER, `${file}.${kind}`), content }];
  });
}

import { renderMarkdown } from './markdown.js';
import type { PageAssets } from './page/assets.js';
import type { PageLinks } from './page/page-links.js';
import { renderPage } from './page/page.js';
import { allBlocks, type Block, type FigureBlock, type Report, type TableBlock } from './report.js';
import { renderLatex } from './tex/latex.js';

/** What can be written of a report: the full one, or a template that is filled in. */
export interface ReportDocument {
  /** Each once. */
  readonly figures: readonly FigureBlock[];
  readonly tables: readonly TableBlock[];
  readonly markdown: () => string;
  /** @throws SweepError `bad-call` for a template that a page cannot show */
  readonly page: (assets: PageAssets, links: PageLinks) => Promise<string>;
  /** @throws SweepError `bad-call` for a template that LaTeX cannot show */
  readonly latex: () => string;
}

/** The full report. */
export function reportDocument(report: Report): ReportDocument {
  return {
    ...partsOf(allBlocks(report)),
    markdown: () => renderMarkdown(report),
    page: (assets, links) => renderPage(report, assets, links),
    latex: () => renderLatex(report),
  };
}

/** Figures and tables among blocks, each once. */
export function partsOf(blocks: readonly Block[]): Pick<ReportDocument, 'figures' | 'tables'> {
  const figures = blocks.filter((block) => block.kind === 'figure');
  const tables = blocks.filter((block) => block.kind === 'table');
  return { figures: onceByFile(figures), tables: onceByFile(tables) };
}

function onceByFile<B extends { readonly file: string }>(blocks: readonly B[]): B[] {
  return [...new Map(blocks.map((block) => [block.file, block])).values()];
}

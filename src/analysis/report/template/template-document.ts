import { parseProse } from '../prose/parse-prose.js';
import { prosePage } from '../prose/prose-html.js';
import { proseLatex } from '../prose/prose-latex.js';
import { partsOf, type ReportDocument } from '../report-document.js';
import { filledMarkdown } from './filled-template.js';
import type { TemplatedReport } from './render-template.js';

/** A filled-in template as it can be written: its own text, with the numbers, tables and figures that it names. */
export function templateDocument({ filled, report }: TemplatedReport): ReportDocument {
  const { title, runs } = report;
  const blocks = filled.parts.flatMap((part) => (part.kind === 'blocks' ? part.blocks : []));
  return {
    ...partsOf(blocks),
    markdown: () => filledMarkdown(filled),
    page: (assets, links) => prosePage(parseProse(filled), { title, runs, links }, assets),
    latex: () => proseLatex(parseProse(filled), title),
  };
}

import { escapeHtml, escapeMarkdown, fencedBlock, visibleLine } from '../tables/markdown-text.js';
import { markdownTable } from '../tables/markdown-table.js';
import { provenanceText } from '../provenance.js';
import { htmlComment } from './html-comment.js';
import { FIGURES_FOLDER } from './output-paths.js';
import { inlineMarkdown } from './inline-markdown.js';
import type { Block, Named, Report, SamplesBlock, TableBlock } from './report.js';
import { tableSources } from './table-sources.js';

/** A report in GitHub Markdown; figures are linked as `figures/NAME.svg`. Texts are escaped, samples are fenced. */
export function renderMarkdown(report: Report): string {
  const parts = [`# ${escapeMarkdown(report.title)}`];
  for (const section of report.sections) {
    parts.push(`## ${escapeMarkdown(section.title)}`, ...section.blocks.map(renderBlock));
  }
  return `${parts.join('\n\n')}\n`;
}

/** One block in GitHub Markdown, without the empty lines around it. */
export function renderBlock(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `${'#'.repeat(block.level + 2)} ${escapeMarkdown(block.text)}`;
    case 'text':
      return inlineMarkdown(block.text);
    case 'list':
      return block.items
        .map(({ label, text }) =>
          label === null
            ? `- ${inlineMarkdown(text)}`
            : `- **${escapeMarkdown(label)}**: ${inlineMarkdown(text)}`,
        )
        .join('\n');
    case 'table':
      return renderTable(block);
    case 'figure':
      return [
        `![${escapeMarkdown(block.alt)}](${FIGURES_FOLDER}/${encodeURI(block.file)}.svg)`,
        ...captionOf(block),
      ].join('\n\n');
    case 'code':
      return fencedBlock(
        block.text
          .trimEnd()
          .split(/\r\n?|\n/)
          .map(visibleLine),
        block.language,
      );
    case 'samples':
      return renderSamples(block);
    case 'details':
      // GitHub reads Markdown inside of <details> only after an empty line.
      return [
        `<details>\n<summary>${escapeHtml(block.summary)}</summary>`,
        ...block.blocks.map(renderBlock),
        '</details>',
      ].join('\n\n');
  }
}

/** The numbers' sources follow in a comment: inside of the cells nobody could read the table any more. */
function renderTable(block: TableBlock): string {
  const sources = tableSources(block.table).map(
    ({ row, column, value, source }) =>
      `row ${row + 1}, column ${column + 1}: ${value} = ${provenanceText(source)}`,
  );
  return [
    ...captionOf(block),
    markdownTable(block.table),
    ...(sources.length === 0 ? [] : [htmlComment([`table ${block.name}`, ...sources].join('\n'))]),
  ].join('\n\n');
}

function captionOf({ caption }: Named): string[] {
  return caption.length === 0 ? [] : [inlineMarkdown(caption)];
}

function renderSamples({ label, texts, total }: SamplesBlock): string {
  const noun = total === 1 ? 'text' : 'texts';
  const count = texts.length < total ? `${texts.length} of ${total} ${noun}` : `${total} ${noun}`;
  const lines = texts.map((text) => (text.trim() === '' ? '(empty text)' : visibleLine(text)));
  return `${escapeMarkdown(`${label} (${count}):`)}\n\n${fencedBlock(lines)}`;
}

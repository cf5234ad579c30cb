import { plainText, type RichText } from '../inline.js';
import { inlineLatex } from '../tex/inline-latex.js';
import { latexBlock, latexDocument, latexLines } from '../tex/latex.js';
import { columnTypes, rowOf, setTable, sizeFor } from '../tex/latex-table.js';
import { escapeLatex } from '../tex/latex-text.js';
import type { Prose, ProseList, ProseTable } from './prose.js';

const HEADINGS = ['section', 'subsection', 'subsubsection', 'paragraph'] as const;
const COUNTERS = ['enumi', 'enumii', 'enumiii', 'enumiv'] as const;

/**
 * An author's text in LaTeX; a heading of the first level at its beginning becomes the title.
 *
 * @param title of a text without such a heading
 */
export function proseLatex(prose: readonly Prose[], title: string): string {
  const [first, ...others] = prose;
  if (first?.kind === 'heading' && first.level === 1)
    return latexDocument(inlineLatex(first.content), render(others, { top: 2, lists: 0 }));
  return latexDocument(escapeLatex(title), render(prose, { top: 1, lists: 0 }));
}

interface Depth {
  /** Level of heading that is a section. */
  readonly top: number;
  /** Lists around. */
  readonly lists: number;
}

function render(prose: readonly Prose[], depth: Depth): string[] {
  return prose.map((one) => renderOne(one, depth));
}

function renderOne(prose: Prose, depth: Depth): string {
  switch (prose.kind) {
    case 'heading': {
      const place = Math.min(Math.max(prose.level - depth.top, 0), HEADINGS.length - 1);
      return `\\${HEADINGS[place] ?? 'paragraph'}{${inlineLatex(prose.content)}}`;
    }
    case 'paragraph':
      return inlineLatex(prose.content);
    case 'code':
      return latexLines(prose.text.trimEnd().split(/\r\n?|\n/));
    case 'quote':
      return ['\\begin{quote}', render(prose.content, depth).join('\n\n'), '\\end{quote}'].join(
        '\n',
      );
    case 'list':
      return renderList(prose, { ...depth, lists: depth.lists + 1 });
    case 'table':
      return renderTable(prose);
    case 'rule':
      return '\\noindent\\rule{\\linewidth}{0.4pt}';
    case 'blocks':
      return prose.blocks.map(latexBlock).join('\n\n');
  }
}

function renderList({ start, items }: ProseList, depth: Depth): string {
  const environment = start === null ? 'itemize' : 'enumerate';
  const counter = COUNTERS[depth.lists - 1] ?? COUNTERS[0];
  return [
    `\\begin{${environment}}`,
    ...(start === null || start === 1 ? [] : [`\\setcounter{${counter}}{${start - 1}}`]),
    ...items.map((item) => `\\item ${render(item, depth).join('\n\n')}`),
    `\\end{${environment}}`,
  ].join('\n');
}

function renderTable({ columns, rows }: ProseTable): string {
  const length = (text: RichText | undefined): number => plainText(text ?? []).length;
  const widths = columns.map(({ title }, index) =>
    Math.max(length(title), ...rows.map((row) => length(row[index]))),
  );
  const head = rowOf(columns.map(({ title }) => `\\textbf{${inlineLatex(title)}}`));
  const body = rows.map((row) => rowOf(row.map(inlineLatex))).join('\n');
  const size = `\\${sizeFor(widths)}`;
  return setTable(
    { columns: columnTypes(columns, widths), head, body, caption: '', size },
    rows.length,
  );
}

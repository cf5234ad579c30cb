import { escapeMarkdown } from './markdown-text.js';
import { tableTexts, type Table } from './table.js';

/** A table in GitHub Markdown; every text is escaped. */
export function markdownTable(table: Table): string {
  const lines = [
    table.columns.map((column) => escapeMarkdown(column.title)),
    table.columns.map((column) => (column.align === 'right' ? '---:' : '---')),
    ...tableTexts(table).map((row) => row.map(escapeMarkdown)),
  ];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

import {
  cellSource,
  cellText,
  cellValue,
  type Cell,
  type Table,
  type TableColumn,
} from '../../tables/table.js';
import { plainText } from '../inline.js';
import { DATA_FOLDER } from '../output-paths.js';
import type { TableBlock } from '../report.js';
import { html, scriptJson } from './html.js';
import { inlineHtml, numberHtml } from './inline-html.js';
import { breakableParts, isLongText, isLongWord } from './long-text.js';
import { packTable } from './pack-table.js';
import type { PageLinks } from './page-links.js';
import { printSize } from './print-size.js';

/** Rows that stand in the page; those that follow are data, which the page's script pages, sorts and searches. */
const PAGE = 50;

/**
 * A table that the page's script makes sortable, with links to its files. Without the script its first rows are seen,
 * and the files have them all.
 */
export function tableHtml(
  { file, caption, table }: TableBlock,
  { tables }: Pick<PageLinks, 'tables'>,
): string {
  const [what = ''] = plainText(caption).split('. ');
  // With the sweep and the name: several sweeps of a report have tables of one caption.
  const label = html(`${file.replaceAll('_', ' ')}${what === '' ? '' : `: ${what}`}`);
  const head = table.columns
    .map((column) => `<th scope="col"${alignment(column)}>${titleHtml(column.title)}</th>`)
    .join('');
  const body = table.rows
    .slice(0, PAGE)
    .map((row) => {
      const cells = table.columns.map((column, place) => cellHtml(row[place] ?? null, column));
      return `<tr>${cells.join('')}</tr>`;
    })
    .join('\n');
  const size = printSize(table, PAGE);
  return [
    `<div class="table" id="${html(file)}">`,
    caption.length === 0 ? '' : `<p class="caption">${inlineHtml(caption)}</p>`,
    `<div class="scroll" tabindex="0" role="region" aria-label="${label}">`,
    `<table class="sortable"${size === null ? '' : ` style="--print: ${size}pt"`}><thead><tr>${head}</tr></thead><tbody>\n${withOneStop(body)}\n</tbody></table>`,
    '</div>',
    ...moreRows(table, tables),
    tables
      ? `<p class="files">${fileLink(`${file}.csv`, 'CSV')} ${fileLink(`${file}.json`, 'JSON')}</p>`
      : '',
    '</div>',
  ]
    .filter((line) => line !== '')
    .join('\n');
}

/** What a number of a table has; no text has it, since quotes are escaped in texts. */
const NO_STOP = ' tabindex="-1"';

/** The first number is where the Tab key stops; the page's script has the arrow keys go on from there. */
function withOneStop(body: string): string {
  return body.replace(NO_STOP, '');
}

function titleHtml(title: string): string {
  const words = title.split(' ').map((word) => {
    if (isLongWord(word)) return breakableHtml(word);
    return word.includes('-') ? `<span class="word">${html(word)}</span>` : html(word);
  });
  return words.join(' ');
}

function breakableHtml(text: string): string {
  return breakableParts(text).map(html).join('<wbr>');
}

function moreRows(table: Table, hasFiles: boolean): string[] {
  const more = table.rows.length - PAGE;
  if (more <= 0) return [];
  return [
    `<noscript><p>${more} more rows are ${hasFiles ? 'in the files' : 'shown by a script'}.</p></noscript>`,
    `<script type="application/json" data-rows="${more}">${scriptJson(packTable(table, PAGE))}</script>`,
  ];
}

function fileLink(file: string, text: string): string {
  return `<a href="${html(`${DATA_FOLDER}/${encodeURIComponent(file)}`)}">${text}</a>`;
}

function cellHtml(cell: Cell, column: TableColumn): string {
  const text = cellText(cell, column);
  const source = cellSource(cell);
  const value = cellValue(cell);
  const sortValue =
    typeof value === 'number' ? ` data-value="${value}"` : value === null ? ' data-value=""' : '';
  const content = source === null ? breakableHtml(text) : numberHtml(text, source, NO_STOP);
  return `<td${cellClass(text, column)}${sortValue}>${content}</td>`;
}

function cellClass(text: string, column: TableColumn): string {
  return isLongText(text) ? ' class="long"' : alignment(column);
}

function alignment({ align }: TableColumn): string {
  return align === 'right' ? ' class="right"' : '';
}

import { button, element } from './element.js';
import { moreRowsOf } from './more-rows.js';
import { keepStop } from './number-keys.js';

/** Rows on one page of a table; as many stand in the page itself. */
const PAGE = 50;

/** Makes the tables of the page sortable, and pages those that are long. */
export function startTables(): void {
  for (const table of document.querySelectorAll<HTMLTableElement>('table.sortable')) {
    startTable(table);
  }
}

function startTable(table: HTMLTableElement): void {
  const body = table.tBodies[0];
  if (body === undefined) return;
  const pages = pagesOf(table, body);
  const headers = [...(table.tHead?.rows[0]?.cells ?? [])];
  for (const [column, header] of headers.entries()) {
    const sort = button('', () => {
      const isAscending = header.getAttribute('aria-sort') !== 'ascending';
      for (const other of headers) other.removeAttribute('aria-sort');
      header.setAttribute('aria-sort', isAscending ? 'ascending' : 'descending');
      pages?.fill();
      body.append(...sortedRows([...body.rows], column, isAscending));
      pages?.show(0);
    });
    sort.append(...header.childNodes);
    header.append(sort);
  }
}

/** Rows without a value come last in both directions; equal rows keep their order. */
function sortedRows(
  rows: readonly HTMLTableRowElement[],
  column: number,
  isAscending: boolean,
): HTMLTableRowElement[] {
  const keyed = rows.map((row) => ({ row, key: sortKey(row.cells[column]) }));
  keyed.sort((a, b) => {
    if (a.key === null || b.key === null) return Number(a.key === null) - Number(b.key === null);
    const order = compare(a.key, b.key);
    return isAscending ? order : -order;
  });
  return keyed.map(({ row }) => row);
}

function compare(a: number | string, b: number | string): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return String(a).localeCompare(String(b), 'en', { numeric: true });
}

function sortKey(cell: HTMLTableCellElement | undefined): number | string | null {
  const value = cell?.dataset['value'];
  if (value === undefined) return cell?.textContent ?? null;
  return value === '' ? null : Number(value);
}

interface Pages {
  /** Has all rows in the table, so that they can be sorted. */
  fill(): void;
  show(page: number): void;
}

/**
 * Buttons and a search below a long table; null for a short one. Printed is what stands in the table: its first rows until
 * it was paged or sorted, since a thousand rows of each table would be hundreds of sheets.
 */
function pagesOf(table: HTMLTableElement, body: HTMLTableSectionElement): Pages | null {
  const more = moreRowsOf(table);
  if (more === null) return null;
  const total = body.rows.length + more.count;
  const fill = (): void => {
    more.append(body);
  };
  let current = 0;
  const place = element('span', { attributes: { role: 'status' } });
  const back = button('Previous', () => {
    show(current - 1);
  });
  const next = button('Next', () => {
    show(current + 1);
  });
  const search = element('input', {
    attributes: { type: 'search', placeholder: 'Find', 'aria-label': 'Find rows with a text' },
  });
  search.addEventListener('input', () => {
    show(0);
  });
  const attributes = { role: 'group', 'aria-label': 'Pages of the table' };
  const tools = element('div', { class: 'pager', attributes }, [back, place, next, search]);
  table.parentElement?.after(tools);
  tell(total, total);
  return { fill, show };

  function show(page: number): void {
    fill();
    current = page;
    const wanted = search.value.toLowerCase();
    // 5097821 and 5,097,821 find what is shown with narrow spaces.
    const digits = wanted.replaceAll(/(?<=\d)[,\s](?=\d)/g, '');
    const found = [...body.rows].filter((row) => {
      const text = row.textContent.toLowerCase();
      return text.includes(wanted) || text.replaceAll('\u202f', '').includes(digits);
    });
    const shown = new Set(found.slice(page * PAGE, (page + 1) * PAGE));
    for (const row of body.rows) row.hidden = !shown.has(row);
    keepStop(table);
    tell(found.length, total);
  }

  function tell(found: number, all: number): void {
    back.disabled = current === 0;
    next.disabled = (current + 1) * PAGE >= found;
    const first = Math.min(found, current * PAGE + 1);
    const last = Math.min(found, (current + 1) * PAGE);
    const rest = found === all ? '' : `, found among ${all}`;
    place.textContent = `Rows ${first} to ${last} of ${found}${rest}`;
  }
}

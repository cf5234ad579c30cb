import { button, element } from './element.js';

/** Rows on one page of a table. The page itself hides those that follow. */
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

function pagesOf(
  table: HTMLTableElement,
  body: HTMLTableSectionElement,
): { show(page: number): void } | null {
  const count = Math.ceil(body.rows.length / PAGE);
  if (count < 2) return null;
  let current = 0;
  const place = element('span', { attributes: { 'aria-live': 'polite' } });
  const back = button('Previous', () => {
    show(current - 1);
  });
  const next = button('Next', () => {
    show(current + 1);
  });
  table.parentElement?.after(element('div', { class: 'pager' }, [back, place, next]));
  show(0);
  return { show };

  function show(page: number): void {
    current = page;
    for (const [index, row] of [...body.rows].entries()) {
      row.hidden = Math.floor(index / PAGE) !== page;
    }
    back.disabled = page === 0;
    next.disabled = page === count - 1;
    const last = Math.min(body.rows.length, (page + 1) * PAGE);
    place.textContent = `Rows ${page * PAGE + 1} to ${last} of ${body.rows.length}`;
  }
}

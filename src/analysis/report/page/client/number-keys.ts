const NUMBER = 'td > a.number';
const STOP = `${NUMBER}:not([tabindex="-1"])`;

/**
 * The arrow keys go from number to number of a table, Home and End to the ends of a row, so that a table with hundreds of
 * numbers has one stop of the Tab key: the number that had the focus last. Nothing is done to a number before it has it.
 */
export function startNumberKeys(): void {
  document.addEventListener('focusin', ({ target }) => {
    if (target instanceof HTMLElement && target.matches(NUMBER)) makeStop(target);
  });
  document.addEventListener('keydown', (event) => {
    const { target, key } = event;
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (!(target instanceof HTMLElement && target.matches(NUMBER))) return;
    const next = numberBy(key, target);
    if (next === null) return;
    event.preventDefault();
    next.focus();
  });
}

/** Where the Tab key stops in a table stays among the rows that are shown. */
export function keepStop(table: HTMLTableElement): void {
  const row = table.querySelector(STOP)?.closest('tr');
  if (row?.hidden === false) return;
  const first = table.querySelector<HTMLElement>(`tr:not([hidden]) > ${NUMBER}`);
  if (first !== null) makeStop(first);
}

function makeStop(number: HTMLElement): void {
  for (const other of number.closest('table')?.querySelectorAll<HTMLElement>(STOP) ?? [])
    other.tabIndex = -1;
  number.tabIndex = 0;
}

/** The number that a key leads to from another; null for none. */
function numberBy(key: string, number: HTMLElement): HTMLElement | null {
  const row = [...(number.closest('tr')?.querySelectorAll<HTMLElement>(NUMBER) ?? [])];
  switch (key) {
    case 'ArrowLeft':
      return row[row.indexOf(number) - 1] ?? null;
    case 'ArrowRight':
      return row[row.indexOf(number) + 1] ?? null;
    case 'Home':
      return row[0] ?? null;
    case 'End':
      return row.at(-1) ?? null;
    case 'ArrowUp':
      return inColumn(number, (one) => one.previousElementSibling);
    case 'ArrowDown':
      return inColumn(number, (one) => one.nextElementSibling);
    default:
      return null;
  }
}

/** The next number of a column, past rows that are not shown or have none there. */
function inColumn(number: HTMLElement, step: (row: Element) => Element | null): HTMLElement | null {
  const column = number.closest('td')?.cellIndex ?? -1;
  let row: Element | null = number.closest('tr');
  while (row !== null) {
    row = step(row);
    if (!(row instanceof HTMLTableRowElement) || row.hidden) continue;
    const found = row.cells[column]?.querySelector<HTMLElement>('a.number');
    if (found != null) return found;
  }
  return null;
}

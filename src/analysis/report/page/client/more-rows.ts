import { computed, provenanceText, recorded, type Provenance } from '../../../provenance.js';
import { isLongText } from '../long-text.js';
import { packedTableSchema, type PackedCell, type PackedTable } from '../page-data.js';
import { element } from './element.js';
import { readJson } from './json.js';

/** Rows of a long table that are data until they are asked for. */
export interface MoreRows {
  readonly count: number;
  /** Puts them into the table; once. */
  append(body: HTMLTableSectionElement): void;
}

/** Null for a table whose rows all stand in the page. */
export function moreRowsOf(table: HTMLTableElement): MoreRows | null {
  const script = table.closest('.table')?.querySelector('script');
  if (script == null) return null;
  const isRight = [...(table.tHead?.rows[0]?.cells ?? [])].map((header) =>
    header.classList.contains('right'),
  );
  let isAppended = false;
  return {
    count: Number(script.dataset['rows']),
    append: (body) => {
      if (isAppended) return;
      isAppended = true;
      const packed = packedTableSchema.parse(readJson(script));
      body.append(
        ...packed.rows.map((row) =>
          element(
            'tr',
            {},
            row.map((cell, column) => cellElement(cell, packed, isRight[column] ?? false)),
          ),
        ),
      );
    },
  };
}

function cellElement(cell: PackedCell, packed: PackedTable, isRight: boolean): HTMLElement {
  const [text, value] = typeof cell === 'string' ? [cell] : cell;
  const attributes: Record<string, string> = {};
  if (value !== undefined) attributes['data-value'] = value === null ? '' : String(value);
  const source = sourceOf(cell, packed);
  const look = isLongText(text) ? { class: 'long' } : isRight ? { class: 'right' } : {};
  return element('td', { ...look, attributes }, [
    source === null ? document.createTextNode(text) : numberElement(text, source),
  ]);
}

/** As it is told, or as data. */
function sourceOf(cell: PackedCell, { metrics, runs }: PackedTable): Provenance | string | null {
  if (typeof cell === 'string') return null;
  const [, , metric, run, seq, epoch] = cell;
  if (metric === undefined || typeof metric === 'string') return metric ?? null;
  const id = runs[run ?? -1] ?? '';
  const name = metrics[metric] ?? '';
  return seq === undefined
    ? computed([id], name)
    : recorded(id, name, { seq, epoch: epoch ?? null });
}

function numberElement(text: string, source: Provenance | string): HTMLElement {
  if (typeof source === 'string')
    return element('span', { class: 'number', text, attributes: { title: source } });
  const run = source.kind === 'recorded' ? source.run : (source.runs[0] ?? '');
  const attributes = { href: `#run-${run}`, title: provenanceText(source) };
  return element('a', { class: 'number', text, attributes });
}

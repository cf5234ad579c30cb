import { computed, provenanceText, recorded } from '../../../provenance.js';
import { breakableParts, isLongText } from '../long-text.js';
import { packedTableSchema, type PackedCell, type PackedTable } from '../page-data.js';
import { runsAddress } from '../runs-address.js';
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
  return element(
    'td',
    { ...look, attributes },
    source === null ? textNodes(text) : [numberElement(text, source)],
  );
}

function textNodes(text: string): Node[] {
  return breakableParts(text).flatMap((part, index) => [
    ...(index === 0 ? [] : [element('wbr')]),
    document.createTextNode(part),
  ]);
}

interface Source {
  readonly text: string;
  readonly runs: readonly string[];
}

function sourceOf(cell: PackedCell, { metrics, runs }: PackedTable): Source | null {
  if (typeof cell === 'string' || cell.length === 2) return null;
  const idAt = (place: number): string => runs[place] ?? '';
  if (cell.length === 3) {
    const [told, ...places] = cell[2];
    return { text: told, runs: places.map(idAt) };
  }
  const [, , metric, run, seq, epoch] = cell;
  const [id, name] = [idAt(run), metrics[metric] ?? ''];
  const source =
    seq === undefined ? computed([id], name) : recorded(id, name, { seq, epoch: epoch ?? null });
  return { text: provenanceText(source), runs: [id] };
}

function numberElement(text: string, source: Source): HTMLElement {
  const attributes = { href: runsAddress(source.runs), title: source.text, tabindex: '-1' };
  return element('a', { class: 'number', text, attributes });
}

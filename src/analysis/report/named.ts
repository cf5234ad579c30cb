import type { FigureSpec } from '../figures/chart-theme.js';
import type { Table } from '../tables/table.js';
import type { RichText } from './inline.js';
import type { FigureBlock, TableBlock } from './report.js';

/**
 * A table of a section. `sweep` and `name` together name its files: sweep names are safe as file names.
 *
 * @example namedTable('q2', 'final', ['NLL in nats per text.'], table).file // 'q2_final'
 */
export function namedTable(
  sweep: string,
  name: string,
  caption: RichText,
  table: Table,
): TableBlock {
  return { kind: 'table', name, file: fileName(sweep, name), caption, table };
}

/** A figure of a section; `alt` says what is drawn, for those who do not see it. */
export function namedFigure(
  sweep: string,
  name: string,
  text: { readonly caption: RichText; readonly alt: string },
  spec: FigureSpec,
): FigureBlock {
  return { kind: 'figure', name, file: fileName(sweep, name), ...text, spec };
}

/** Unique: `name` has no underscore, so the last one ends the sweep's name. */
function fileName(sweep: string, name: string): string {
  if (!/^[a-z0-9-]+$/.test(name)) throw new Error(`not a name of a table or figure: ${name}`);
  return `${sweep}_${name}`;
}

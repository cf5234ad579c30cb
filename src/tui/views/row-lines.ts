import type { TableRow } from '../../core/store/dashboard-table-queries.js';
import type { Span } from '../text/spans.js';
import type { Theme } from '../theme.js';
import type { RowView } from './run-columns.js';
import { rowSpans, type TableLayout } from './table-layout.js';

interface Made {
  readonly view: RowView;
  readonly layout: TableLayout;
  readonly line: readonly Span[];
}

/** The lines of runs as they were made last: the same spans as before for a run of which nothing has changed. */
export class RowLines {
  readonly #made = new WeakMap<TableRow, Made>();

  lineOf(view: RowView, layout: TableLayout, theme: Theme): readonly Span[] {
    const before = this.#made.get(view.row);
    if (before?.layout === layout && isSameView(before.view, view)) return before.line;
    const line = rowSpans(view, layout, theme);
    this.#made.set(view.row, { view, layout, line });
    return line;
  }
}

function isSameView(one: RowView, other: RowView): boolean {
  return (
    one.curve === other.curve &&
    one.leftSeconds === other.leftSeconds &&
    one.isRetrying === other.isRetrying &&
    one.isSelected === other.isSelected &&
    one.isMarked === other.isMarked
  );
}

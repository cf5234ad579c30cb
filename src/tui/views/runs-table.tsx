import type { ReactElement } from 'react';
import type { TableGroup } from '../../core/store/dashboard-table-queries.js';
import { Line, Lines } from '../components/line.js';
import { rule } from '../components/rule.js';
import type { DashboardModel, TableRequest } from '../model/dashboard-model.js';
import type { Slot, TableWindow } from '../model/table-window.js';
import { formatCount, formatNll, formatTop1, formatValue } from '../text/format.js';
import type { Span } from '../text/spans.js';
import { type Theme, useTheme } from '../theme.js';
import { layOutTable, rowSpans, titleSpans } from './table-columns.js';

/** Lines above the first run: the rule and the titles. */
export const TABLE_HEAD_LINES = 2;

/** What the table shows now. */
export interface RunsTableProps {
  readonly model: DashboardModel;
  readonly request: TableRequest;
  readonly window: TableWindow;
  /** Runs that fit the request. */
  readonly count: number;
  readonly cursor: number;
  readonly marked: ReadonlySet<string>;
  readonly metric: string;
  readonly width: number;
  readonly height: number;
}

/** The runs of the sweep; only those on the screen are read. */
export function RunsTable(props: RunsTableProps): ReactElement {
  const { model, request, window, count, cursor, marked, metric, width, height } = props;
  const theme = useTheme();
  const indices = window.slots.flatMap((slot) => (slot.kind === 'run' ? [slot.index] : []));
  const first = indices[0] ?? 0;
  const rows = model.rows(request, first, (indices.at(-1) ?? -1) - first + 1);
  const layout = layOutTable(width, rows);
  const estimator = rows.some(({ state }) => state === 'running') ? model.estimator() : null;
  const head = [rule(ruleTitle(request, count), width, theme), titleSpans(layout, theme)];
  return (
    <>
      <Lines lines={head} />
      {count === 0 && <Line spans={[{ text: emptyText(request), dim: true }]} />}
      {window.slots.map((slot) => (
        <Line key={slotKey(slot)} spans={slotSpans(slot)} />
      ))}
      {window.slots.length + (count === 0 ? 1 : 0) < height && (
        <Lines lines={blanks(height - window.slots.length - (count === 0 ? 1 : 0))} />
      )}
    </>
  );

  function slotSpans(slot: Slot): readonly Span[] {
    if (slot.kind === 'group') return groupSpans(slot.group, request, metric, theme);
    const row = rows[slot.index - first];
    // The sweep has fewer runs than a moment ago: the next update shows them.
    if (row === undefined) return [];
    const view = {
      row,
      curve: row.epochs === 0 ? [] : model.curves.validationNll(model.db, row.runId, row.epochs),
      left: row.state === 'running' ? (estimator?.ofRun(row) ?? null) : null,
      isSelected: slot.index === cursor,
      isMarked: marked.has(row.runId),
    };
    return rowSpans(view, layout, theme);
  }
}

function slotKey(slot: Slot): string {
  return slot.kind === 'run' ? `run ${slot.index}` : `group ${slot.first}`;
}

function blanks(count: number): Span[][] {
  return Array.from({ length: Math.max(0, count) }, () => []);
}

function ruleTitle(request: TableRequest, count: number): Span[] {
  const { sort, isReversed, filter, group } = request;
  const order = `${sort}${isReversed ? ' reversed' : ''}`;
  return [
    { text: 'Runs', bold: true },
    { text: ` ${formatCount(count)}` },
    { text: '  sorted by ', dim: true },
    { text: order },
    ...(group === null ? [] : [{ text: '  grouped by ', dim: true }, { text: group }]),
    ...(filter === ''
      ? []
      : [
          { text: '  filter ', dim: true },
          { text: filter, color: 'yellow' as const },
        ]),
  ];
}

function emptyText({ filter }: TableRequest): string {
  return filter === ''
    ? '   This sweep has no runs yet.'
    : '   No run fits the filter. Esc takes it away.';
}

function groupSpans(
  { value, runs, best }: TableGroup,
  { group }: TableRequest,
  metric: string,
  theme: Theme,
): Span[] {
  const key = group ?? '';
  const name = key.slice(key.lastIndexOf('.') + 1);
  const format = metric.endsWith('top1') ? formatTop1 : formatNll;
  const text = value === null ? `without ${name}` : `${name} ${formatValue(JSON.parse(value))}`;
  return [
    { text: text, bold: true, color: 'yellow' },
    { text: `  ${formatCount(runs)} ${runs === 1 ? 'run' : 'runs'}`, dim: true },
    { text: `  best ${best === null ? theme.noValue : format(best)}`, dim: true },
  ];
}

import { type ReactElement, useState } from 'react';
import type { TableGroup } from '../../core/store/dashboard-table-order.js';
import { Lines } from '../components/line.js';
import { ruleWithFitting } from '../components/rule.js';
import type { DashboardModel } from '../model/dashboard-model.js';
import type { ShownTable, TableRequest } from '../model/table-reader.js';
import type { Slot, TableWindow } from '../model/table-window.js';
import { formatCount, formatNll, formatTop1, formatValue } from '../text/format.js';
import type { Span } from '../text/spans.js';
import { type Theme, useTheme } from '../theme.js';
import { RowLines } from './row-lines.js';
import { layOutTable, type TableLayout, titleSpans } from './table-layout.js';

/** Lines above the first run: the rule and the titles. */
export const TABLE_HEAD_LINES = 2;

/** What the table shows now. */
export interface RunsTableProps {
  readonly model: DashboardModel;
  readonly request: TableRequest;
  readonly table: ShownTable;
  readonly window: TableWindow;
  readonly cursor: number;
  readonly marked: ReadonlySet<string>;
  readonly metric: string;
  readonly width: number;
  readonly height: number;
}

/** The runs of the sweep; only those on the screen are read, and only lines that have changed are made again. */
export function RunsTable(props: RunsTableProps): ReactElement {
  const { model, request, table, window, cursor, marked, metric, width, height } = props;
  const theme = useTheme();
  const indices = window.slots.flatMap((slot) => (slot.kind === 'run' ? [slot.index] : []));
  const first = indices[0] ?? 0;
  const rows = model.rows(request, first, (indices.at(-1) ?? -1) - first + 1);
  const layout = useSameLayout(layOutTable(width, rows, theme));
  const [rowLines] = useState(() => new RowLines());
  const estimator = rows.some(({ state }) => state === 'running') ? model.estimator() : null;
  const lines = [
    ruleWithFitting(ruleTitles(table, request, model.repeatedLines(), theme), width, theme),
    titleSpans(layout, theme),
    ...(table.count === 0 ? [[{ text: emptyText(table.request), dim: true }]] : []),
    ...window.slots.map(line),
  ];
  return <Lines lines={[...lines, ...blanks(TABLE_HEAD_LINES + height - lines.length)]} />;

  function line(slot: Slot): readonly Span[] {
    if (slot.kind === 'group') return groupSpans(slot.group, table.request, metric, theme);
    const row = rows[slot.index - first];
    // The sweep has fewer runs than a moment ago: the next update shows them.
    if (row === undefined) return [];
    const isRecorded = row.runId !== null;
    const left = isRecorded && row.state === 'running' ? estimator?.ofRun(row) : null;
    const view = {
      row,
      curve: isRecorded && row.epochs > 0 ? model.curve(row) : NO_CURVE,
      leftSeconds: left?.seconds ?? null,
      isRetrying: row.state === 'failed' && model.isRetrying(row.runId),
      isSelected: slot.index === cursor,
      isMarked: isRecorded && marked.has(row.runId),
    };
    return rowLines.lineOf(view, layout, theme);
  }
}

const NO_CURVE: readonly number[] = [];

/** The layout before, where the new one is the same. */
function useSameLayout(layout: TableLayout): TableLayout {
  const [kept, keep] = useState(layout);
  if (kept.key === layout.key) return kept;
  keep(layout);
  return layout;
}

function blanks(count: number): Span[][] {
  return Array.from({ length: Math.max(0, count) }, () => []);
}

/** The widest first. */
function ruleTitles(
  { request: shown, count, isBehind }: ShownTable,
  wanted: TableRequest,
  repeats: number,
  theme: Theme,
): Span[][] {
  const { sort, isReversed, filter, group } = shown;
  // How many runs are behind the lines that a filter leaves is not known.
  const isRepeating = repeats > 0 && filter === '';
  const order = `${sort}${isReversed ? ' reversed' : ''}`;
  const titleWith = (sortedBy: string, groupedBy: string, key: string): Span[] => [
    { text: 'Runs', bold: true },
    { text: ` ${formatCount(isRepeating ? count - repeats : count)}` },
    ...(isRepeating ? [{ text: ` in ${formatCount(count)} lines`, dim: true }] : []),
    // What leaves runs out comes before what only orders them: a narrow title is cut at its end.
    ...(filter === ''
      ? []
      : [
          { text: '  filter ', dim: true },
          { text: filter, color: 'yellow' as const },
        ]),
    { text: `  ${sortedBy} `, dim: true },
    { text: order },
    ...(group === null ? [] : [{ text: `  ${groupedBy} `, dim: true }, { text: key }]),
    ...(isBehind
      ? [
          {
            text: `  ${comingText(shown, wanted)}${theme.ellipsis}`,
            bold: true,
            color: 'yellow' as const,
          },
        ]
      : []),
  ];
  const key = group ?? '';
  return [titleWith('sorted by', 'grouped by', key), titleWith('by', 'per', lastPart(key))];
}

/** What is being read, which will then stand in the place of what is shown. */
function comingText(
  shown: TableRequest,
  { sort, isReversed, filter, group }: TableRequest,
): string {
  if (filter !== shown.filter)
    return filter === '' ? 'taking the filter away' : `filtering by ${filter}`;
  if (group !== shown.group)
    return group === null ? 'taking the groups away' : `grouping by ${group}`;
  return `sorting by ${sort}${isReversed ? ' reversed' : ''}`;
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
  const name = lastPart(group ?? '');
  const format = metric.endsWith('top1') ? formatTop1 : formatNll;
  const text =
    value === null ? `without ${name}` : `${name} ${formatValue(group ?? '', JSON.parse(value))}`;
  return [
    { text: text, bold: true, color: 'yellow' },
    { text: `  ${formatCount(runs)} ${runs === 1 ? 'run' : 'runs'}`, dim: true },
    { text: `  best ${best === null ? theme.noValue : format(best)}`, dim: true },
  ];
}

/** `learningRate` of `train.learningRate`. */
function lastPart(key: string): string {
  return key.slice(key.lastIndexOf('.') + 1);
}

import type { RecordedRow, TableRow } from '../../core/store/dashboard-table-queries.js';
import type { RunState } from '../../core/run-folder/run-state.js';
import { progressBar, sparkline } from '../text/bars.js';
import {
  formatChanges,
  formatCompact,
  formatNll,
  formatShortDuration,
  formatTop1,
  plainText,
} from '../text/format.js';
import { clipMiddle } from '../text/cells.js';
import { valuesOfName } from '../text/run-names.js';
import type { Span } from '../text/spans.js';
import { STATE_COLORS, type Theme } from '../theme.js';

/** What a line of the table shows beside its row. */
export interface RowView {
  readonly row: TableRow;
  /** Validation NLL by epoch. */
  readonly curve: readonly number[];
  readonly leftSeconds: number | null;
  /** Whether it failed and is tried again by itself. */
  readonly isRetrying: boolean;
  readonly isSelected: boolean;
  readonly isMarked: boolean;
}

/** One column of the table of runs. */
export interface Column {
  readonly title: string;
  readonly width: number;
  readonly align: 'left' | 'right';
  readonly cell: (view: RowView, width: number, theme: Theme) => Span;
}

/** A cell of a run that has a configuration; of one that waits for another's result nothing is known. */
function ofRecorded(
  cell: (row: RecordedRow, view: RowView, width: number, theme: Theme) => Span,
): Column['cell'] {
  return (view, width, theme) =>
    view.row.runId === null
      ? { text: theme.noValue, dim: true }
      : cell(view.row, view, width, theme);
}

/** A failed run that is tried again by itself. */
const RETRYING: Span = { text: 'retrying', color: STATE_COLORS.failed };

export const STATE_WORD: Column = {
  title: 'STATE',
  width: 9,
  align: 'left',
  cell: ({ row: { state }, isRetrying }) =>
    isRetrying ? RETRYING : { text: state, color: STATE_COLORS[state] },
};

/** A state where there is no room for its word; S is a stopped run. */
export function stateLetter(state: RunState): string {
  return state === 'stalled' ? '!' : (state[0] ?? '').toUpperCase();
}

export const STATE_LETTER: Column = {
  title: 'S',
  width: 1,
  align: 'left',
  cell: ({ row: { state }, isRetrying }) => ({
    text: isRetrying ? '~' : stateLetter(state),
    color: STATE_COLORS[state],
    bold: true,
  }),
};

/** A name with the run's tags behind it. */
export function shownName(row: TableRow): string {
  return withTags(row.name, row);
}

/** The values of a name that a grid has made, with the run's tags behind them. */
export function shownValues(row: TableRow): string {
  return withTags(valuesOfName(row.name), row);
}

function withTags(name: string, row: TableRow): string {
  const tags = row.runId === null ? [] : row.tags;
  return plainText([name, ...tags.map((tag) => `#${tag}`)].join(' '));
}

export function nameColumn(width: number): Column {
  return { title: 'RUN', width, align: 'left', cell: nameCell(shownName) };
}

/** Names as their values alone, under their keys. */
export function valuesColumn(keys: string, width: number): Column {
  return { title: keys, width, align: 'left', cell: nameCell(shownValues) };
}

/** Names often differ only at their ends. */
function nameCell(textOf: (row: TableRow) => string): Column['cell'] {
  return ({ row }, width, { ellipsis }) => ({
    text: clipMiddle(textOf(row), width, ellipsis),
    bold: true,
  });
}

export function variesColumn(width: number): Column {
  return {
    title: 'VARIES',
    width,
    align: 'left',
    cell: ({ row }) => ({ text: formatChanges(row.changes) }),
  };
}

export const PARAMETERS: Column = {
  title: 'PARAMS',
  width: 6,
  align: 'right',
  cell: ofRecorded((row) => ({ text: formatCompact(row.parameters) })),
};

/** Which attempt the last one was: one that failed or was interrupted has several. */
export const ATTEMPT: Column = {
  title: 'ATT',
  width: 3,
  align: 'right',
  cell: ofRecorded(({ attempts }) => ({
    text: attempts > 1 ? formatCompact(attempts) : '',
    color: 'yellow',
  })),
};

export function epochColumn(width: number): Column {
  return {
    title: 'EPOCH',
    width,
    align: 'right',
    cell: ofRecorded((row, _, __, theme) => ({
      text: row.kind === 'train' ? `${row.epochs}/${row.maxEpochs ?? '?'}` : theme.noValue,
    })),
  };
}

export function courseColumn(width: number): Column {
  return {
    title: 'COURSE',
    width,
    align: 'left',
    cell: ({ curve }, cells, theme) => ({
      text: sparkline(curve, cells, theme),
      color: 'blue',
    }),
  };
}

export const NLL: Column = {
  title: 'NLL',
  width: 7,
  align: 'right',
  cell: ofRecorded((row, _, __, theme) => ({
    text: row.bestValNll === null ? theme.noValue : formatNll(row.bestValNll),
  })),
};

export const TOP1: Column = {
  title: 'TOP-1',
  width: 6,
  align: 'right',
  cell: ofRecorded((row, _, __, theme) => ({
    text: row.bestValTop1 === null ? theme.noValue : formatTop1(row.bestValTop1),
  })),
};

export function progressColumn(width: number): Column {
  return {
    title: 'PROGRESS',
    width,
    align: 'left',
    cell: (view, cells, theme) => {
      const share = progressShare(view);
      const { state } = view.row;
      return { text: progressBar(share, cells, theme), color: STATE_COLORS[state] };
    },
  };
}

/** By time, as early stopping makes `maxEpochs` a bad measure; by epochs where no time is known. */
function progressShare({ row, leftSeconds }: RowView): number {
  if (row.runId === null) return 0;
  if (row.state === 'completed') return 1;
  if (leftSeconds !== null && row.epochSeconds !== null && row.epochSeconds > 0)
    return row.epochSeconds / (row.epochSeconds + leftSeconds);
  return row.maxEpochs === null ? 0 : Math.min(0.99, row.epochs / row.maxEpochs);
}

export const LEFT: Column = {
  title: 'LEFT',
  width: 4,
  align: 'right',
  cell: ({ row, leftSeconds }) => ({
    text: row.state === 'running' && leftSeconds !== null ? formatShortDuration(leftSeconds) : '',
  }),
};

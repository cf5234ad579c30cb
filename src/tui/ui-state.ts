import { TABLE_SORTS } from '../core/store/dashboard-scope.js';
import type { TableRow } from '../core/store/dashboard-table-queries.js';
import type { TableRequest } from './model/table-reader.js';

/** The screens. */
export type View =
  | { readonly kind: 'runs' }
  | { readonly kind: 'run'; readonly row: TableRow }
  | { readonly kind: 'curves' }
  | { readonly kind: 'answers' };

/** A question on the last lines of the screen; nothing else is heard until it is answered. */
export interface Dialog {
  readonly question: string;
  readonly choices: readonly DialogChoice[];
}

/** A key that answers, and what it does. Esc always takes the question back. */
export interface DialogChoice {
  readonly key: string;
  readonly label: string;
  /** Whether it ends or loses something. */
  readonly isDestructive?: boolean;
  readonly act: () => void;
}

/** What the user has chosen to see. */
export interface UiState {
  readonly view: View;
  readonly isHelpShown: boolean;
  readonly dialog: Dialog | null;
  /** A text that is being typed; null when none is. */
  readonly typing: Typing | null;
  /** What happened last; shown until the next key. */
  readonly message: string | null;
  readonly request: TableRequest;
  /** Number of the run under the cursor in the order of the table. */
  readonly cursor: number;
  /** Ids of the runs marked to be compared, with their names. */
  readonly marked: ReadonlyMap<string, string>;
  /** Epoch whose texts are shown, counted from the newest: 0 is the newest. */
  readonly textsBack: number;
  /** Lines that the run view is scrolled down. */
  readonly scroll: number;
}

/** What is typed in the last line. */
export interface Typing {
  readonly label: string;
  readonly text: string;
  /** Called with each change, so that a filter acts while it is typed. */
  readonly onChange?: (text: string) => void;
  readonly onEnter: (text: string) => void;
  readonly onEscape?: () => void;
}

export const FIRST_UI_STATE: UiState = {
  view: { kind: 'runs' },
  isHelpShown: false,
  dialog: null,
  typing: null,
  message: null,
  request: { sort: 'plan', isReversed: false, filter: '', group: null },
  cursor: 0,
  marked: new Map(),
  textsBack: 0,
  scroll: 0,
};

/** The next order of the table. */
export function nextSort(request: TableRequest): TableRequest {
  const next = TABLE_SORTS[(TABLE_SORTS.indexOf(request.sort) + 1) % TABLE_SORTS.length];
  return { ...request, sort: next ?? 'plan', isReversed: false };
}

/** The next key to group by, after the last of them none. */
export function nextGroup(request: TableRequest, keys: readonly string[]): TableRequest {
  const index = request.group === null ? -1 : keys.indexOf(request.group);
  return { ...request, group: keys[index + 1] ?? null };
}

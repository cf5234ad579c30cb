import { type KeyHint, keyHints } from '../components/key-hints.js';
import { cellWidth, clipStart, fit } from '../text/cells.js';
import { clipSpans, type Span, spansWidth } from '../text/spans.js';
import type { Theme } from '../theme.js';
import type { UiState } from '../ui-state.js';

const HINTS: Readonly<Record<UiState['view']['kind'], readonly KeyHint[]>> = {
  runs: [
    ['enter', 'open'],
    ['s', 'sort'],
    ['/', 'filter'],
    ['g', 'group'],
    ['q', 'quit'],
    ['space', 'mark'],
    ['c', 'curves'],
    ['a', 'answers'],
    ['p', 'pause'],
    ['x', 'stop'],
    ['r', 'retry'],
    ['n', 'note'],
    ['t', 'tags'],
    ['+-', 'jobs'],
  ],
  run: [
    ['esc', 'back'],
    ['left right', 'texts'],
    ['up down', 'scroll'],
    ['n', 'note'],
    ['t', 'tags'],
    ['x', 'stop'],
    ['r', 'retry'],
    ['space', 'mark'],
    ['c', 'curves'],
    ['q', 'quit'],
  ],
  curves: [
    ['esc', 'back'],
    ['q', 'quit'],
  ],
  answers: [
    ['esc', 'back'],
    ['up down', 'scroll'],
    ['q', 'quit'],
  ],
};

/**
 * The last line: a question, what is typed, what happened, or the keys. A question may take two.
 *
 * @param problem stands above it for as long as it lasts
 */
export function footerLines(
  ui: UiState,
  problem: string | null,
  width: number,
  theme: Theme,
): Span[][] {
  const last = ui.dialog === null ? [footerSpans(ui, width)] : dialogLines(ui.dialog, width);
  const lines: Span[][] =
    problem === null ? last : [[{ text: problem, color: 'red', bold: true }], ...last];
  return lines.map((line) => clipSpans(line, width, theme.ellipsis));
}

function footerSpans(ui: UiState, width: number): Span[] {
  if (ui.typing !== null) return typingSpans(ui.typing, width);
  if (ui.message !== null) return [{ text: ui.message, color: 'yellow', bold: true }];
  if (ui.isHelpShown)
    return keyHints(
      [
        ['esc', 'back'],
        ['q', 'quit'],
      ],
      width,
    );
  return keyHints(HINTS[ui.view.kind], width);
}

/** What is typed, seen at its end, where the cursor is. */
function typingSpans({ label, text }: NonNullable<UiState['typing']>, width: number): Span[] {
  const shownLabel = fit(label, Math.min(cellWidth(label), Math.floor(width / 2)));
  const line: Span[] = [
    { text: shownLabel, color: 'yellow', bold: true },
    { text: clipStart(text, width - cellWidth(shownLabel) - 1) },
    { text: ' ', inverse: true },
  ];
  const help: Span = { text: '  enter keep  esc cancel', dim: true };
  return spansWidth([...line, help]) <= width ? [...line, help] : line;
}

/** Nobody can answer half a question: where question and answers do not fit on a line, it stands above them. */
function dialogLines(
  { question, choices }: NonNullable<UiState['dialog']>,
  width: number,
): Span[][] {
  const asked: Span = { text: question, color: 'yellow', bold: true };
  const answers = [...choices, { key: 'esc', label: 'no', isDestructive: false }].flatMap(
    ({ key, label, isDestructive }, index): Span[] => [
      ...(index === 0 ? [] : [{ text: '  ' }]),
      {
        text: key,
        bold: true,
        color: isDestructive === true ? ('red' as const) : ('cyan' as const),
      },
      { text: ` ${label}` },
    ],
  );
  const line: Span[] = [asked, { text: '   ' }, ...answers];
  return spansWidth(line) <= width ? [line] : [[asked], answers];
}

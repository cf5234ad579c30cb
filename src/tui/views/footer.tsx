import type { ReactElement } from 'react';
import { type KeyHint, keyHints } from '../components/key-hints.js';
import { Line } from '../components/line.js';
import { clipSpans, joinParts, type Span } from '../text/spans.js';
import { useTheme } from '../theme.js';
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

/** The last line: a question, what is typed, what happened, or the keys. */
export function Footer({
  ui,
  width,
}: {
  readonly ui: UiState;
  readonly width: number;
}): ReactElement {
  const theme = useTheme();
  return <Line spans={clipSpans(footerSpans(ui, width), width, theme.ellipsis)} />;
}

function footerSpans(ui: UiState, width: number): Span[] {
  if (ui.dialog !== null) return dialogSpans(ui.dialog, width);
  if (ui.typing !== null) {
    return [
      { text: ui.typing.label, color: 'yellow', bold: true },
      { text: ui.typing.text },
      { text: ' ', inverse: true },
      { text: '  enter keep  esc cancel', dim: true },
    ];
  }
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

/** The answers come first where there is not room for all: a question without them would be a trap. */
function dialogSpans({ question, choices }: NonNullable<UiState['dialog']>, width: number): Span[] {
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
  return joinParts([[{ text: question, color: 'yellow', bold: true }]], width, answers);
}

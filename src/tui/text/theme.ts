import { isUnicodeTerminal } from './unicode-terminal.js';

/** How things look on this terminal. */
export interface Theme {
  /** False where NO_COLOR asks for it: words and signs then say alone what colours say too. */
  readonly hasColor: boolean;
  /** False where the locale is not UTF-8, or SWEEP_ASCII asks for plain ASCII. */
  readonly isUnicode: boolean;
  readonly ellipsis: string;
  readonly rule: string;
  readonly pointer: string;
  readonly mark: string;
  readonly noValue: string;
  readonly up: string;
  readonly down: string;
  readonly barFull: string;
  readonly barEmpty: string;
  /** From the lowest to the highest value. */
  readonly levels: readonly string[];
  readonly approximately: string;
  readonly atMost: string;
  readonly range: string;
}

const UNICODE = {
  ellipsis: '…',
  rule: '─',
  pointer: '❯',
  mark: '•',
  noValue: '–',
  up: '↑',
  down: '↓',
  barFull: '█',
  barEmpty: '░',
  levels: ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'],
  approximately: '≈',
  atMost: '≤',
  range: '–',
};

const ASCII = {
  ellipsis: '~',
  rule: '-',
  pointer: '>',
  mark: '*',
  noValue: '-',
  up: '^',
  down: 'v',
  barFull: '#',
  barEmpty: '.',
  levels: ['_', '.', '-', '=', '+', '*', '#'],
  approximately: '~',
  atMost: '<=',
  range: '-',
};

/** Reads NO_COLOR, SWEEP_ASCII and the locale. */
export function createTheme(environment: NodeJS.ProcessEnv): Theme {
  const { NO_COLOR, TERM } = environment;
  const isUnicode = isUnicodeTerminal(environment);
  const hasColor = (NO_COLOR ?? '') === '' && TERM !== 'dumb';
  return { hasColor, isUnicode, ...(isUnicode ? UNICODE : ASCII) };
}

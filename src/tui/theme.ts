import { createContext, useContext } from 'react';
import type { RunState } from '../core/run-folder/run-state.js';
import type { Color } from './text/spans.js';
import { createTheme, type Theme } from './text/theme.js';

export { createTheme, type Theme };

export const ThemeContext = createContext<Theme>(createTheme({ LANG: 'C.UTF-8' }));

/** The theme of the screen that a component is part of. */
export function useTheme(): Theme {
  return useContext(ThemeContext);
}

/** A state's colour; its word or letter says the same. */
export const STATE_COLORS: Readonly<Record<RunState, Color>> = {
  running: 'cyan',
  stalled: 'red',
  completed: 'green',
  failed: 'red',
  diverged: 'magenta',
  stopped: 'yellow',
  planned: 'gray',
  waiting: 'gray',
};

import { createContext, useContext } from 'react';
import type { LineStore } from './line-store.js';

/** What the components draw on. Its size is the terminal's: what Ink lays out has tokens for lines and is narrower. */
export interface Screen {
  readonly columns: number;
  readonly rows: number;
  readonly lines: LineStore;
  on(event: 'resize', listener: () => void): unknown;
  off(event: 'resize', listener: () => void): unknown;
}

export const ScreenContext = createContext<Screen | null>(null);

/** The screen that a component is part of. */
export function useScreen(): Screen {
  const screen = useContext(ScreenContext);
  if (screen === null) throw new Error('a component of the dashboard is drawn outside of a screen');
  return screen;
}

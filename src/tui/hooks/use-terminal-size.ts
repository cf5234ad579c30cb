import { useEffect, useState } from 'react';
import { type Screen, useScreen } from '../terminal/screen.js';

/** Columns and rows of the screen. */
export interface TerminalSize {
  readonly columns: number;
  readonly rows: number;
}

/** The size of the terminal, followed as it changes. */
export function useTerminalSize(): TerminalSize {
  const screen = useScreen();
  const [size, setSize] = useState(() => sizeOf(screen));
  useEffect(() => {
    const onResize = (): void => {
      setSize(sizeOf(screen));
    };
    screen.on('resize', onResize);
    return () => {
      screen.off('resize', onResize);
    };
  }, [screen]);
  return size;
}

function sizeOf({ columns, rows }: Screen): TerminalSize {
  return { columns, rows };
}

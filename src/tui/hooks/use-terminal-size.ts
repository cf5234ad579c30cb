import { useStdout } from 'ink';
import { useEffect, useState } from 'react';

/** Columns and rows of the screen. */
export interface TerminalSize {
  readonly columns: number;
  readonly rows: number;
}

/** The size of the terminal, followed as it changes. */
export function useTerminalSize(): TerminalSize {
  const { stdout } = useStdout();
  const [size, setSize] = useState(() => sizeOf(stdout));
  useEffect(() => {
    const onResize = (): void => {
      setSize(sizeOf(stdout));
    };
    stdout.on('resize', onResize);
    return () => {
      stdout.off('resize', onResize);
    };
  }, [stdout]);
  return size;
}

/** A stream that does not tell its size is taken for the classic one. */
function sizeOf(stream: { readonly columns?: number; readonly rows?: number }): TerminalSize {
  return { columns: stream.columns ?? 80, rows: stream.rows ?? 24 };
}

/** Where a painter writes: a terminal, or a test that counts the bytes. */
export interface PaintTarget {
  readonly columns: number;
  readonly rows: number;
  write(text: string): void;
}

/** Synchronised output (mode 2026): a terminal that knows it shows a frame at once, the others ignore it. */
const BEGIN = '\u001b[?2026h';
const END = '\u001b[?2026l';
const CLEAR_LINE = '\u001b[K';
const CLEAR_SCREEN = '\u001b[2J';
const RESET_STYLE = '\u001b[0m';

/**
 * Puts frames on a screen of its own: of each frame it writes the lines that differ from the one before, each at its
 * place, so that a frame without a difference costs no byte and nothing ever scrolls.
 *
 * Ink's own writer counts lines back from the cursor, which a resize breaks, and redraws everything once the output is
 * as tall as the terminal.
 */
export class ScreenPainter {
  readonly #target: PaintTarget;
  #lines: readonly string[] = [];
  #isBlank = false;

  constructor(target: PaintTarget) {
    this.#target = target;
  }

  /** Shows the lines of a frame; those below the screen are left out. */
  paint(frame: readonly string[]): void {
    const lines = frame.slice(0, this.#target.rows);
    const parts: string[] = this.#isBlank ? [] : [`${RESET_STYLE}${CLEAR_SCREEN}`];
    for (let row = 0; row < Math.max(lines.length, this.#lines.length); row += 1) {
      const line = lines[row] ?? '';
      const shown = this.#isBlank ? (this.#lines[row] ?? '') : '';
      if (line === shown) continue;
      // A line that fills its row leaves the cursor on its last cell: to clear from there would take that cell away,
      // so the row is cleared first.
      parts.push(`\u001b[${row + 1};1H${CLEAR_LINE}${line}`);
    }
    this.#lines = lines;
    this.#isBlank = true;
    if (parts.length > 0) this.#target.write(`${BEGIN}${parts.join('')}${END}`);
  }

  /** Forgets what is on the screen, after a resize: the next frame is written whole. */
  forget(): void {
    this.#isBlank = false;
    this.#lines = [];
  }
}

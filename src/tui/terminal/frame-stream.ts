import { EventEmitter } from 'node:events';
import { type PaintTarget, ScreenPainter } from './screen-painter.js';

/**
 * What Ink writes to: each write is one whole frame (Ink's `debug` mode), which a painter puts on the screen.
 *
 * A resize blanks the screen and is announced to Ink and to the components, which then render for the new size.
 */
export class FrameStream extends EventEmitter {
  readonly #target: PaintTarget;
  readonly #painter: ScreenPainter;
  #isOpen = true;

  constructor(target: PaintTarget) {
    super();
    this.setMaxListeners(0);
    this.#target = target;
    this.#painter = new ScreenPainter(target);
  }

  get columns(): number {
    return this.#target.columns;
  }

  get rows(): number {
    return this.#target.rows;
  }

  readonly write = (frame: string): boolean => {
    // Ink's last write, and what its parts write to show the cursor, come when the terminal is given back.
    if (this.#isOpen && frame !== '') this.#painter.paint(frame);
    return true;
  };

  resized(): void {
    this.#painter.forget();
    this.emit('resize');
  }

  close(): void {
    this.#isOpen = false;
  }
}

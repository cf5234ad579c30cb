import { EventEmitter } from 'node:events';
import { LineStore } from './line-store.js';
import type { Screen } from './screen.js';
import { type PaintTarget, ScreenPainter } from './screen-painter.js';

/** Cells that Ink is told of: more than any token is long. */
const TOKEN_COLUMNS = 8;

/**
 * What Ink writes to: each write is one whole frame (Ink's `debug` mode) with a token on each line. The lines that they
 * stand for are put on the screen by a painter.
 *
 * A resize blanks the screen and is announced to Ink and to the components, which then render for the new size.
 */
export class FrameStream extends EventEmitter {
  /** For the components: the terminal's size, and the lines behind the tokens. */
  readonly screen: Screen;
  readonly #target: PaintTarget;
  readonly #painter: ScreenPainter;
  readonly #lines = new LineStore();
  #isOpen = true;

  constructor(target: PaintTarget) {
    super();
    this.setMaxListeners(0);
    this.#target = target;
    this.#painter = new ScreenPainter(target);
    this.screen = this.#createScreen();
  }

  readonly write = (frame: string): boolean => {
    // Ink's last write, and what its parts write to show the cursor, come when the terminal is given back.
    if (this.#isOpen && frame !== '') this.#painter.paint(this.#lines.expand(frame));
    return true;
  };

  /** The terminal's stream as Ink is given it: what Ink uses of a stream is that of the frames. */
  inPlaceOf(stdout: NodeJS.WriteStream): NodeJS.WriteStream {
    const own = {
      isTTY: false,
      columns: TOKEN_COLUMNS,
      write: (frame: string, onWritten?: () => void) => {
        this.write(frame);
        // Ink waits with its end until all that was written before is on the terminal.
        return onWritten === undefined || stdout.write('', onWritten);
      },
      on: this.on.bind(this),
      off: this.off.bind(this),
    };
    return new Proxy(stdout, {
      get: (stream, key): unknown => Reflect.get(key in own ? own : stream, key),
    });
  }

  resized(): void {
    this.#painter.forget();
    this.emit('resize');
  }

  close(): void {
    this.#isOpen = false;
  }

  #createScreen(): Screen {
    const target = this.#target;
    return {
      lines: this.#lines,
      get columns() {
        return target.columns;
      },
      get rows() {
        return target.rows;
      },
      on: (event, listener) => this.on(event, listener),
      off: (event, listener) => this.off(event, listener),
    };
  }
}

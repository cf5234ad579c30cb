import { EventEmitter } from 'node:events';
import { stripVTControlCharacters } from 'node:util';
import { LineStore } from '../../src/tui/terminal/line-store.js';
import type { Screen } from '../../src/tui/terminal/screen.js';

/** A screen of a fixed size, until it is resized, that a test reads. */
export class TestScreen extends EventEmitter implements Screen {
  columns: number;
  rows: number;
  readonly lines = new LineStore();

  constructor(columns = 100, rows = 24) {
    super();
    this.columns = columns;
    this.rows = rows;
  }

  resize(columns: number, rows: number): void {
    this.columns = columns;
    this.rows = rows;
    this.emit('resize');
  }

  /** What a frame of Ink shows, without styles. */
  read(frame: string | undefined): string {
    return stripVTControlCharacters(this.lines.expand(frame ?? '').join('\n'));
  }
}

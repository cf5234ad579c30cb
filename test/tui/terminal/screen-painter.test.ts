import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FrameStream } from '../../../src/tui/terminal/frame-stream.js';
import { ScreenPainter } from '../../../src/tui/terminal/screen-painter.js';

/** A terminal that understands what a painter writes: where to go, to clear a line, to clear all. */
class FakeTerminal {
  readonly columns: number = 20;
  rows: number;
  written = '';
  lines: string[] = [];
  #row = 0;

  constructor(rows = 6) {
    this.rows = rows;
  }

  write(text: string): void {
    this.written += text;
    // eslint-disable-next-line no-control-regex -- terminals are made of control characters
    for (const part of text.split(/(\u001b\[[?\d;]*[A-Za-z])/)) {
      const place = /^\u001b\[(\d+);1H$/.exec(part)?.[1]; // eslint-disable-line no-control-regex
      if (place !== undefined) this.#row = Number(place) - 1;
      else if (part === '\u001b[2J') this.lines = [];
      else if (part === '\u001b[K') this.lines[this.#row] = '';
      else if (!part.startsWith('\u001b'))
        if (part !== '') this.lines[this.#row] = (this.lines[this.#row] ?? '') + part;
    }
  }

  get screen(): string {
    return Array.from({ length: this.rows }, (_, row) => this.lines[row] ?? '').join('\n');
  }
}

const line = fc.stringMatching(/^[a-c ]{0,6}$/);
const frame = fc.array(line, { minLength: 1, maxLength: 6 });

test('whatever frames come, the screen shows the last one', () => {
  fc.assert(
    fc.property(fc.array(frame, { minLength: 1, maxLength: 6 }), (frames) => {
      const terminal = new FakeTerminal();
      const painter = new ScreenPainter(terminal);
      for (const lines of frames) painter.paint(lines);
      const last = frames.at(-1)!;
      const blank = Array.from({ length: 6 - last.length }, () => '');
      expect(terminal.screen).toBe([...last, ...blank].join('\n'));
    }),
  );
});

test('a frame like the one before costs no byte, and a changed line only itself', () => {
  const terminal = new FakeTerminal();
  const painter = new ScreenPainter(terminal);
  painter.paint(['one', 'two', 'three']);
  terminal.written = '';
  painter.paint(['one', 'two', 'three']);
  expect(terminal.written).toBe('');
  painter.paint(['one', '2', 'three']);
  expect(terminal.written).toBe('\u001b[?2026h\u001b[2;1H\u001b[K2\u001b[?2026l');
});

test('lines below the screen are left out: nothing ever scrolls', () => {
  const terminal = new FakeTerminal(2);
  new ScreenPainter(terminal).paint(['one', 'two', 'three']);
  expect(terminal.screen).toBe('one\ntwo');
  expect(terminal.written).not.toContain('three');
  expect(terminal.written).not.toContain('\n');
});

test('after a resize the frame is written whole on a blank screen', () => {
  const terminal = new FakeTerminal();
  const frames = new FrameStream(terminal);
  frames.write('one\ntwo');
  terminal.lines = ['left over', 'from before', 'the resize'];
  let wasTold = false;
  frames.on('resize', () => {
    wasTold = true;
    frames.write('one\ntwo');
  });
  frames.resized();
  expect(wasTold).toBe(true);
  expect(terminal.screen).toBe('one\ntwo\n\n\n\n');
});

test('nothing is written once the terminal was given back', () => {
  const terminal = new FakeTerminal();
  const frames = new FrameStream(terminal);
  frames.close();
  frames.write('late');
  expect(terminal.written).toBe('');
});

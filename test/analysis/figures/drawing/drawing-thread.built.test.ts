import { beforeEach, expect, test } from 'vitest';
import { drawFiles, type Drawing } from '../../../../src/analysis/figures/drawing/drawing.js';
import { DrawingThread } from '../../../../src/analysis/figures/drawing/drawing-thread.js';

let thread: DrawingThread;
beforeEach(() => {
  thread = new DrawingThread();
  return () => thread.close();
});

function square(file: string, side: number): Drawing {
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}">` +
    `<rect width="${side}" height="${side}" fill="#c00"/><text y="9">${file}</text></svg>`;
  return { file, svg, png: true, pdf: true, title: file };
}

/** Null of what was not asked for; two that are missing would be the same too. */
function hex(bytes: Uint8Array | null | undefined): string | null {
  if (bytes === undefined) throw new Error('the thread has not drawn it');
  return bytes && Buffer.from(bytes).toString('hex');
}

test('a thread draws the same bytes as this one, in the order in which it was asked', async () => {
  // The first takes longest.
  const drawings = [
    square('large', 900),
    square('small', 20),
    { ...square('half', 30), png: false },
  ];
  for (const drawing of drawings) thread.draw(drawing);
  const drawn = await thread.finish();
  expect(drawn).toHaveLength(3);
  for (const [index, drawing] of drawings.entries()) {
    const { png, pdf } = await drawFiles(drawing);
    expect(hex(drawn[index]?.png)).toBe(hex(png));
    expect(hex(drawn[index]?.pdf)).toBe(hex(pdf));
  }
});

test('what cannot be drawn is said with its name, by the first figure that failed', async () => {
  thread.draw(square('fine', 20));
  for (const file of ['broken', 'also-broken']) thread.draw({ ...square(file, 20), svg: '<svg' });
  await expect(thread.finish()).rejects.toThrow(/^the figure broken cannot be drawn: ./);
});

test('a thread that is ended says so to who waits for it', async () => {
  thread.draw(square('fine', 20));
  await thread.close();
  await expect(thread.finish()).rejects.toThrow('the thread that draws figures ended');
});

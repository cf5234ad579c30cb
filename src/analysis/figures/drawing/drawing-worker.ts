import { parentPort } from 'node:worker_threads';
import { messageOf } from '../../../core/errors.js';
import { drawFiles, type Drawing } from './drawing.js';
import type { DrawingAnswer } from './drawing-thread.js';

// The program of the thread that draws: one figure after the other, answered in the order in which they come.

if (parentPort === null) throw new Error('drawing-worker is the program of a thread');
const port = parentPort;
let last = Promise.resolve();

port.on('message', (drawing: Drawing) => {
  last = last.then(async () => {
    port.postMessage(await answer(drawing));
  });
});

async function answer(drawing: Drawing): Promise<DrawingAnswer> {
  try {
    return await drawFiles(drawing);
  } catch (error) {
    return { failure: `the figure ${drawing.file} cannot be drawn: ${messageOf(error)}` };
  }
}

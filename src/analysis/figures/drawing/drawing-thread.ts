import type { Worker } from 'node:worker_threads';
import { startThread } from '../../../core/start-thread.js';
import type { Drawing, DrawnFiles } from './drawing.js';

export type DrawingAnswer = DrawnFiles | { readonly failure: string };

/** A thread that draws figures as PNG and PDF, while the one that began it goes on with the next figure or a table. */
export class DrawingThread {
  readonly #worker: Worker;
  readonly #drawn: DrawnFiles[] = [];
  #sent = 0;
  #failure: Error | null = null;
  /** Has {@link finish} look again. */
  #onChange = (): void => undefined;

  constructor() {
    this.#worker = startThread(import.meta.url, './drawing-worker');
    this.#worker.on('message', (answer: DrawingAnswer) => {
      if ('failure' in answer) this.#fail(new Error(answer.failure));
      else {
        this.#drawn.push(answer);
        this.#onChange();
      }
    });
    this.#worker.on('error', (error) => {
      this.#fail(error);
    });
    this.#worker.on('exit', (code) => {
      this.#fail(new Error(`the thread that draws figures ended with code ${code}`));
    });
  }

  /** Has a figure drawn after those before it. */
  draw(drawing: Drawing): void {
    this.#sent += 1;
    this.#worker.postMessage(drawing);
  }

  /**
   * What was drawn, in the order of the calls of {@link draw}, when all of it is there.
   *
   * @throws Error with the name of the first figure that cannot be drawn
   */
  finish(): Promise<readonly DrawnFiles[]> {
    return new Promise((resolve, reject) => {
      this.#onChange = () => {
        if (this.#failure !== null) reject(this.#failure);
        else if (this.#drawn.length === this.#sent) resolve(this.#drawn);
      };
      this.#onChange();
    });
  }

  /** Ends the thread; what it has not drawn is not drawn. */
  async close(): Promise<void> {
    await this.#worker.terminate();
  }

  /** The first failure is the cause of those after it. */
  #fail(failure: Error): void {
    this.#failure ??= failure;
    this.#onChange();
  }
}

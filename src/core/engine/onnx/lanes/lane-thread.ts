import type { Worker } from 'node:worker_threads';
import { Tensor } from 'onnxruntime-node';
import { startThread } from '../../../start-thread.js';
import type { LaneAnswer, LaneRequest, NumberedRequest, PlainTensor, Values } from './messages.js';

interface Waiting {
  readonly resolve: (outputs: Values<PlainTensor>) => void;
  readonly reject: (reason: Error) => void;
}

/** A thread that has sessions of its own. It keeps the process alive only while it has something to answer. */
export class LaneThread {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  readonly #ended: Promise<void>;
  #calls = 0;
  /** Why it answers no more. */
  #end: Error | undefined;

  constructor() {
    this.#worker = startThread(import.meta.url, './lane-worker');
    this.#worker.unref();
    this.#worker.on('message', (answer: LaneAnswer) => {
      const waiting = this.#waiting.get(answer.call);
      this.#forget(answer.call);
      if ('error' in answer) waiting?.reject(new Error(answer.error));
      else waiting?.resolve(answer.outputs);
    });
    this.#worker.on('error', (error) => {
      this.#end = error; // the thread ends of it
      this.#failAll(error);
    });
    this.#ended = new Promise((resolve) => {
      this.#worker.once('exit', (code) => {
        this.#end ??= new Error(`a computing thread ended with code ${code}`);
        this.#failAll(this.#end);
        resolve();
      });
    });
  }

  /** Makes a session of a model; its number is the caller's. */
  async create(session: number, model: Uint8Array): Promise<void> {
    await this.#ask({ kind: 'create', session, model });
  }

  async run(session: number, feeds: Values<Tensor>): Promise<Values<Tensor>> {
    const plain = Object.entries(feeds).map(([name, tensor]) => [name, toPlain(tensor)] as const);
    const outputs = await this.#ask({ kind: 'run', session, feeds: Object.fromEntries(plain) });
    const tensors = Object.entries(outputs).map(
      ([name, { type, data, dims }]) => [name, new Tensor(type, data, dims)] as const,
    );
    return Object.fromEntries(tensors);
  }

  async release(session: number): Promise<void> {
    await this.#ask({ kind: 'release', session });
  }

  /** Frees its sessions and ends the thread. */
  async close(): Promise<void> {
    if (this.#end !== undefined) return;
    await this.#ask({ kind: 'close' });
    this.#worker.ref(); // whoever waits for its end must not be let go before
    await this.#ended;
  }

  #ask(request: LaneRequest): Promise<Values<PlainTensor>> {
    if (this.#end !== undefined) return Promise.reject(this.#end);
    return new Promise((resolve, reject) => {
      const call = this.#calls++;
      this.#waiting.set(call, { resolve, reject });
      this.#worker.ref();
      this.#worker.postMessage({ ...request, call } satisfies NumberedRequest);
    });
  }

  #forget(call: number): void {
    this.#waiting.delete(call);
    if (this.#waiting.size === 0) this.#worker.unref();
  }

  #failAll(reason: Error): void {
    for (const { reject } of this.#waiting.values()) reject(reason);
    this.#waiting.clear();
  }
}

/** A view of a larger buffer would take the whole buffer along. */
function toPlain({ type, data, dims }: Tensor): PlainTensor {
  const isView = ArrayBuffer.isView(data) && data.byteLength !== data.buffer.byteLength;
  return { type, dims, data: isView ? data.slice() : data };
}

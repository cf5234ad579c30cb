import type { InferenceSession } from 'onnxruntime-node';
import { createSession } from './session.js';

type Outputs = InferenceSession.ReturnType;

/** A session that is created when it is first used: sampling a checkpoint needs no training graph. */
export class LazySession {
  readonly #build: () => Uint8Array;
  readonly #threads: number;
  readonly #create: typeof createSession;
  #session: Promise<InferenceSession> | undefined;

  /** @param create makes the session; on the CPU unless another way is given */
  constructor(build: () => Uint8Array, threads: number, create = createSession) {
    this.#build = build;
    this.#threads = threads;
    this.#create = create;
  }

  async run(feeds: InferenceSession.FeedsType): Promise<Outputs> {
    this.#session ??= this.#create(this.#build(), this.#threads);
    return (await this.#session).run(feeds);
  }

  /** Frees its memory; a later run creates it again. */
  async release(): Promise<void> {
    const session = this.#session;
    this.#session = undefined;
    await (await session)?.release();
  }
}

import type { Tensor } from 'onnxruntime-node';
import { floats, integers, turns } from './session.js';

/** How texts are cut into chunks of a fixed size, so that the shapes of a graph stay constant. */
export class Chunks {
  readonly texts: number;
  /** Texts per chunk; the last chunk is filled up. */
  readonly size: number;
  readonly count: number;

  constructor(texts: number, size: number) {
    this.texts = texts;
    this.size = size;
    this.count = Math.ceil(texts / size);
  }

  /** The number of chunks, as a graph wants it. */
  turns(): Tensor {
    return turns(this.count);
  }

  /** Tokens [texts, T] as [chunks, size, T]; what fills up is the token 0. */
  tokens(values: Int32Array, length: number): Tensor {
    const filled = new Int32Array(this.count * this.size * length);
    filled.set(values);
    return integers(filled, [this.count, this.size, length]);
  }

  /** Numbers [texts, …shape] as [chunks, size, …shape]; what fills up is 0. */
  floats(values: Float32Array, shape: readonly number[] = []): Tensor {
    const perText = shape.reduce((product, length) => product * length, 1);
    const total = this.count * this.size * perText;
    let filled = values;
    if (values.length !== total) {
      filled = new Float32Array(total);
      filled.set(values);
    }
    return floats(filled, [this.count, this.size, ...shape]);
  }
}

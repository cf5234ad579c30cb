import { SweepError, messageOf } from '../../errors.js';

/** How providers say that an allocation failed. */
const FAILED_ALLOCATION =
  /out of memory|bad_?alloc|failed to allocate|allocation failed|could not allocate|CUDA failure 2\b|CUDNN_STATUS_ALLOC_FAILED|CUBLAS_STATUS_ALLOC_FAILED/i;

/** The number of texts whose gradients are computed at once, which shrinks when memory runs out. */
export class MicroBatch {
  #size: number;

  constructor(size: number) {
    this.#size = size;
  }

  get size(): number {
    return this.#size;
  }

  /**
   * Runs an attempt that changes nothing unless it succeeds; after a failed allocation again with half the texts.
   * Gradients are summed over the parts, so the result is the same but for rounding.
   *
   * @throws SweepError `unavailable` when not even a single text fits
   */
  async attempt<T>(work: (size: number) => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await work(this.#size);
      } catch (cause) {
        if (!FAILED_ALLOCATION.test(messageOf(cause))) throw cause;
        if (this.#size === 1) throw nothingFits(cause);
        this.#size = Math.ceil(this.#size / 2);
      }
    }
  }
}

function nothingFits(cause: unknown): SweepError {
  const message = 'the device ran out of memory with the gradient of a single text';
  const fix = 'Train a smaller model, or on a device with more memory.';
  return new SweepError('unavailable', { message, fix }, { cause });
}

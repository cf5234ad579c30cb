import { InferenceSession, Tensor } from 'onnxruntime-node';

/**
 * A session on the CPU.
 *
 * Its threads sleep while they wait and do not spin: next to other work on the same cores, spinning threads take the
 * time of those that compute. Measured with two workers of two threads on two busy cores, a step of the 87k model takes
 * 0.27-0.35 s instead of 1.07-1.10 s.
 *
 * @param threads threads of one operator; the operators run one after the other
 */
export function createSession(model: Uint8Array, threads: number): Promise<InferenceSession> {
  return InferenceSession.create(model, {
    executionProviders: ['cpu'],
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    graphOptimizationLevel: 'all',
    logSeverityLevel: 3, // errors only
    extra: { session: { intra_op: { allow_spinning: '0' } } },
  });
}

export function floats(values: Float32Array, shape: readonly number[] = [values.length]): Tensor {
  return new Tensor('float32', values, shape);
}

export function integers(values: Int32Array, shape: readonly number[]): Tensor {
  return new Tensor('int32', values, shape);
}

/** A scalar. */
export function scalar(value: number): Tensor {
  return new Tensor('float32', Float32Array.of(value), []);
}

/** A scalar that counts turns of a loop. */
export function turns(value: number): Tensor {
  return new Tensor('int64', BigInt64Array.of(BigInt(value)), []);
}

/** The elements of an output that holds 32-bit floats. */
export function readFloats(output: Tensor | undefined): Float32Array {
  const data = output?.data;
  if (!(data instanceof Float32Array))
    throw new Error(`expected 32-bit floats, got ${output?.type ?? 'nothing'}`);
  return data;
}

/** The elements of an output that holds 32-bit integers. */
export function readIntegers(output: Tensor | undefined): Int32Array {
  const data = output?.data;
  if (!(data instanceof Int32Array))
    throw new Error(`expected 32-bit integers, got ${output?.type ?? 'nothing'}`);
  return data;
}

import type { Tensor } from 'onnxruntime-node';

/** A tensor as it goes from one thread to another. */
export interface PlainTensor {
  readonly type: Tensor.Type;
  readonly dims: readonly number[];
  readonly data: Tensor.DataType;
}

/** Values of a graph by their names. */
export type Values<T> = Readonly<Record<string, T>>;

/** What a lane's thread is asked for; `session` is a number that the asking side gives. */
export type LaneRequest =
  | { readonly kind: 'create'; readonly session: number; readonly model: Uint8Array }
  | { readonly kind: 'run'; readonly session: number; readonly feeds: Values<PlainTensor> }
  | { readonly kind: 'release'; readonly session: number }
  | { readonly kind: 'close' };

/** A request with the number that its answer will have. */
export type NumberedRequest = LaneRequest & { readonly call: number };

/** The answer to a request: outputs (none unless it was a run), or why there are none. */
export type LaneAnswer =
  | { readonly call: number; readonly outputs: Values<PlainTensor> }
  | { readonly call: number; readonly error: string };

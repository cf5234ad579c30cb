import type { Graph, Tensor } from '../graph.js';
import { sameShape, shapeError } from '../shape.js';
import { scale } from './elementwise.js';
import { transpose } from './arrange.js';

export interface ProductOptions {
  /** Use the transpose of the left matrix. @default false */
  readonly transposeLeft?: boolean;
  /** Use the transpose of the right matrix. @default false */
  readonly transposeRight?: boolean;
  /** Factor on the product. @default 1 */
  readonly alpha?: number;
}

/** `alpha · left · right + added` for matrices; `added` is broadcast over the result. */
export function gemm(
  graph: Graph,
  left: Tensor,
  right: Tensor,
  options: ProductOptions & { readonly added?: Tensor } = {},
): Tensor {
  const { transposeLeft = false, transposeRight = false, alpha = 1, added } = options;
  if (left.shape.length !== 2 || right.shape.length !== 2)
    throw shapeError('Gemm', 'both factors must be matrices', [left, right]);
  const shape = productShape('Gemm', left, right, options);
  return graph.node(
    'Gemm',
    added === undefined ? [left, right] : [left, right, added],
    { type: left.type, shape },
    {
      attributes: {
        transA: { integer: Number(transposeLeft) },
        transB: { integer: Number(transposeRight) },
        alpha: { float: alpha },
      },
    },
  );
}

/** `alpha · left · right` for each pair of matrices of two stacks, [stack, rows, columns]. */
export function batchedProduct(
  graph: Graph,
  left: Tensor,
  right: Tensor,
  options: ProductOptions = {},
): Tensor {
  const { transposeLeft = false, transposeRight = false, alpha = 1 } = options;
  const shape = productShape('MatMul', left, right, options);
  const output = { type: left.type, shape };
  const plain = !transposeLeft && !transposeRight && alpha === 1;
  if (graph.fusedMatMul && !plain) {
    return graph.node('FusedMatMul', [left, right], output, {
      domain: 'com.microsoft',
      attributes: {
        transA: { integer: Number(transposeLeft) },
        transB: { integer: Number(transposeRight) },
        alpha: { float: alpha },
      },
    });
  }
  const a = transposeLeft ? transpose(graph, left, swapLast(left.shape.length)) : left;
  const b = transposeRight ? transpose(graph, right, swapLast(right.shape.length)) : right;
  const product = graph.node('MatMul', [a, b], output);
  return alpha === 1 ? product : scale(graph, product, alpha);
}

function productShape(
  operator: string,
  left: Tensor,
  right: Tensor,
  { transposeLeft = false, transposeRight = false }: ProductOptions,
): readonly number[] {
  const [rows, inner] = lastTwo(left.shape, transposeLeft);
  const [otherInner, columns] = lastTwo(right.shape, transposeRight);
  const stack = left.shape.slice(0, -2);
  const fits = inner === otherInner && sameShape(stack, right.shape.slice(0, -2));
  if (!fits || rows === undefined || columns === undefined || left.type !== right.type) {
    const sides = `${transposeLeft ? 'transposed ' : ''}left and ${transposeRight ? 'transposed ' : ''}right`;
    throw shapeError(operator, `${sides} must fit`, [left, right]);
  }
  return [...stack, rows, columns];
}

function lastTwo(
  shape: readonly number[],
  swapped: boolean,
): readonly [number | undefined, number | undefined] {
  const [rows, columns] = [shape.at(-2), shape.at(-1)];
  return swapped ? [columns, rows] : [rows, columns];
}

function swapLast(rank: number): readonly number[] {
  const axes = Array.from({ length: rank }, (_, axis) => axis);
  return [...axes.slice(0, -2), rank - 1, rank - 2];
}

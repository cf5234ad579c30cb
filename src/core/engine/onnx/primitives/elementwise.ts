import type { Graph, Tensor } from '../graph.js';
import { ELEMENT_CODES, type ElementType } from '../proto.js';
import { broadcastShapes, shapeError } from '../shape.js';

/** Element-wise on two tensors, with NumPy's broadcasting. */
type Binary = (graph: Graph, left: Tensor, right: Tensor) => Tensor;
type Unary = (graph: Graph, input: Tensor) => Tensor;

export const add: Binary = binary('Add');
export const subtract: Binary = binary('Sub');
export const multiply: Binary = binary('Mul');
export const divide: Binary = binary('Div');
export const minimum: Binary = binary('Min');
export const equal: Binary = binary('Equal', 'bool');

export const negate: Unary = unary('Neg');
export const exponential: Unary = unary('Exp');
export const logarithm: Unary = unary('Log');
export const squareRoot: Unary = unary('Sqrt');
export const errorFunction: Unary = unary('Erf');

/** `input` times a number. */
export function scale(graph: Graph, input: Tensor, factor: number): Tensor {
  return multiply(graph, input, graph.constant(factor));
}

/** `yes` where the condition holds, else `no`; all three are broadcast. */
export function where(graph: Graph, condition: Tensor, yes: Tensor, no: Tensor): Tensor {
  const inner = broadcastShapes(yes.shape, no.shape);
  const shape = inner === undefined ? undefined : broadcastShapes(condition.shape, inner);
  if (shape === undefined || condition.type !== 'bool' || yes.type !== no.type)
    throw shapeError('Where', 'a condition and two tensors must fit', [condition, yes, no]);
  return graph.node('Where', [condition, yes, no], { type: yes.type, shape });
}

export function cast(graph: Graph, input: Tensor, type: ElementType): Tensor {
  if (input.type === type) return input;
  const attributes = { to: { integer: ELEMENT_CODES[type] } };
  return graph.node('Cast', [input], { type, shape: input.shape }, { attributes });
}

function binary(operator: string, result?: ElementType): Binary {
  return (graph, left, right) => {
    const shape = broadcastShapes(left.shape, right.shape);
    if (shape === undefined || left.type !== right.type) {
      const rule = `${left.type} and ${right.type} must be one type, of shapes that fit`;
      throw shapeError(operator, rule, [left, right]);
    }
    return graph.node(operator, [left, right], { type: result ?? left.type, shape });
  };
}

function unary(operator: string): Unary {
  return (graph, input) => graph.node(operator, [input], { type: input.type, shape: input.shape });
}

import type { Graph, Tensor } from './graph.js';
import { expand, zeros } from './primitives/arrange.js';
import { add } from './primitives/elementwise.js';

/** A tensor and the derivative of the loss by it. */
export type Adjoint = readonly [tensor: Tensor, adjoint: Tensor];

/** Derivatives of a scalar by each of the wanted tensors, in their order and shapes. */
export function gradients(
  graph: Graph,
  loss: Tensor,
  wanted: readonly Tensor[],
): readonly Tensor[] {
  if (loss.shape.length !== 0)
    throw new Error(`gradients: the loss must be a scalar (got [${loss.shape.join(', ')}])`);
  return propagate(graph, [[loss, graph.constant(1)]], wanted);
}

/**
 * Reverse-mode differentiation: walks the graph's tape backwards from known adjoints to the wanted tensors.
 *
 * Only operations of this graph's own tape are seen: for the body of a loop, tensors from outside are leaves.
 * Branches that lead to no wanted tensor are left out.
 */
export function propagate(
  graph: Graph,
  known: readonly Adjoint[],
  wanted: readonly Tensor[],
): readonly Tensor[] {
  const relevant = namesThatDependOn(graph, wanted);
  const adjoints = new Map<string, Tensor>();
  const accumulate = ({ name }: Tensor, part: Tensor): void => {
    const sum = adjoints.get(name);
    adjoints.set(name, sum === undefined ? part : add(graph, sum, part));
  };
  for (const [tensor, adjoint] of known) accumulate(tensor, adjoint);

  for (const { inputs, outputs, backward } of graph.tape.toReversed()) {
    if (!outputs.some(({ name }) => adjoints.has(name))) continue;
    const received = outputs.map(({ name, shape }) => adjoints.get(name) ?? zeros(graph, shape));
    inputs.forEach((input, index) => {
      if (relevant.has(input.name)) accumulate(input, backward[index]!(received));
    });
  }
  return wanted.map(({ name, shape }) => {
    const adjoint = adjoints.get(name);
    return adjoint === undefined ? zeros(graph, shape) : expand(graph, adjoint, shape);
  });
}

function namesThatDependOn(graph: Graph, wanted: readonly Tensor[]): ReadonlySet<string> {
  const names = new Set(wanted.map(({ name }) => name));
  for (const { inputs, outputs } of graph.tape) {
    if (inputs.some(({ name }) => names.has(name))) for (const { name } of outputs) names.add(name);
  }
  return names;
}

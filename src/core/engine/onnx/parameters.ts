import type { ModelConfig } from '../../config/run-schema.js';
import { parameterLayout } from '../../model/layout.js';
import type { Graph, Tensor } from './graph.js';
import { reshape, split } from './operations/arrange.js';

/** The parameter of a name, such as `blocks.0.attn.q.weight`, in the shape that is asked for. */
export type Parameter = (name: string, ...shape: readonly number[]) => Tensor;

/** The single parameters in the flat vector [P]. */
export function parametersOf(graph: Graph, model: ModelConfig, vector: Tensor): Parameter {
  const layout = parameterLayout(model);
  const sizes = layout.map(({ size }) => size);
  const parts = split(graph, vector, 0, sizes);
  const places = new Map(layout.map(({ name }, index) => [name, index]));
  return (name, ...shape) => reshape(graph, parts[places.get(name)!]!, shape);
}

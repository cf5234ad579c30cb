import { parameterCount } from '../../../model/parameter-count.js';
import { Graph } from '../graph.js';
import { type GradientShape, microBatchInputs, summedGradient } from '../summed-gradient.js';

/**
 * What one lane does of a step. Inputs: `parameters` [P], and those of `microBatchInputs` for the lane's texts. Outputs:
 * `gradient` [P]; `nll` and `top1` [turns, texts].
 */
export function laneGradientGraph(shape: GradientShape): Uint8Array {
  const graph = new Graph();
  const parameters = graph.input([parameterCount(shape.model)], 'float32', 'parameters');
  const batch = microBatchInputs(graph, shape);
  const { gradient, nll, top1 } = summedGradient(graph, shape, parameters, batch);
  graph.output(gradient, 'gradient');
  graph.output(nll, 'nll');
  graph.output(top1, 'top1');
  return graph.encode();
}

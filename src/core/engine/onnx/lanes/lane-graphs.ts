import type { ModelConfig } from '../../../config/run-schema.js';
import { parameterCount } from '../../../model/parameter-count.js';
import type { AdamwOptions } from '../../engine.js';
import { adamwUpdate } from '../adamw.js';
import { Graph, type Tensor } from '../graph.js';
import { add } from '../primitives/elementwise.js';
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

/**
 * The rest of a step: the lanes' gradients are added, and one AdamW update is made. Inputs: `parameters`,
 * `firstMoments`, `secondMoments`, and `gradient0` to `gradient<lanes - 1>` [P]; `stepSize` and `secondCorrection`
 * (scalars). Outputs: `parametersAfter`, `firstMomentsAfter`, `secondMomentsAfter` [P].
 */
export function laneUpdateGraph(
  model: ModelConfig,
  optimizer: AdamwOptions,
  lanes: number,
): Uint8Array {
  const graph = new Graph();
  const vector = (name: string): Tensor => graph.input([parameterCount(model)], 'float32', name);
  const state = {
    parameters: vector('parameters'),
    firstMoments: vector('firstMoments'),
    secondMoments: vector('secondMoments'),
  };
  const gradient = Array.from({ length: lanes }, (_, lane) => vector(`gradient${lane}`)).reduce(
    (sum, next) => add(graph, sum, next),
  );
  const factors = {
    stepSize: graph.input([], 'float32', 'stepSize'),
    secondCorrection: graph.input([], 'float32', 'secondCorrection'),
  };
  const after = adamwUpdate(graph, optimizer, state, gradient, factors);
  graph.output(after.parameters, 'parametersAfter');
  graph.output(after.firstMoments, 'firstMomentsAfter');
  graph.output(after.secondMoments, 'secondMomentsAfter');
  return graph.encode();
}

import type { ModelConfig } from '../../config/run-schema.js';
import { parameterCount } from '../../model/parameter-count.js';
import type { AdamwOptions } from '../engine.js';
import { adamwUpdate } from './adamw.js';
import { Graph, type GraphOptions, type Tensor } from './graph.js';
import { add } from './primitives/elementwise.js';

export interface UpdateShape {
  readonly model: ModelConfig;
  readonly optimizer: AdamwOptions;
  /** How many gradients are added first, in their order. */
  readonly gradients: number;
}

/**
 * The end of a step: gradients are added, and one AdamW update is made. Inputs: `parameters`, `firstMoments`,
 * `secondMoments`, and `gradient0` to `gradient<gradients - 1>` [P]; `stepSize` and `secondCorrection` (scalars).
 * Outputs: `parametersAfter`, `firstMomentsAfter`, `secondMomentsAfter` [P].
 */
export function updateGraph(
  { model, optimizer, gradients }: UpdateShape,
  dialect?: GraphOptions,
): Uint8Array {
  const graph = new Graph(dialect);
  const vector = (name: string): Tensor => graph.input([parameterCount(model)], 'float32', name);
  const state = {
    parameters: vector('parameters'),
    firstMoments: vector('firstMoments'),
    secondMoments: vector('secondMoments'),
  };
  const parts = Array.from({ length: gradients }, (_, index) => vector(`gradient${index}`));
  const gradient = parts.reduce((sum, next) => add(graph, sum, next));
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

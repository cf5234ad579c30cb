import { parameterCount } from '../../model/parameter-count.js';
import type { AdamwOptions } from '../engine.js';
import { type OptimizerTensors, type StepFactors, adamwUpdate } from './adamw.js';
import { Graph, type Tensor } from './graph.js';
import { loop } from './loop.js';
import { elementAt } from './primitives/arrange.js';
import {
  type GradientShape,
  type MicroBatches,
  microBatchInputs,
  summedGradient,
} from './summed-gradient.js';

export interface TrainingShape extends GradientShape {
  readonly optimizer: AdamwOptions;
}

/**
 * One training step as a graph: a loop over micro-batches that sums their gradients, then one AdamW update.
 *
 * The loop is inside the graph, so that parameters, gradients and moments cross the border to JavaScript once per step
 * and not once per micro-batch. Inputs: `parameters`, `firstMoments`, `secondMoments` [P]; `stepSize`,
 * `secondCorrection` (scalars); `turns` (scalar, number of micro-batches); `tokens` [turns, texts, T];
 * `textWeights` [turns, texts], 0 for rows that only fill up; `dropoutMask` [turns, texts, T, D] unless the model has
 * no dropout. Outputs: the first three again, and `nll` and `top1` [turns, texts].
 */
export function trainingGraph(shape: TrainingShape): Uint8Array {
  const graph = new Graph();
  const vector = [parameterCount(shape.model)];
  const state = {
    parameters: graph.input(vector, 'float32', 'parameters'),
    firstMoments: graph.input(vector, 'float32', 'firstMoments'),
    secondMoments: graph.input(vector, 'float32', 'secondMoments'),
  };
  const factors = {
    stepSize: graph.input([], 'float32', 'stepSize'),
    secondCorrection: graph.input([], 'float32', 'secondCorrection'),
  };
  const batch = microBatchInputs(graph, shape);
  const { after, nll, top1 } = trainingStep(graph, shape, { state, factors, batch });
  graph.output(after.parameters, 'parametersAfter');
  graph.output(after.firstMoments, 'firstMomentsAfter');
  graph.output(after.secondMoments, 'secondMomentsAfter');
  graph.output(nll, 'nll');
  graph.output(top1, 'top1');
  return graph.encode();
}

/**
 * Several training steps as a graph: a loop over steps that carries parameters and moments, around what
 * {@link trainingGraph} does.
 *
 * Inputs and outputs are those of {@link trainingGraph}, with `steps` (scalar) besides, and with a first axis [steps]
 * before `stepSize`, `secondCorrection`, `tokens`, `textWeights`, `dropoutMask`, `nll` and `top1`.
 */
export function trainingBlockGraph(shape: TrainingShape): Uint8Array {
  const graph = new Graph();
  const { model, microBatch } = shape;
  const { tokens: length, embedding: width, dropout } = model;
  const vector = (name: string): Tensor => graph.input([parameterCount(model)], 'float32', name);
  const before = [vector('parameters'), vector('firstMoments'), vector('secondMoments')];
  const steps = graph.input([], 'int64', 'steps');
  const turns = graph.input([], 'int64', 'turns');
  const reals = {
    stepSize: graph.input([-1], 'float32', 'stepSize'),
    secondCorrection: graph.input([-1], 'float32', 'secondCorrection'),
    textWeights: graph.input([-1, -1, microBatch], 'float32', 'textWeights'),
  };
  const allTokens = graph.input([-1, -1, microBatch, length], 'int32', 'tokens');
  const masks =
    dropout === 0
      ? undefined
      : graph.input([-1, -1, microBatch, length, width], 'float32', 'dropoutMask');

  const { state, collected } = loop(graph, {
    turns: steps,
    state: before,
    body: (body, step, [parameters, firstMoments, secondMoments]) => {
      const current = (all: Tensor): Tensor => elementAt(body, all, 0, step);
      const { after, nll, top1 } = trainingStep(body, shape, {
        state: {
          parameters: parameters!,
          firstMoments: firstMoments!,
          secondMoments: secondMoments!,
        },
        factors: {
          stepSize: current(reals.stepSize),
          secondCorrection: current(reals.secondCorrection),
        },
        batch: {
          turns,
          tokens: current(allTokens),
          textWeights: current(reals.textWeights),
          ...(masks && { dropoutMask: current(masks) }),
        },
      });
      return {
        state: [after.parameters, after.firstMoments, after.secondMoments],
        collected: [nll, top1],
      };
    },
  });
  graph.output(state[0]!, 'parametersAfter');
  graph.output(state[1]!, 'firstMomentsAfter');
  graph.output(state[2]!, 'secondMomentsAfter');
  graph.output(collected[0]!, 'nll');
  graph.output(collected[1]!, 'top1');
  return graph.encode();
}

interface StepTensors {
  readonly state: OptimizerTensors;
  readonly factors: StepFactors;
  readonly batch: MicroBatches;
}

/** One step: the state after it, and the scores before it, [turns, texts]. */
function trainingStep(
  graph: Graph,
  { model, optimizer, microBatch }: TrainingShape,
  { state, factors, batch }: StepTensors,
): { readonly after: OptimizerTensors; readonly nll: Tensor; readonly top1: Tensor } {
  const shape = { model, microBatch };
  const { gradient, nll, top1 } = summedGradient(graph, shape, state.parameters, batch);
  const after = adamwUpdate(graph, optimizer, state, gradient, factors);
  return { after, nll, top1 };
}

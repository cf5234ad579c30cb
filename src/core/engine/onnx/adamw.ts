import type { AdamwOptions } from '../engine.js';
import type { Graph, Tensor } from './graph.js';
import { add, divide, multiply, scale, squareRoot, subtract } from './primitives/elementwise.js';

/** What an AdamW update reads and writes; all are flat vectors [P]. */
export interface OptimizerTensors {
  readonly parameters: Tensor;
  readonly firstMoments: Tensor;
  readonly secondMoments: Tensor;
}

/** The factors that depend on the number of the step, as scalars. */
export interface StepFactors {
  /** Learning rate / (1 − beta1^step). */
  readonly stepSize: Tensor;
  /** 1 / √(1 − beta2^step). */
  readonly secondCorrection: Tensor;
}

/** One update as PyTorch's `torch.optim.AdamW` does it (Loshchilov and Hutter, 2019, algorithm 2). */
export function adamwUpdate(
  graph: Graph,
  options: AdamwOptions,
  state: OptimizerTensors,
  gradient: Tensor,
  { stepSize, secondCorrection }: StepFactors,
): OptimizerTensors {
  const { beta1, beta2, epsilon, learningRate, weightDecay } = options;
  const square = multiply(graph, gradient, gradient);
  const firstMoments = average(graph, state.firstMoments, gradient, beta1);
  const secondMoments = average(graph, state.secondMoments, square, beta2);
  const deviation = multiply(graph, squareRoot(graph, secondMoments), secondCorrection);
  const denominator = add(graph, deviation, graph.constant(epsilon));
  const move = divide(graph, multiply(graph, firstMoments, stepSize), denominator);
  const decayed = scale(graph, state.parameters, 1 - learningRate * weightDecay);
  return { parameters: subtract(graph, decayed, move), firstMoments, secondMoments };
}

/** {@link StepFactors} of one step, counted from 1, in double precision. */
export function stepFactors(
  { learningRate, beta1, beta2 }: AdamwOptions,
  step: number,
): Readonly<Record<keyof StepFactors, number>> {
  return {
    stepSize: learningRate / (1 - beta1 ** step),
    secondCorrection: 1 / Math.sqrt(1 - beta2 ** step),
  };
}

/** Exponential moving average: beta·old + (1 − beta)·value. */
function average(graph: Graph, old: Tensor, value: Tensor, beta: number): Tensor {
  return add(graph, scale(graph, old, beta), scale(graph, value, 1 - beta));
}

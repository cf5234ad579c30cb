import type { Graph, Tensor } from '../graph.js';
import { multiply, subtract } from '../primitives/elementwise.js';
import { layerNormalise } from '../primitives/normalise.js';
import { mean, sum } from '../primitives/reduce.js';

/** Layer normalisation of each row with gain and bias [D]: [rows, D]. */
export function layerNorm(graph: Graph, input: Tensor, gain: Tensor, bias: Tensor): Tensor {
  const normalised = layerNormalise(graph, input, gain, bias);
  const standard = (): Tensor => {
    const centred = subtract(graph, input, normalised.mean);
    return multiply(graph, centred, normalised.inverseDeviation); // [rows, D]
  };
  graph.record({
    inputs: [input, gain, bias],
    outputs: [normalised.output],
    backward: [
      ([adjoint]) => {
        // ∂x = (∂s − mean ∂s − s·mean(∂s·s)) / σ, with s the standardised row and ∂s = ∂y·gain
        const scaled = multiply(graph, adjoint!, gain);
        const projection = mean(graph, multiply(graph, scaled, standard()), [1], { keep: true });
        const centred = subtract(graph, scaled, mean(graph, scaled, [1], { keep: true }));
        const rest = subtract(graph, centred, multiply(graph, standard(), projection));
        return multiply(graph, rest, normalised.inverseDeviation);
      },
      ([adjoint]) => sum(graph, multiply(graph, adjoint!, standard()), [0]),
      ([adjoint]) => sum(graph, adjoint!, [0]),
    ],
  });
  return normalised.output;
}

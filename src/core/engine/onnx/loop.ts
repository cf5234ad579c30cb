import type { Graph, Tensor } from './graph.js';

export interface LoopBody {
  /** The state after this turn, in the order, types and shapes of the state before it. */
  readonly state: readonly Tensor[];
  /** What is collected of every turn. */
  readonly collected: readonly Tensor[];
}

export interface LoopOptions {
  /** How often the body runs: an int64 scalar. */
  readonly turns: Tensor;
  /** The state before the first turn. */
  readonly state: readonly Tensor[];
  /** Builds one turn; `turn` counts from 0 (an int64 scalar). Tensors from outside may be used. */
  readonly body: (graph: Graph, turn: Tensor, state: readonly Tensor[]) => LoopBody;
}

/** An ONNX `Loop`: the state after the last turn, and what was collected, stacked along a new first axis. */
export function loop(graph: Graph, { turns, state, body }: LoopOptions): LoopBody {
  const inner = graph.child();
  const turn = inner.input([], 'int64');
  const condition = inner.input([], 'bool');
  const before = state.map(({ shape, type }) => inner.input(shape, type));
  const after = body(inner, turn, before);
  after.state.forEach((tensor, index) => {
    const { type, shape } = state[index]!;
    if (tensor.type !== type || tensor.shape.join() !== shape.join())
      throw new Error(
        `Loop: state ${index} changes from [${shape.join()}] to [${tensor.shape.join()}]`,
      );
  });
  inner.output(condition);
  for (const tensor of [...after.state, ...after.collected]) inner.output(tensor);

  const outputs = graph.nodes(
    'Loop',
    [turns, graph.truth(), ...state],
    [
      ...after.state,
      ...after.collected.map(({ type, shape }) => ({ type, shape: [-1, ...shape] })),
    ].map(({ type, shape }) => ({ type, shape })),
    { attributes: { body: { graph: inner.describe() } } },
  );
  return { state: outputs.slice(0, state.length), collected: outputs.slice(state.length) };
}

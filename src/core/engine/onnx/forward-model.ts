import type { ModelConfig } from '../../config/run-schema.js';
import { VOCABULARY_SIZE } from '../../data/vocabulary.js';
import { parameterLayout } from '../../model/layout.js';
import { MASKED } from './operations/causal-attention.js';
import type { Attribute, ConstantDescription, NodeDescription, ValueDescription } from './proto.js';
import { encodePortableModel } from './proto.js';

export interface ForwardModel {
  readonly model: ModelConfig;
  /** [P], in the order of `parameterLayout`. */
  readonly parameters: Float32Array;
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * The trained decoder-transformer as an ONNX model for other programs.
 *
 * Input: `tokens`, int64 [batch, T]. Output: `logProbabilities` of each next token, float32 [batch, T, V]. The weights
 * are initializers with the names and the [out, in] layout of a PyTorch state_dict.
 *
 * It is built apart from the engine's graphs: those have fixed batches, operators of ONNX Runtime's own and weights
 * that are rearranged for speed, this one is meant to be read by any runtime and by people.
 */
export function forwardModel({ model, parameters, metadata }: ForwardModel): Uint8Array {
  const builder = new ForwardBuilder();
  for (const { name, shape, offset, size } of parameterLayout(model))
    builder.weight(name, shape, parameters.subarray(offset, offset + size));
  const mask = builder.weight('mask', [model.tokens, model.tokens], causalMask(model.tokens));
  let state = embeddings(builder); // [batch, T, D] throughout
  for (let block = 0; block < model.blocks; block++)
    state = transformerBlock(builder, model, `blocks.${block}`, state, mask);
  const logits = linear(builder, 'out', state); // [batch, T, V]
  builder.node('LogSoftmax', [logits], 'logProbabilities', { axis: { integer: -1 } });

  const { tokens } = model;
  const inputs = [{ name: 'tokens', type: 'int64', shape: [-1, tokens] }] as const;
  const shape = [-1, tokens, VOCABULARY_SIZE];
  const outputs = [{ name: 'logProbabilities', type: 'float32', shape }] as const;
  return encodePortableModel(builder.describe(inputs, outputs), metadata);
}

/** Collects named nodes and constants; each value has the name that it is given. */
class ForwardBuilder {
  readonly #nodes: NodeDescription[] = [];
  readonly #constants: ConstantDescription[] = [];

  node(
    operator: string,
    inputs: readonly string[],
    output: string,
    attributes: Readonly<Record<string, Attribute>> = {},
  ): string {
    this.#nodes.push({ operator, domain: '', inputs, outputs: [output], attributes });
    return output;
  }

  weight(name: string, shape: readonly number[], values: Float32Array): string {
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    this.#constants.push({ name, type: 'float32', shape, bytes });
    return name;
  }

  number(name: string, value: number): string {
    return this.weight(name, [], Float32Array.of(value));
  }

  integers(name: string, values: readonly number[]): string {
    const bytes = new Uint8Array(BigInt64Array.from(values, BigInt).buffer);
    this.#constants.push({ name, type: 'int64', shape: [values.length], bytes });
    return name;
  }

  describe(inputs: readonly ValueDescription[], outputs: readonly ValueDescription[]) {
    return { nodes: this.#nodes, constants: this.#constants, inputs, outputs };
  }
}

/** Token plus position: [batch, T, D]. */
function embeddings(builder: ForwardBuilder): string {
  const symbols = builder.node('Gather', ['emb.weight', 'tokens'], 'emb');
  return builder.node('Add', [symbols, 'pos.weight'], 'hidden');
}

function transformerBlock(
  builder: ForwardBuilder,
  model: ModelConfig,
  prefix: string,
  input: string,
  mask: string,
): string {
  const attended = selfAttention(builder, model, `${prefix}.attn`, input, mask);
  const middle = normalise(
    builder,
    `${prefix}.ln1`,
    builder.node('Add', [input, attended], `${prefix}.sum1`),
  );
  const expanded = linear(builder, `${prefix}.mlp1`, middle); // [batch, T, neurons·D]
  const changed = linear(builder, `${prefix}.mlp2`, gelu(builder, `${prefix}.gelu`, expanded));
  return normalise(
    builder,
    `${prefix}.ln2`,
    builder.node('Add', [middle, changed], `${prefix}.sum2`),
  );
}

/** Causal attention with heads of the full width D (Vaswani et al., 2017, eq. 1): [batch, T, D]. */
function selfAttention(
  builder: ForwardBuilder,
  { tokens, heads, embedding: width }: ModelConfig,
  prefix: string,
  input: string,
  mask: string,
): string {
  // 0 keeps the length of the input's axis, here the batch.
  const apart = builder.integers(`${prefix}.apart`, [0, tokens, heads, width]);
  const separate = (name: string, perm: readonly number[]): string => {
    const projected = linear(builder, `${prefix}.${name}`, input); // [batch, T, heads·D]
    const divided = builder.node('Reshape', [projected, apart], `${prefix}.${name}.heads`);
    return builder.node('Transpose', [divided], `${prefix}.${name}.separate`, {
      perm: { integers: perm },
    });
  };
  const query = separate('q', [0, 2, 1, 3]); // [batch, heads, T, D]
  const key = separate('k', [0, 2, 3, 1]); // [batch, heads, D, T]
  const value = separate('v', [0, 2, 1, 3]); // [batch, heads, T, D]
  const product = builder.node('MatMul', [query, key], `${prefix}.product`);
  const factor = builder.number(`${prefix}.factor`, 1 / Math.sqrt(width));
  const scaled = builder.node('Mul', [product, factor], `${prefix}.scaled`);
  const scores = builder.node('Add', [scaled, mask], `${prefix}.scores`); // [batch, heads, T, T]
  const weights = builder.node('Softmax', [scores], `${prefix}.weights`, { axis: { integer: -1 } });
  const mixed = builder.node('MatMul', [weights, value], `${prefix}.mixed`);
  const perm = { integers: [0, 2, 1, 3] };
  const together = builder.node('Transpose', [mixed], `${prefix}.together`, { perm });
  const merged = builder.integers(`${prefix}.merged`, [0, tokens, heads * width]);
  const flat = builder.node('Reshape', [together, merged], `${prefix}.flat`);
  return linear(builder, `${prefix}.c`, flat);
}

/** `input · weightᵀ + bias`; runtimes transpose the constant weight once, when they load the model. */
function linear(builder: ForwardBuilder, name: string, input: string): string {
  const perm = { integers: [1, 0] };
  const weight = builder.node('Transpose', [`${name}.weight`], `${name}.transposed`, { perm });
  const product = builder.node('MatMul', [input, weight], `${name}.product`);
  return builder.node('Add', [product, `${name}.bias`], `${name}.output`);
}

function normalise(builder: ForwardBuilder, name: string, input: string): string {
  const attributes = { axis: { integer: -1 }, epsilon: { float: 1e-5 } }; // PyTorch's epsilon
  const inputs = [input, `${name}.weight`, `${name}.bias`];
  return builder.node('LayerNormalization', inputs, `${name}.output`, attributes);
}

/** The exact GELU x/2·(1 + erf(x/√2)) (Hendrycks and Gimpel, 2016); ONNX has it as one operator only since opset 20. */
function gelu(builder: ForwardBuilder, name: string, input: string): string {
  const root = builder.number(`${name}.root`, Math.SQRT1_2);
  const scaled = builder.node('Mul', [input, root], `${name}.scaled`);
  const error = builder.node('Erf', [scaled], `${name}.erf`);
  const sum = builder.node('Add', [error, builder.number(`${name}.one`, 1)], `${name}.sum`);
  const product = builder.node('Mul', [input, sum], `${name}.product`);
  return builder.node('Mul', [product, builder.number(`${name}.half`, 0.5)], `${name}.output`);
}

/** 0 where a position may look, else {@link MASKED}: [T, T]. */
function causalMask(tokens: number): Float32Array {
  const mask = new Float32Array(tokens * tokens);
  for (let row = 0; row < tokens; row++)
    mask.fill(MASKED, row * tokens + row + 1, (row + 1) * tokens);
  return mask;
}

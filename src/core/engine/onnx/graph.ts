import type { Attribute, ConstantDescription, ElementType, GraphDescription } from './proto.js';
import type { NodeDescription, ValueDescription } from './proto.js';
import { encodeModel } from './proto.js';

/** A symbolic value of a graph. */
export interface Tensor {
  readonly name: string;
  readonly type: ElementType;
  /** −1 is a length that is known only when the graph runs. */
  readonly shape: readonly number[];
}

export type TensorSpec = Omit<Tensor, 'name'>;

export interface GraphOptions {
  /** Type of all real numbers; double precision is for tests. @default 'float32' */
  readonly real?: 'float32' | 'float64';
  /** Use `com.microsoft.FusedMatMul`, which is fast on the CPU only. @default true */
  readonly fusedMatMul?: boolean;
  /** Use `LogSoftmax`, which not every provider has. @default true */
  readonly logSoftmax?: boolean;
  /** Use `ArgMax`, whose result is int64, a type that not every provider computes with. @default true */
  readonly argMax?: boolean;
  /** Most parts of one `Split` or `Concat`; a shader binds few buffers. @default no limit */
  readonly largestGroup?: number;
}

/** The adjoint of one input, given the adjoints of all outputs. */
export type Backward = (adjoints: readonly Tensor[]) => Tensor;

/** One differentiable operation as it was recorded. */
export interface TapeEntry {
  readonly inputs: readonly Tensor[];
  readonly outputs: readonly Tensor[];
  /** One function per input. It is called only when that input leads to a wanted tensor. */
  readonly backward: readonly Backward[];
}

interface NodeOptions {
  readonly domain?: string;
  readonly attributes?: Readonly<Record<string, Attribute>>;
}

/**
 * Builds an ONNX graph node by node; inputs stand before their users, as ONNX wants it.
 *
 * **Sharing**: nodes are pure, so asking twice for the same operator on the same inputs gives the same tensor, and so
 * does asking twice for the same constant. Forward and backward functions may thus each write down what they need.
 *
 * **Scopes**: the body of a loop is a child graph, which may use the tensors of its parents.
 */
export class Graph {
  readonly real: 'float32' | 'float64';
  readonly fusedMatMul: boolean;
  readonly logSoftmax: boolean;
  readonly argMax: boolean;
  readonly largestGroup: number;
  readonly tape: TapeEntry[] = [];
  readonly #parent: Graph | undefined;
  readonly #nodes: NodeDescription[] = [];
  readonly #constants: ConstantDescription[] = [];
  readonly #inputs: ValueDescription[] = [];
  readonly #outputs: ValueDescription[] = [];
  readonly #known = new Map<string, readonly Tensor[]>();
  readonly #visible = new Set<string>();
  readonly #recorded = new Set<string>();
  readonly #counter: { next: number };

  constructor(options: GraphOptions = {}, parent?: Graph) {
    this.real = options.real ?? 'float32';
    this.fusedMatMul = (options.fusedMatMul ?? true) && this.real === 'float32';
    this.logSoftmax = options.logSoftmax ?? true;
    this.argMax = options.argMax ?? true;
    this.largestGroup = options.largestGroup ?? Infinity;
    this.#parent = parent;
    this.#counter = parent === undefined ? { next: 0 } : parent.#counter;
  }

  /** A graph whose nodes may use this graph's tensors. */
  child(): Graph {
    return new Graph(this, this);
  }

  /** An input of the graph; the name may be left to the graph. */
  input(
    shape: readonly number[],
    type: ElementType = this.real,
    name: string = this.#newName(),
  ): Tensor {
    const tensor = { name, type, shape };
    this.#inputs.push(tensor);
    this.#visible.add(name);
    return tensor;
  }

  /** A constant of real numbers. */
  constant(
    values: number | readonly number[] | Float32Array,
    shape: readonly number[] = [],
  ): Tensor {
    const list = typeof values === 'number' ? [values] : values;
    const array = this.real === 'float32' ? Float32Array.from(list) : Float64Array.from(list);
    return this.#constant(this.real, array, shape);
  }

  /** A constant of whole numbers; without a shape it is a vector. */
  integers(
    values: readonly number[],
    shape: readonly number[] = [values.length],
    type: 'int32' | 'int64' = 'int64',
  ): Tensor {
    const array =
      type === 'int32'
        ? Int32Array.from(values)
        : BigInt64Array.from(values, (value) => BigInt(value));
    return this.#constant(type, array, shape);
  }

  /** The constant `true`. */
  truth(): Tensor {
    return this.#constant('bool', Uint8Array.of(1), []);
  }

  /** The outputs of an operator; the caller says what they are. */
  nodes(
    operator: string,
    inputs: readonly Tensor[],
    outputs: readonly TensorSpec[],
    { domain = '', attributes = {} }: NodeOptions = {},
  ): readonly Tensor[] {
    for (const { name } of inputs) {
      if (!this.#sees(name)) throw new Error(`${operator}: ${name} belongs to another graph`);
    }
    const names = inputs.map(({ name }) => name);
    const pure = !Object.values(attributes).some((value) => 'graph' in value);
    const key = JSON.stringify([operator, domain, names, attributes, outputs]);
    const known = pure ? this.#find(key) : undefined;
    if (known !== undefined) return known;
    const tensors = outputs.map((spec) => this.#newTensor(spec));
    const outputNames = tensors.map(({ name }) => name);
    this.#nodes.push({ operator, domain, inputs: names, outputs: outputNames, attributes });
    this.#known.set(key, tensors);
    return tensors;
  }

  /** The only output of an operator. */
  node(
    operator: string,
    inputs: readonly Tensor[],
    output: TensorSpec,
    options: NodeOptions = {},
  ): Tensor {
    return this.nodes(operator, inputs, [output], options)[0]!;
  }

  /** Put an operation on the tape, once. */
  record(entry: TapeEntry): void {
    const { name } = entry.outputs[0]!;
    // The same operation asked for twice is one tensor, whose adjoint must flow back once.
    if (this.#recorded.has(name) || entry.inputs.some((input) => input.name === name)) return;
    this.#recorded.add(name);
    this.tape.push(entry);
  }

  /** Make a tensor an output of the graph; the name may be left to the graph. */
  output(tensor: Tensor, name?: string): void {
    if (name === undefined && this.#isFreshlyComputed(tensor)) {
      this.#outputs.push(tensor); // spares the state of a loop a copy at each turn
      return;
    }
    const copy = name ?? this.#newName();
    const inputs = [tensor.name];
    const node = { operator: 'Identity', domain: '', inputs, outputs: [copy], attributes: {} };
    this.#nodes.push(node);
    this.#outputs.push({ ...tensor, name: copy });
  }

  describe(): GraphDescription {
    return {
      nodes: this.#nodes,
      constants: this.#constants,
      inputs: this.#inputs,
      outputs: this.#outputs,
    };
  }

  encode(): Uint8Array {
    return encodeModel(this.describe());
  }

  #constant(type: ElementType, array: ArrayBufferView, shape: readonly number[]): Tensor {
    // Constants live in the outermost graph: every body sees them, and each is stored once.
    if (this.#parent !== undefined) return this.#parent.#constant(type, array, shape);
    const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
    const key = `${type}[${shape.join()}]${Buffer.from(bytes).toString('base64')}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known[0]!;
    const tensor = this.#newTensor({ type, shape });
    this.#constants.push({ ...tensor, bytes });
    this.#known.set(key, [tensor]);
    return tensor;
  }

  /** Whether a node of this very graph computes it, and it is no output yet. */
  #isFreshlyComputed({ name }: Tensor): boolean {
    return (
      this.#nodes.some(({ outputs }) => outputs.includes(name)) &&
      !this.#outputs.some((output) => output.name === name)
    );
  }

  #newTensor({ type, shape }: TensorSpec): Tensor {
    const name = this.#newName();
    this.#visible.add(name);
    return { name, type, shape };
  }

  #newName(): string {
    return `t${this.#counter.next++}`;
  }

  #sees(name: string): boolean {
    return this.#visible.has(name) || (this.#parent !== undefined && this.#parent.#sees(name));
  }

  #find(key: string): readonly Tensor[] | undefined {
    const known = this.#known.get(key);
    return known === undefined && this.#parent !== undefined ? this.#parent.#find(key) : known;
  }
}

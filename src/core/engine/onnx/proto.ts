import protobuf from 'protobufjs/light.js';

/** `TensorProto.DataType`: the element types that our graphs use, with ONNX's numbers. */
export const ELEMENT_CODES = { float32: 1, int32: 6, int64: 7, bool: 9, float64: 11 } as const;
export type ElementType = keyof typeof ELEMENT_CODES;

const ATTRIBUTE_CODES = { float: 1, integer: 2, graph: 5, integers: 7 } as const;

/** An attribute of a node; the kind decides how it is written. */
export type Attribute =
  | { readonly float: number }
  | { readonly integer: number }
  | { readonly integers: readonly number[] }
  | { readonly graph: GraphDescription };

export interface ValueDescription {
  readonly name: string;
  readonly type: ElementType;
  /** −1 is a length that is known only when the graph runs. */
  readonly shape: readonly number[];
}

export interface NodeDescription {
  readonly operator: string;
  /** Empty for ONNX's own operators. */
  readonly domain: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Readonly<Record<string, Attribute>>;
}

export interface ConstantDescription extends ValueDescription {
  /** Elements as little-endian bytes. */
  readonly bytes: Uint8Array;
}

export interface GraphDescription {
  readonly nodes: readonly NodeDescription[];
  readonly constants: readonly ConstantDescription[];
  readonly inputs: readonly ValueDescription[];
  readonly outputs: readonly ValueDescription[];
}

// Opset 20 (IR version 9) has every operator we use; ONNX Runtime's own ones are in version 1 of com.microsoft.
const IR_VERSION = 9;
const OPSETS = [
  { domain: '', version: 20 },
  { domain: 'com.microsoft', version: 1 },
];

const field = (id: number, type: string): protobuf.IField => ({ id, type });
const repeated = (id: number, type: string): protobuf.IField => ({ id, type, rule: 'repeated' });

// The part of onnx.proto that our models need; field numbers are those of onnx.proto3.
const schema = protobuf.Root.fromJSON({
  nested: {
    Tensor: {
      fields: {
        dims: repeated(1, 'int64'),
        dataType: field(2, 'int32'),
        name: field(8, 'string'),
        rawData: field(9, 'bytes'),
      },
    },
    Attribute: {
      fields: {
        name: field(1, 'string'),
        f: field(2, 'float'),
        i: field(3, 'int64'),
        g: field(6, 'Graph'),
        ints: repeated(8, 'int64'),
        type: field(20, 'int32'),
      },
    },
    Node: {
      fields: {
        input: repeated(1, 'string'),
        output: repeated(2, 'string'),
        opType: field(4, 'string'),
        attribute: repeated(5, 'Attribute'),
        domain: field(7, 'string'),
      },
    },
    Dimension: { fields: { dimValue: field(1, 'int64'), dimParam: field(2, 'string') } },
    Shape: { fields: { dim: repeated(1, 'Dimension') } },
    TensorType: { fields: { elemType: field(1, 'int32'), shape: field(2, 'Shape') } },
    Type: { fields: { tensorType: field(1, 'TensorType') } },
    ValueInfo: { fields: { name: field(1, 'string'), type: field(2, 'Type') } },
    Graph: {
      fields: {
        node: repeated(1, 'Node'),
        name: field(2, 'string'),
        initializer: repeated(5, 'Tensor'),
        input: repeated(11, 'ValueInfo'),
        output: repeated(12, 'ValueInfo'),
      },
    },
    Property: { fields: { key: field(1, 'string'), value: field(2, 'string') } },
    Opset: { fields: { domain: field(1, 'string'), version: field(2, 'int64') } },
    Model: {
      fields: {
        irVersion: field(1, 'int64'),
        producerName: field(2, 'string'),
        graph: field(7, 'Graph'),
        opsetImport: repeated(8, 'Opset'),
        metadataProps: repeated(14, 'Property'),
      },
    },
  },
});
const modelType = schema.lookupType('Model');

/** The bytes of an ONNX model with this graph. */
export function encodeModel(graph: GraphDescription): Uint8Array {
  const message = { irVersion: IR_VERSION, opsetImport: OPSETS, graph: graphMessage(graph) };
  return modelType.encode(modelType.fromObject(message)).finish();
}

/**
 * The bytes of an ONNX model for other programs: only ONNX's own operators, of opset 17, which ONNX Runtime knows since
 * version 1.12 of 2022; with metadata. Lengths that are known only when it runs are all called `batch`.
 */
export function encodePortableModel(
  graph: GraphDescription,
  metadata: Readonly<Record<string, string>>,
): Uint8Array {
  const message = {
    irVersion: 8,
    producerName: 'sweep',
    opsetImport: [{ domain: '', version: 17 }],
    graph: graphMessage(graph, 'batch'),
    metadataProps: Object.entries(metadata).map(([key, value]) => ({ key, value })),
  };
  return modelType.encode(modelType.fromObject(message)).finish();
}

/** @param unknownLength one name for all lengths that are known only when the graph runs */
function graphMessage(graph: GraphDescription, unknownLength?: string): object {
  return {
    name: 'graph',
    node: graph.nodes.map(({ operator, domain, inputs, outputs, attributes }) => ({
      opType: operator,
      domain,
      input: inputs,
      output: outputs,
      attribute: Object.entries(attributes).map(([name, value]) => attributeMessage(name, value)),
    })),
    initializer: graph.constants.map(({ name, type, shape, bytes }) => ({
      name,
      dims: shape,
      dataType: ELEMENT_CODES[type],
      rawData: bytes,
    })),
    input: graph.inputs.map((value) => valueMessage(value, unknownLength)),
    output: graph.outputs.map((value) => valueMessage(value, unknownLength)),
  };
}

function attributeMessage(name: string, value: Attribute): object {
  if ('float' in value) return { name, f: value.float, type: ATTRIBUTE_CODES.float };
  if ('integer' in value) return { name, i: value.integer, type: ATTRIBUTE_CODES.integer };
  if ('integers' in value) return { name, ints: value.integers, type: ATTRIBUTE_CODES.integers };
  return { name, g: graphMessage(value.graph), type: ATTRIBUTE_CODES.graph };
}

function valueMessage({ name, type, shape }: ValueDescription, unknownLength?: string): object {
  const dim = shape.map((length, axis) =>
    length < 0 ? { dimParam: unknownLength ?? `${name}_${axis}` } : { dimValue: length },
  );
  return { name, type: { tensorType: { elemType: ELEMENT_CODES[type], shape: { dim } } } };
}

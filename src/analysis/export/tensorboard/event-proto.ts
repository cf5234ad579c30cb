import protobuf from 'protobufjs/light.js';

const field = (id: number, type: string): protobuf.IField => ({ id, type });
const repeated = (id: number, type: string): protobuf.IField => ({ id, type, rule: 'repeated' });
const stringMap = (id: number, type: string): protobuf.IMapField => ({
  id,
  type,
  keyType: 'string',
});

/**
 * The part of TensorBoard's messages that an export needs, with their field numbers: event.proto, summary.proto,
 * tensor.proto, tensor_shape.proto (tensorboard/compat/proto), api.proto and plugin_data.proto (plugins/hparams).
 */
const schema = protobuf.Root.fromJSON({
  nested: {
    Event: {
      fields: {
        wallTime: field(1, 'double'),
        step: field(2, 'int64'),
        fileVersion: field(3, 'string'),
        summary: field(5, 'Summary'),
      },
    },
    Summary: { fields: { value: repeated(1, 'SummaryValue') } },
    SummaryValue: {
      fields: {
        tag: field(1, 'string'),
        tensor: field(8, 'Tensor'),
        metadata: field(9, 'SummaryMetadata'),
      },
    },
    SummaryMetadata: {
      fields: { pluginData: field(1, 'PluginData'), dataClass: field(4, 'int32') },
    },
    PluginData: { fields: { pluginName: field(1, 'string'), content: field(2, 'bytes') } },
    Tensor: {
      fields: {
        dtype: field(1, 'int32'),
        tensorShape: field(2, 'TensorShape'),
        floatVal: repeated(5, 'float'),
        stringVal: repeated(8, 'bytes'),
      },
    },
    TensorShape: { fields: { dim: repeated(2, 'Dimension') } },
    Dimension: { fields: { size: field(1, 'int64') } },
    HParamsPluginData: {
      fields: {
        version: field(1, 'int32'),
        experiment: field(2, 'Experiment'),
        sessionStartInfo: field(3, 'SessionStartInfo'),
        sessionEndInfo: field(4, 'SessionEndInfo'),
      },
    },
    Experiment: {
      fields: {
        timeCreatedSecs: field(3, 'double'),
        hparamInfos: repeated(4, 'HParamInfo'),
        metricInfos: repeated(5, 'MetricInfo'),
        name: field(6, 'string'),
      },
    },
    HParamInfo: { fields: { name: field(1, 'string'), type: field(4, 'int32') } },
    MetricInfo: { fields: { name: field(1, 'MetricName') } },
    MetricName: { fields: { group: field(1, 'string'), tag: field(2, 'string') } },
    SessionStartInfo: {
      fields: {
        hparams: stringMap(1, 'Value'),
        startTimeSecs: field(5, 'double'),
      },
    },
    SessionEndInfo: { fields: { status: field(1, 'int32'), endTimeSecs: field(2, 'double') } },
    // google.protobuf.Value
    Value: {
      oneofs: { kind: { oneof: ['numberValue', 'stringValue', 'boolValue'] } },
      fields: {
        numberValue: field(2, 'double'),
        stringValue: field(3, 'string'),
        boolValue: field(4, 'bool'),
      },
    },
  },
});
const eventType = schema.lookupType('Event');
const hparamsType = schema.lookupType('HParamsPluginData');

/** `DataClass` of summary.proto. */
const DATA_CLASS = { scalar: 1, tensor: 2 } as const;
/** `DataType` of types.proto. */
const DATA_TYPE = { float: 1, string: 7 } as const;

/** One value of a summary, as TensorBoard's plugins take it. */
export interface SummaryValue {
  readonly tag: string;
  readonly tensor: object;
  readonly metadata: object;
}

/** A number; TensorBoard keeps it as float32. */
export function scalarValue(tag: string, value: number): SummaryValue {
  return {
    tag,
    tensor: { dtype: DATA_TYPE.float, tensorShape: {}, floatVal: [value] },
    metadata: { pluginData: { pluginName: 'scalars' }, dataClass: DATA_CLASS.scalar },
  };
}

/** Texts, each a row of a table; TensorBoard reads them as Markdown. */
export function textValue(tag: string, texts: readonly string[]): SummaryValue {
  return {
    tag,
    tensor: {
      dtype: DATA_TYPE.string,
      tensorShape: { dim: [{ size: texts.length }] },
      stringVal: texts.map((text) => Buffer.from(text)),
    },
    metadata: { pluginData: { pluginName: 'text' }, dataClass: DATA_CLASS.tensor },
  };
}

/** What the hparams plugin reads: the message is in the metadata, the tensor only has to be there. */
export function hparamsValue(
  kind: 'experiment' | 'sessionStartInfo' | 'sessionEndInfo',
  message: object,
): SummaryValue {
  const tags = {
    experiment: '_hparams_/experiment',
    sessionStartInfo: '_hparams_/session_start_info',
    sessionEndInfo: '_hparams_/session_end_info',
  };
  const content = hparamsType.encode(hparamsType.fromObject({ [kind]: message })).finish();
  return {
    tag: tags[kind],
    tensor: { dtype: DATA_TYPE.float, tensorShape: {}, floatVal: [0] },
    metadata: { pluginData: { pluginName: 'hparams', content }, dataClass: DATA_CLASS.tensor },
  };
}

/** @param wallTime seconds since 1970 */
export function encodeSummary(
  wallTime: number,
  step: number,
  values: readonly SummaryValue[],
): Uint8Array {
  return encodeEvent({ wallTime, step, summary: { value: values } });
}

/** The first event of every file. */
export function encodeFileVersion(wallTime: number): Uint8Array {
  return encodeEvent({ wallTime, fileVersion: 'brain.Event:2' });
}

function encodeEvent(event: object): Uint8Array {
  return eventType.encode(eventType.fromObject(event)).finish();
}

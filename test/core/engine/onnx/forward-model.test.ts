import { InferenceSession, Tensor } from 'onnxruntime-node';
import protobuf from 'protobufjs';
import { describe, expect, it } from 'vitest';
import { forwardModel } from '../../../../src/core/engine/onnx/forward-model.js';
import { createOnnxEngine } from '../../../../src/core/engine/onnx/onnx-engine.js';
import { initialiseParameters } from '../../../../src/core/model/initialise.js';
import { Generator } from '../../../../src/core/random/generator.js';
import { expectClose } from '../closeness.js';
import { golden } from '../golden.js';
import { tinyModel as model } from '../tiny-model.js';

/** Runs a model as any program would that knows nothing of this project. */
async function runPlainly(
  file: Uint8Array,
  tokens: Int32Array,
  texts: number,
): Promise<{ readonly values: Float32Array; readonly shape: readonly number[] }> {
  const session = await InferenceSession.create(file);
  expect([session.inputNames, session.outputNames]).toEqual([['tokens'], ['logProbabilities']]);
  const ids = BigInt64Array.from(tokens, (token) => BigInt(token));
  const input = new Tensor('int64', ids, [texts, tokens.length / texts]);
  const { logProbabilities } = await session.run({ tokens: input });
  const values = Float32Array.from(logProbabilities!.data as Float32Array);
  await session.release();
  return { values, shape: logProbabilities!.dims };
}

describe('the exported forward model', () => {
  it("gives PyTorch's log-probabilities", async () => {
    const { batch, parameters } = golden;
    const file = forwardModel({ model: golden.model, parameters, metadata: {} });
    const { values } = await runPlainly(file, batch.tokens, batch.texts);
    expectClose(values, golden.logProbabilities[1]);
  });

  it("gives the engine's log-probabilities for any number of texts", async () => {
    const parameters = initialiseParameters(model, 4);
    const file = forwardModel({ model, parameters, metadata: {} });
    const options = { model, optimizer: null, batchSize: 1, parameters, threads: 1 };
    const engine = await createOnnxEngine(options);
    const generator = Generator.fromSeed(2, 'texts');
    for (const texts of [1, 3, 40]) {
      const length = texts * model.tokens;
      const tokens = Int32Array.from({ length }, () => generator.integer(0, 28));
      const { values, shape } = await runPlainly(file, tokens, texts);
      expect(shape).toEqual([texts, model.tokens, 29]);
      expectClose(values, await engine.logProbabilities({ tokens, texts }, 1));
    }
    await engine.dispose();
  });

  it("uses only ONNX's own operators and carries its metadata", () => {
    const parameters = initialiseParameters(model, 4);
    const metadata = { run: '0123456789ab', vocabulary: '["a"]' };
    const file = forwardModel({ model, parameters, metadata });
    expect(decode(file)).toMatchObject({
      opsetImport: [{ version: 17 }],
      metadataProps: [
        { key: 'run', value: '0123456789ab' },
        { key: 'vocabulary', value: '["a"]' },
      ],
    });
    const nodes = decode(file).graph.node;
    expect(nodes.length).toBeGreaterThan(50);
    expect(nodes.filter(({ domain }) => domain !== undefined && domain !== '')).toEqual([]);
    expect(decode(file).graph.initializer.map(({ name }) => name)).toContain(
      'blocks.1.attn.q.weight',
    );
  });
});

// Written apart from the encoder, from onnx.proto.
const PROTO = `syntax = "proto3";
  message Node { repeated string input = 1; string op_type = 4; string domain = 7; }
  message Initializer { repeated int64 dims = 1; string name = 8; }
  message Graph { repeated Node node = 1; repeated Initializer initializer = 5; }
  message Opset { string domain = 1; int64 version = 2; }
  message Property { string key = 1; string value = 2; }
  message Model { Graph graph = 7; repeated Opset opset_import = 8; repeated Property metadata_props = 14; }`;

interface DecodedModel {
  readonly graph: {
    readonly node: readonly { readonly domain?: string }[];
    readonly initializer: readonly { readonly name: string }[];
  };
}

function decode(file: Uint8Array): DecodedModel {
  const type = protobuf.parse(PROTO).root.lookupType('Model');
  return type.toObject(type.decode(file), { longs: Number }) as DecodedModel;
}

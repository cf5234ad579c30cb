import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { runId, runKey } from '../../../src/core/config/run-key.js';
import { runConfigSchema } from '../../../src/core/config/run-schema.js';
import { parameterLayout } from '../../../src/core/model/layout.js';
import { decodeTensors } from '../../../src/core/run-folder/safetensors.js';
import { encodeTrainedModel } from '../../../src/core/trainer/decoder/export-model.js';
import { golden } from '../../core/engine/golden.js';

const fixture = new URL('../../fixtures/golden/arm-small.json', import.meta.url);
const { parameters: stateDict } = JSON.parse(readFileSync(fixture, 'utf8')) as {
  readonly parameters: Readonly<Record<string, unknown>>;
};

const config = runConfigSchema.parse({
  kind: 'train',
  model: golden.model,
  train: {},
  sample: {},
  dataset: { source: 'headlines' },
});
const key = runKey(config, 'd'.repeat(64));
const run = { id: runId(key), key, config };
const moments = new Float32Array(golden.parameters.length);
const trained = {
  model: golden.model,
  kind: 'best',
  trainedBy: run.id,
  checkpoint: {
    runKey: key,
    epoch: 4,
    step: 50,
    bestEpoch: 4,
    bestNll: 30.5,
    parameters: golden.parameters,
    firstMoments: moments,
    secondMoments: moments,
  },
} as const;

test('the safetensors file is the state_dict of the PyTorch model and nothing else', async () => {
  const file = await encodeTrainedModel('safetensors', run, trained);
  const { tensors, metadata } = decodeTensors(file, 'file');
  expect(tensors.map(({ name }) => name).sort()).toEqual(Object.keys(stateDict).sort());
  for (const { name, shape, values } of tensors) {
    expect(shape, name).toEqual(shapeOf(stateDict[name]));
    const { offset, size } = parameterLayout(golden.model).find((spec) => spec.name === name)!;
    expect(values, name).toEqual(golden.parameters.slice(offset, offset + size));
  }
  expect(metadata).toMatchObject({
    format: 'pt',
    run: run.id,
    key,
    epoch: '4',
    checkpoint: 'best',
  });
  expect(JSON.parse(metadata['configuration']!)).toEqual(config);
  const vocabulary = JSON.parse(metadata['vocabulary']!) as string[];
  expect(vocabulary).toHaveLength(29);
  expect([0, 1, 26, 27, 28].map((symbol) => vocabulary[symbol])).toEqual([
    '<pad>',
    'a',
    'z',
    ' ',
    '<cls>',
  ]);
});

test('the onnx file names the run in its metadata', async () => {
  const file = Buffer.from(await encodeTrainedModel('onnx', run, trained));
  expect(file.includes('com.microsoft')).toBe(false);
  for (const text of [run.id, key, JSON.stringify(config), '"<cls>"'])
    expect(file.includes(text), text).toBe(true);
});

function shapeOf(nested: unknown): number[] {
  return Array.isArray(nested) ? [nested.length, ...shapeOf(nested[0])] : [];
}

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { modelSchema } from '../../../src/core/config/run-schema.js';
import { initialiseParameters } from '../../../src/core/model/initialise.js';
import { parameterCount } from '../../../src/core/model/parameter-count.js';
import { readCheckpoint } from '../../../src/core/run-folder/checkpoint.js';
import { decodeTensors } from '../../../src/core/run-folder/safetensors.js';
import { writeCheckpoint } from '../../support/write-checkpoint.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const model = modelSchema.parse({ tokens: 6, embedding: 4, neurons: 2, heads: 2, blocks: 1 });
const runKey = 'a'.repeat(64);

function someCheckpoint() {
  const size = parameterCount(model);
  return {
    runKey,
    epoch: 3,
    step: 40,
    bestEpoch: 2,
    bestNll: 12.345678901234567,
    parameters: initialiseParameters(model, 1),
    firstMoments: new Float32Array(size).fill(0.25),
    secondMoments: new Float32Array(size).fill(1e-12),
  };
}

test('a checkpoint reads back bit for bit', () => {
  const path = join(temporaryFolder(), 'checkpoint.safetensors');
  const written = writeCheckpoint(path, model, someCheckpoint());
  expect(readCheckpoint(path, model, runKey)).toMatchObject(someCheckpoint());
  expect(written.bytes).toBe(readFileSync(path).byteLength);
});

test('parameters have the names and shapes of a PyTorch state_dict', () => {
  const path = join(temporaryFolder(), 'checkpoint.safetensors');
  writeCheckpoint(path, model, someCheckpoint());
  const { tensors } = decodeTensors(readFileSync(path), path);
  const shapes = new Map(tensors.map(({ name, shape }) => [name, shape]));
  expect(shapes.get('blocks.0.mlp1.weight')).toEqual([8, 4]);
  expect(shapes.get('emb.weight')).toEqual([29, 4]);
  expect(shapes.get('adamw.first.out.bias')).toEqual([29]);
});

test('no temporary file is left beside a checkpoint', () => {
  const folder = temporaryFolder();
  writeCheckpoint(join(folder, 'checkpoint.safetensors'), model, someCheckpoint());
  expect(readdirSync(folder)).toEqual(['checkpoint.safetensors']);
});

test('a checkpoint of another run is refused', () => {
  const path = join(temporaryFolder(), 'checkpoint.safetensors');
  writeCheckpoint(path, model, someCheckpoint());
  expect(() => readCheckpoint(path, model, 'b'.repeat(64))).toThrow(
    `${path}  the checkpoint belongs to another run`,
  );
});

test('a checkpoint of another model is refused', () => {
  const path = join(temporaryFolder(), 'checkpoint.safetensors');
  writeCheckpoint(path, model, someCheckpoint());
  expect(() => readCheckpoint(path, { ...model, embedding: 8 }, runKey)).toThrow(
    "the checkpoint has no emb.weight of this model's size",
  );
});

test.each([
  ['empty', 0],
  ['cut in the header', 20],
  ['cut in the data', 4000],
])('a checkpoint that is %s is refused', (_, bytes) => {
  const path = join(temporaryFolder(), 'checkpoint.safetensors');
  writeCheckpoint(path, model, someCheckpoint());
  writeFileSync(path, readFileSync(path).subarray(0, bytes));
  expect(() => readCheckpoint(path, model, runKey)).toThrow('the checkpoint cannot be read');
});

test('a missing checkpoint is refused with its path', () => {
  const path = join(temporaryFolder(), 'none.safetensors');
  expect(() => readCheckpoint(path, model, runKey)).toThrow(
    `${path}  the checkpoint cannot be read`,
  );
});

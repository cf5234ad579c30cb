import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import { sharedTemporaryFolder } from '../support/temporary-folder.js';
import { tinyWorkspace, TINY } from './sweep-program.js';

const PYTORCH_SCRIPT = fileURLToPath(new URL('../../docs/pytorch/load_run.py', import.meta.url));

interface RunDocument {
  readonly run: {
    readonly id: string;
    readonly bestEpoch: number;
    readonly bestValNll: number;
    readonly bestValTop1: number;
    readonly parameters: number;
  };
}

/** The two trained models of the tiny sweep, with two blocks each. */
const workspace = tinyWorkspace(TINY.replace('blocks: 1', 'blocks: 2'), sharedTemporaryFolder());
beforeAll(async () => {
  const { exitCode, stderr } = await workspace.sweep('run', 'tiny.yaml');
  expect(exitCode, stderr).toBe(0);
});

test('texts are sampled from both checkpoints of a run', async () => {
  const sampled = await workspace.sweep('sample', 'wide', '--prompt', 'anna ', '--count', '11');
  expect(sampled.stderr).toMatch(
    /^wide \([0-9a-f]{12}\), best checkpoint, epoch \d, temperature 1, seed 1$/,
  );
  const lines = sampled.stdout.split('\n');
  expect(lines).toHaveLength(11);
  for (const line of lines) expect(line).toMatch(/^anna /);

  const options = ['--checkpoint', 'last', '--temperature', '0.5', '--count', '2', '--seed', '7'];
  const document = await workspace.json('sample', 'tiny/small', ...options);
  expect(document).toMatchObject({
    version: 1,
    kind: 'texts',
    run: { name: 'small' },
    checkpoint: { kind: 'last', epoch: 2 },
    temperature: 0.5,
    seed: 7,
    prompt: '',
    texts: [expect.any(String), expect.any(String)] as string[],
  });
  expect(await workspace.json('sample', 'tiny/small', ...options)).toEqual(document);

  const missing = await workspace.sweep('sample', 'wide', '--epoch', '77');
  expect(missing.stderr).toMatch(
    /there is no checkpoint of epoch 77[^]*There is: best \(epoch \d\)/,
  );

  const wrong = await workspace.sweep('sample', 'wide', '--prompt', 'a-b');
  expect(wrong).toMatchObject({ stdout: '', exitCode: 2 });
  expect(wrong.stderr).toContain('(got "-" at character 2)');
  const none = await workspace.sweep('sample', 'wide', '--count', 'some');
  expect(none.stderr).toContain('It must be a positive integer.');
});

test('a model is exported, and a file is not overwritten unless that is asked for', async () => {
  const { run } = await workspace.json<RunDocument>('show', 'small');
  const first = await workspace.sweep('export', 'small', '--to', 'onnx');
  expect(first).toMatchObject({ stdout: `${run.id}.onnx`, exitCode: 0 });
  const content = workspace.read(`${run.id}.onnx`);

  const options = ['--to', 'safetensors', '--out', `${run.id}.onnx`];
  const second = await workspace.sweep('export', 'small', ...options);
  expect(second.exitCode).toBe(2);
  expect(second.stderr).toContain(`${run.id}.onnx  the file exists already`);
  expect(workspace.read(`${run.id}.onnx`)).toBe(content);
  expect((await workspace.sweep('export', 'small', ...options, '--force')).exitCode).toBe(0);
  expect(workspace.read(`${run.id}.onnx`)).not.toBe(content);

  const texts = await workspace.sweep('export', 'small', '--to', 'texts', '--split', 'test');
  expect(texts.stderr).toContain('12 texts of the split test');
  expect(workspace.read(`${run.id}-test.txt`).trimEnd().split('\n')).toHaveLength(12);
  const before = workspace.read('texts.txt');
  workspace.write('texts.txt', 'other\ntexts\nthan\nbefore\nfor the\nsplits\n'.repeat(9));
  const changed = await workspace.sweep('export', 'small', '--to', 'texts', '--force');
  workspace.write('texts.txt', before);
  expect(changed.exitCode).toBe(2);
  expect(changed.stderr).toContain('the texts are no longer those that the run used');
});

test('PyTorch loads an exported model and computes the same validation scores', async (context) => {
  const python = pythonWithTorch();
  if (python === null) {
    context.skip('there is no python3 with PyTorch');
    return;
  }
  const { run } = await workspace.json<RunDocument>('show', 'wide');
  await workspace.sweep('export', 'wide', '--to', 'safetensors', '--out', 'model.safetensors');
  await workspace.sweep('export', 'wide', '--to', 'texts', '--split', 'val', '--out', 'val.txt');
  const files = ['model.safetensors', 'val.txt'].map((name) => join(workspace.folder, name));
  const output = execFileSync(python, [PYTORCH_SCRIPT, ...files], { encoding: 'utf8' });
  const scores = JSON.parse(output) as { readonly nll: number; readonly top1: number };
  expect(scores).toMatchObject({ run: run.id, epoch: run.bestEpoch, parameters: run.parameters });
  expect(Math.abs(scores.nll - run.bestValNll)).toBeLessThan(1e-4);
  expect(Math.abs(scores.top1 - run.bestValTop1)).toBeLessThan(1e-6);
});

/** The first python3 that can import PyTorch; the system's may have it when an environment's has not. */
function pythonWithTorch(): string | null {
  for (const python of ['python3', '/usr/bin/python3']) {
    try {
      execFileSync(python, ['-c', 'import torch'], { stdio: 'ignore' });
      return python;
    } catch {
      continue;
    }
  }
  return null;
}

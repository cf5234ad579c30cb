import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readNvidiaGpus } from '../../../src/sweeps/launchers/nvidia-smi.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

/** A program that stands for nvidia-smi. */
function fake(script: string): string {
  const file = join(temporaryFolder(), 'nvidia-smi');
  writeFileSync(file, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return file;
}

const NEVER = new AbortController().signal;

test('nvidia-smi is asked for the fields that are read', async () => {
  const program = fake(`
    test "$*" = '--query-gpu=index,utilization.gpu,memory.used,memory.total --format=csv,noheader,nounits' || exit 2
    echo '0, 50, 1, 2'`);
  expect(await readNvidiaGpus(NEVER, program)).toMatchObject([{ name: '0', busy: 0.5 }]);
});

test.each([
  ['is missing', () => '/nowhere/nvidia-smi', 'nvidia-smi is missing'],
  ['finds no driver', () => fake('exit 9'), 'nvidia-smi ends with exit code 9'],
  ['says something else', () => fake('echo hello'), 'nvidia-smi says something else'],
])('one that %s is told in a few words', async (_, program, message) => {
  await expect(readNvidiaGpus(NEVER, program())).rejects.toThrow(message);
});

test('the question ends when nobody wants the answer any more', async () => {
  const asked = new AbortController();
  const answer = readNvidiaGpus(asked.signal, fake('exec sleep 600'));
  asked.abort();
  await expect(answer).rejects.toThrow();
});

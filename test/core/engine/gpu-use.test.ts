import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseNvidiaSmi, readAmdGpus } from '../../../src/core/engine/gpu-use.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

test('nvidia-smi tells percent and MiB, a line for each GPU', () => {
  expect(parseNvidiaSmi('0, 97, 41234, 81559\n1, 0, 4, 81559\n')).toEqual([
    {
      name: '0',
      busy: 0.97,
      memoryUsedBytes: 41_234 * 1_048_576,
      memoryTotalBytes: 81_559 * 1_048_576,
    },
    { name: '1', busy: 0, memoryUsedBytes: 4_194_304, memoryTotalBytes: 81_559 * 1_048_576 },
  ]);
});

test('what a GPU does not tell is null, and no GPU is none', () => {
  expect(parseNvidiaSmi('0, [N/A], [Not Supported], 24564\n')).toEqual([
    { name: '0', busy: null, memoryUsedBytes: null, memoryTotalBytes: 24_564 * 1_048_576 },
  ]);
  expect(parseNvidiaSmi('\n')).toEqual([]);
});

test('another text than the one that was asked for is refused', () => {
  expect(() => parseNvidiaSmi('NVIDIA-SMI has failed because it could not talk to it')).toThrow();
});

test('amdgpu tells its use in files; other cards and connectors are none', () => {
  const folder = temporaryFolder();
  const card = (name: string, files: Record<string, string>): void => {
    mkdirSync(join(folder, name, 'device'), { recursive: true });
    for (const [file, text] of Object.entries(files))
      writeFileSync(join(folder, name, 'device', file), text);
  };
  card('card10', { gpu_busy_percent: '7\n' });
  card('card2', {
    ...{ gpu_busy_percent: '43\n', mem_info_vram_used: '1000\n', mem_info_vram_total: '8000\n' },
  });
  card('card0', { vendor: '0x8086\n' });
  card('card2-DP-1', { gpu_busy_percent: '1\n' });
  expect(readAmdGpus(folder)).toEqual([
    { name: '2', busy: 0.43, memoryUsedBytes: 1000, memoryTotalBytes: 8000 },
    { name: '10', busy: 0.07, memoryUsedBytes: null, memoryTotalBytes: null },
  ]);
  expect(readAmdGpus(join(folder, 'none'))).toEqual([]);
});

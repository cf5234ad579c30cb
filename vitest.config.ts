import { tmpdir } from 'node:os';
import { defineConfig } from 'vitest/config';

// WebGPU without a GPU: SwiftShader as Debian's chromium package ships it. The dynamic loader reads its path when a
// process starts, so these tests have processes of their own.
const SWIFT_SHADER = '/usr/lib/chromium';

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: ['test/e2e/**', 'test/chaos/**', 'test/**/*.webgpu.test.ts'],
          testTimeout: 30_000,
          env: { NO_COLOR: '1' }, // vitest hands FORCE_COLOR to its processes on CI
        },
      },
      {
        test: {
          name: 'webgpu',
          include: ['test/**/*.webgpu.test.ts'],
          testTimeout: 120_000, // compiling shaders for a processor takes its time
          env: {
            LD_LIBRARY_PATH: SWIFT_SHADER,
            VK_DRIVER_FILES: `${SWIFT_SHADER}/vk_swiftshader_icd.json`,
            VK_ICD_FILENAMES: `${SWIFT_SHADER}/vk_swiftshader_icd.json`,
            XDG_RUNTIME_DIR: tmpdir(),
          },
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          testTimeout: 180_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: 'chaos',
          include: ['test/chaos/**/*.test.ts'],
          hookTimeout: 180_000,
        },
      },
    ],
  },
});

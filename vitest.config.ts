import { availableParallelism, tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

// WebGPU without a GPU: SwiftShader as Debian's chromium package ships it. The dynamic loader reads its path when a
// process starts, so these tests have processes of their own.
const SWIFT_SHADER = '/usr/lib/chromium';

const DIST = fileURLToPath(new URL('dist/', import.meta.url));

export default defineConfig({
  test: {
    // Vitest leaves a core to itself, which is half of a machine with two.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // They begin in the order of their names: built, chaos, e2e and gpu have the long files, unit fills what is left.
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: ['test/e2e/**', 'test/chaos/**', 'test/**/*.{webgpu,built}.test.ts'],
          isolate: false, // loading the same modules for each of a hundred files took most of the time
          testTimeout: 30_000,
          hookTimeout: 30_000,
          env: { NO_COLOR: '1' }, // vitest hands FORCE_COLOR to its processes on CI
        },
      },
      {
        // Starting a thread from source loads the TypeScript compiler into it; these tests start many.
        resolve: { alias: [{ find: /^(?:\.\.\/)+src\//, replacement: DIST }] },
        test: {
          name: 'built',
          include: ['test/**/*.built.test.ts'],
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'gpu',
          include: ['test/**/*.webgpu.test.ts'],
          hookTimeout: 120_000,
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
          globalSetup: 'test/e2e/train-once.ts',
          testTimeout: 180_000,
          hookTimeout: 180_000, // some train a model
          // They start real programs beside each other, and a machine of CI may stand still for seconds. A test that
          // needed its second try is printed with `(retry x1)`, and is a bug to be found. Not for a local run.
          retry: Number(process.env['SWEEP_E2E_RETRY'] ?? 0),
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

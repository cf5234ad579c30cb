import { describe, expect, it } from 'vitest';
import { probeOnnxProvider } from '../../../../src/core/engine/onnx/probe.js';
import { adapterOfDrivers } from '../../../../src/core/engine/onnx/providers/webgpu.js';

describe('probeOnnxProvider', () => {
  it('finds the CPU usable', async () => {
    expect(await probeOnnxProvider('cpu')).toEqual({ usable: true });
  });

  it.each(['cuda', 'webgpu'] as const)(
    'says in one line why %s is not usable',
    async (provider) => {
      const result = await probeOnnxProvider(provider);
      if (result.usable) return; // this machine has one
      expect(result.reason).toMatch(/^[^\n]*(CUDA|WebGPU)[^\n]+$/);
      expect(result.fix).toMatch(/^[^\n]+$/);
    },
  );
});

describe('adapterOfDrivers', () => {
  const line = (library: string): string => `7f00-7f01 r-xp 00000000 00:01 5  ${library}\n`;
  const swiftShader = line('/usr/lib/chromium/libvk_swiftshader.so');
  const llvmpipe = line('/usr/lib/x86_64-linux-gnu/libvulkan_lvp.so');

  it.each([
    ['SwiftShader', swiftShader, true],
    ['llvmpipe', llvmpipe, true],
    ['NVIDIA, Vulkan', llvmpipe + line('/usr/lib/libGLX_nvidia.so.0'), false],
    ['AMD, Vulkan', line('/usr/lib/libvulkan_radeon.so') + llvmpipe, false],
    ['Intel, Vulkan', line('/usr/lib/libvulkan_intel.so'), false],
    ['unknown', line('/usr/lib/libc.so.6'), false],
  ])('is %s', (name, maps, isSoftware) => {
    expect(adapterOfDrivers(maps)).toEqual({ name, isSoftware });
  });
});

import { expect, test } from 'vitest';
import { isDeviceLost } from '../../../src/core/engine/device-lost.js';

test.each([
  'WebGPU device lost(2): Device was destroyed.',
  'The device is lost.',
  'CUDA failure 719: unspecified launch failure ; GPU=0',
  'CUDA_ERROR_ILLEGAL_ADDRESS: an illegal memory access was encountered',
  'vkQueueSubmit failed with VK_ERROR_DEVICE_LOST',
])('%s says that the device is gone', (message) => {
  expect(isDeviceLost(message)).toBe(true);
});

test.each([
  'CUDA failure 2: out of memory ; GPU=0',
  'cudaErrorMemoryAllocation: out of memory',
  "Cannot read properties of undefined (reading 'device')",
  'the loss is not a number',
])('%s does not', (message) => {
  expect(isDeviceLost(message)).toBe(false);
});

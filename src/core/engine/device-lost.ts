/** What drivers and runtimes say when a device is gone: WebGPU and Direct3D, Vulkan, CUDA. */
const LOST = [
  /\bdevice (is |was |has been )?(lost|removed|hung)\b/i,
  /\b(VK_ERROR_DEVICE_LOST|DXGI_ERROR_DEVICE_(REMOVED|HUNG|RESET))\b/,
  /\bCUDA(_ERROR| error| failure)/i,
  /\bcudaError[A-Z]/,
];

/** Too large a model is no lost device: it will not fit the next time either. */
const OUT_OF_MEMORY = /out of memory|cudaErrorMemoryAllocation/i;

/** Whether an error says that the device it computed on has gone, which a new process may find again. */
export function isDeviceLost(message: string): boolean {
  return LOST.some((pattern) => pattern.test(message)) && !OUT_OF_MEMORY.test(message);
}

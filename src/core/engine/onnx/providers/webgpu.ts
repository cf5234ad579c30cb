import { readFileSync } from 'node:fs';
import { InferenceSession } from 'onnxruntime-node';
import { SweepError, messageOf } from '../../../errors.js';
import { Graph, type GraphOptions } from '../graph.js';

/** What graphs may contain so that no node of them is computed on the CPU; they must have no `Loop` either. */
export const WEBGPU_DIALECT: GraphOptions = {
  fusedMatMul: false,
  logSoftmax: false,
  argMax: false,
  largestGroup: 8, // a shader binds at most 12 storage buffers
};

/** What computes behind WebGPU. */
export interface Adapter {
  /** Such as `NVIDIA, Vulkan`. */
  readonly name: string;
  /** It computes on the CPU. */
  readonly isSoftware: boolean;
}

/**
 * A session on WebGPU.
 *
 * @param onDevice outputs that stay on the device; never call `getData` on them, which aborts the process
 */
export function createWebgpuSession(
  model: Uint8Array,
  onDevice: readonly string[] = [],
): Promise<InferenceSession> {
  return InferenceSession.create(model, {
    executionProviders: ['webgpu'],
    graphOptimizationLevel: 'all',
    logSeverityLevel: 3, // errors only
    preferredOutputLocation: Object.fromEntries(onDevice.map((name) => [name, 'gpu-buffer'])),
  });
}

/**
 * The adapter that WebGPU computes on.
 *
 * @throws SweepError `unavailable` when there is none, or only a software adapter and that is not accepted
 */
export async function requireAdapter({
  allowSoftware,
}: {
  readonly allowSoftware: boolean;
}): Promise<Adapter> {
  const adapter = await openAdapter();
  if (adapter.isSoftware && !allowSoftware) {
    throw new SweepError('unavailable', {
      message: `WebGPU has only a software adapter here (${adapter.name})`,
      fix: 'Install the Vulkan driver of the GPU, or ask for webgpu:software by name.',
    });
  }
  return adapter;
}

// Compiled shaders live as long as some session: this one is kept until the process ends.
let keeper: InferenceSession | undefined;

async function openAdapter(): Promise<Adapter> {
  try {
    const graph = new Graph();
    graph.output(graph.input([1], 'float32', 'input'), 'output');
    keeper ??= await createWebgpuSession(graph.encode());
  } catch (cause) {
    const message = `WebGPU does not work here: ${reasonOf(messageOf(cause))}`;
    const fix = 'Install a GPU driver with Vulkan (and libvulkan.so.1), Metal or Direct3D 12.';
    throw new SweepError('unavailable', { message, fix }, { cause });
  }
  return process.platform === 'linux'
    ? adapterOfDrivers(readFileSync('/proc/self/maps', 'utf8'))
    : { name: process.platform === 'darwin' ? 'Metal' : 'Direct3D 12', isSoftware: false };
}

const HARDWARE_DRIVERS = [
  [/libGLX_nvidia|libnvidia-/, 'NVIDIA, Vulkan'],
  [/libvulkan_radeon|amdvlk/, 'AMD, Vulkan'],
  [/libvulkan_intel/, 'Intel, Vulkan'],
  [/libvulkan_\w+/, 'Vulkan'],
] as const;
const SOFTWARE_DRIVERS = [
  [/libvk_swiftshader/, 'SwiftShader'],
  [/libvulkan_lvp/, 'llvmpipe'],
] as const;

/**
 * The adapter by the Vulkan drivers that are loaded: the Node binding of ONNX Runtime does not tell its name. Dawn
 * prefers hardware, so a software driver counts only when no other is there.
 *
 * @param maps the process's memory map, as in `/proc/self/maps`
 */
export function adapterOfDrivers(maps: string): Adapter {
  const software = SOFTWARE_DRIVERS.find(([pattern]) => pattern.test(maps));
  const others = SOFTWARE_DRIVERS.reduce((rest, [pattern]) => {
    return rest.replaceAll(new RegExp(pattern, 'g'), '');
  }, maps);
  const hardware = HARDWARE_DRIVERS.find(([pattern]) => pattern.test(others));
  if (hardware !== undefined) return { name: hardware[1], isSoftware: false };
  if (software !== undefined) return { name: software[1], isSoftware: true };
  return { name: 'unknown', isSoftware: false };
}

/** The end of ONNX Runtime's message, without the place in its source. */
function reasonOf(message: string): string {
  const [line = message] = message.split('\n');
  return line.split('was false. ').at(-1)!.trim();
}

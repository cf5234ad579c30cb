import * as tf from '@tensorflow/tfjs-core';
import { z } from 'zod';
import { hasCode, messageOf, SweepError } from '../../errors.js';
import { registerGradients } from './gradients.js';

/** The pure-JavaScript backend, or TensorFlow with CUDA by `@tensorflow/tfjs-node-gpu`. */
export type TfjsBackend = 'javascript' | 'node-gpu';

const NODE_GPU = '@tensorflow/tfjs-node-gpu';

/**
 * Makes a backend the current one: tfjs has one per process.
 *
 * @param gpu index of the GPU for node-gpu; the first call that loads it decides
 * @returns the version of the library, such as `tfjs 4.22.0`
 * @throws SweepError `unavailable` with the reason in one line
 */
export async function loadBackend(backend: TfjsBackend, gpu: number | null): Promise<string> {
  tf.env().set('PROD', true); // without it tfjs advertises its other packages on stderr
  if (backend === 'javascript') {
    await import('@tensorflow/tfjs-backend-cpu');
    await useBackend('cpu');
  } else {
    await importNodeGpu(gpu);
    await useBackend('tensorflow');
  }
  registerGradients();
  return `tfjs ${tf.version_core}`;
}

async function useBackend(name: string): Promise<void> {
  if (!(await tf.setBackend(name))) throw unavailable(`its backend ${name} cannot be initialised`);
}

/** Loads TensorFlow's native library with one GPU visible to it. */
async function importNodeGpu(gpu: number | null): Promise<void> {
  // CUDA reads it once, when the library is loaded
  if (gpu !== null) process.env['CUDA_VISIBLE_DEVICES'] = visibleDevice(gpu);
  process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '2'; // errors only
  try {
    // a variable, because the package may be absent where this is compiled
    const specifier: string = NODE_GPU;
    await import(specifier);
  } catch (error) {
    throw unavailable(loadingReason(error), error);
  }
  const native = z
    .object({ isUsingGpuDevice: z.boolean() })
    .safeParse(tf.findBackend('tensorflow'));
  if (native.data?.isUsingGpuDevice !== true)
    throw unavailable('TensorFlow sees no GPU: CUDA 11 and cuDNN 8 are needed beside the driver');
}

/** The name of the n-th GPU among those that this process may use. */
function visibleDevice(gpu: number): string {
  const names = process.env['CUDA_VISIBLE_DEVICES']?.split(',') ?? [];
  return names[gpu] ?? `${gpu}`;
}

/** Why the package cannot be loaded, in one line. */
export function loadingReason(error: unknown): string {
  const message = messageOf(error);
  if (hasCode(error, 'ERR_MODULE_NOT_FOUND')) return 'the package is not installed';
  if (/tfjs_binding\.node\) can not be found/.test(message))
    return 'its native library is missing: it was not downloaded or built at installation';
  const library = /^(\S+\.so[.\d]*): cannot open shared object file/.exec(message)?.[1];
  if (library !== undefined)
    return `the library ${library} is missing: CUDA 11 and cuDNN 8 are needed`;
  if (/NODE_MODULE_VERSION|compiled against a different Node/.test(message))
    return `its native library is for another version of Node than ${process.versions.node}`;
  if (/is not a function/.test(message))
    return `it does not work with Node ${process.versions.node}: ${firstLine(message)}`;
  return firstLine(message);
}

function firstLine(message: string): string {
  return message.split('\n', 1).join('').trim();
}

function unavailable(reason: string, cause?: unknown): SweepError {
  return new SweepError(
    'unavailable',
    {
      message: `${NODE_GPU} cannot be used: ${reason}`,
      fix: 'See docs/devices.md for what it needs, or leave the device out to take the best one.',
    },
    { cause },
  );
}

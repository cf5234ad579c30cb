import { quoteValue, SweepError } from '../errors.js';

/** What can be asked for; `auto` takes the first that works. */
export const DEVICE_NAMES = [
  'auto',
  'cpu',
  'webgpu',
  'webgpu:software',
  'cuda[:n]',
  'tfjs[:n]',
  'tfjs-cpu',
] as const;

/** Accepts every name of {@link DEVICE_NAMES}; n counts from 0. */
export const DEVICE_PATTERN = /^(auto|cpu|webgpu(:software)?|cuda(:\d+)?|tfjs(:\d+)?|tfjs-cpu)$/;

/** One device, or `gpu: null` for whichever of its kind. */
export type Device =
  | { readonly kind: 'cpu' }
  | { readonly kind: 'webgpu'; readonly isSoftware: boolean }
  | { readonly kind: 'cuda'; readonly gpu: number | null }
  | { readonly kind: 'tfjs'; readonly gpu: number | null }
  | { readonly kind: 'tfjs-cpu' };

/**
 * Reads the name of a device.
 *
 * @example parseDevice('cuda:1') // { kind: 'cuda', gpu: 1 }
 * @returns `auto` for the best one that works
 * @throws SweepError `unavailable` for a name that does not exist
 */
export function parseDevice(name: string): Device | 'auto' {
  if (!DEVICE_PATTERN.test(name))
    throw new SweepError('unavailable', {
      message: `device must be one of ${DEVICE_NAMES.join(', ')} (got ${quoteValue(name)})`,
      fix: 'Leave the device out to take the best one that works; `sweep doctor` says which do, and why not.',
    });
  const [kind, detail] = name.split(':');
  switch (kind) {
    case 'webgpu':
      return { kind, isSoftware: detail === 'software' };
    case 'cuda':
    case 'tfjs':
      return { kind, gpu: detail === undefined ? null : Number(detail) };
    case 'cpu':
    case 'tfjs-cpu':
      return { kind };
    default:
      return 'auto';
  }
}

/** The name that {@link parseDevice} reads. */
export function deviceName(device: Device): string {
  switch (device.kind) {
    case 'cpu':
    case 'tfjs-cpu':
      return device.kind;
    case 'webgpu':
      return device.isSoftware ? 'webgpu:software' : 'webgpu';
    case 'cuda':
    case 'tfjs':
      return device.gpu === null ? device.kind : `${device.kind}:${device.gpu}`;
  }
}

/** Whether a device computes elsewhere than on the processor, so that one run at a time has it. */
export function isGpu({ kind }: Device): boolean {
  return kind === 'webgpu' || kind === 'cuda' || kind === 'tfjs';
}

import { describe, expect, it } from 'vitest';
import { type Device, deviceName, parseDevice } from '../../../src/core/engine/devices.js';
import type { Probe } from '../../../src/core/engine/probe-device.js';
import { resolveDevices } from '../../../src/core/engine/resolve-devices.js';

const NO_GPU = { nvidiaGpus: 0, hasGraphics: false };
const ONE_GPU = { nvidiaGpus: 1, hasGraphics: true };
const THREE_GPUS = { nvidiaGpus: 3, hasGraphics: true };

describe('the name of a device', () => {
  it.each(['cpu', 'webgpu', 'webgpu:software', 'cuda', 'cuda:3', 'tfjs', 'tfjs:0', 'tfjs-cpu'])(
    '%s is read and written',
    (name) => {
      const device = parseDevice(name);
      expect(device === 'auto' ? device : deviceName(device)).toBe(name);
    },
  );

  it.each(['tpu', 'cuda:', 'cuda:-1', 'cpu:1', 'webgpu:1', ''])('%s is refused', (name) => {
    expect(() => parseDevice(name)).toThrow('device must be one of auto, cpu, webgpu');
  });
});

describe('auto', () => {
  it.each([
    ['cuda before anything else', ['cuda', 'webgpu', 'tfjs'], ONE_GPU, ['cuda']],
    ['webgpu where CUDA is not installed', ['webgpu', 'tfjs'], ONE_GPU, ['webgpu']],
    ['tfjs where only it works', ['tfjs'], ONE_GPU, ['tfjs']],
    ['the CPU where no GPU works', [], ONE_GPU, ['cpu']],
    ['each of several GPUs', ['cuda', 'webgpu'], THREE_GPUS, ['cuda:0', 'cuda:1', 'cuda:2']],
  ])('takes %s', async (_, working, hardware, expected) => {
    const devices = await resolveDevices('auto', { probe: probeOf(working), hardware });
    expect(devices.map(deviceName)).toEqual(expected);
  });

  it('opens no driver where no GPU is visible', async () => {
    const probe = (): Promise<Probe> => Promise.reject(new Error('a driver was opened'));
    expect(await resolveDevices('auto', { probe, hardware: NO_GPU })).toEqual([{ kind: 'cpu' }]);
  });
});

describe('a device by name', () => {
  const options = { probe: probeOf(['cuda', 'webgpu:software']), hardware: THREE_GPUS };

  it.each([
    ['cpu', ['cpu']],
    ['tfjs-cpu', ['tfjs-cpu']],
    ['cuda', ['cuda:0', 'cuda:1', 'cuda:2']],
    ['cuda:2', ['cuda:2']],
    ['webgpu:software', ['webgpu:software']],
  ])('%s stands for %j', async (name, expected) => {
    expect((await resolveDevices(name, options)).map(deviceName)).toEqual(expected);
  });

  it('that does not exist is answered with those that do, and what is absent', async () => {
    await expect(resolveDevices('tpu', { ...options, hardware: NO_GPU })).rejects.toMatchObject({
      code: 'unavailable',
      message: [
        'device must be one of auto, cpu, webgpu, webgpu:software, cuda[:n], tfjs[:n], tfjs-cpu (got "tpu")',
        '    Leave the device out to take the best one that works; `sweep doctor` says which do, and why not.',
        'device cuda  no NVIDIA GPU is visible (no /dev/nvidia0, or CUDA_VISIBLE_DEVICES hides it)',
        'device webgpu  no GPU is visible (no /dev/dri/renderD* and no /dev/nvidia*)',
        'device tfjs  no NVIDIA GPU is visible (no /dev/nvidia0, or CUDA_VISIBLE_DEVICES hides it)',
      ].join('\n'),
    });
  });

  it('fails with the reason and what to do when it does not work', async () => {
    await expect(resolveDevices('webgpu', options)).rejects.toMatchObject({
      code: 'unavailable',
      message: 'device webgpu  it is broken\n    Mend it. `sweep doctor` lists what works.',
    });
    await expect(resolveDevices('cuda:3', options)).rejects.toThrow(
      'device cuda:3  there is no GPU 3: the 3 visible ones count from 0',
    );
  });
});

/** Answers as if only these worked. */
function probeOf(working: readonly string[]): (device: Device) => Promise<Probe> {
  return (device) => {
    const name = deviceName(device);
    const isWorking = working.some(
      (one) => name === one || (name.startsWith(`${one}:`) && one !== 'webgpu'),
    );
    return Promise.resolve(
      isWorking ? { usable: true } : { usable: false, reason: 'it is broken', fix: 'Mend it.' },
    );
  };
}

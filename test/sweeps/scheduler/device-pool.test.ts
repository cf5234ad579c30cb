import { expect, test } from 'vitest';
import { type Device, deviceName } from '../../../src/core/engine/devices.js';
import { DevicePool } from '../../../src/sweeps/scheduler/device-pool.js';

const GPUS: readonly Device[] = [0, 1, 2].map((gpu) => ({ kind: 'cuda', gpu }));

test('each of several GPUs has one run, and the GPU that becomes free gets the next', async () => {
  const pool = new DevicePool(GPUS);
  const running = GPUS.map(() => start(pool));
  expect(running.map(({ name }) => name)).toEqual(['cuda:0', 'cuda:1', 'cuda:2']);
  await running[1]!.end();
  expect(start(pool).name).toBe('cuda:1');
});

test('more runs than GPUs share them evenly', () => {
  const pool = new DevicePool(GPUS);
  const names = Array.from({ length: 6 }, () => start(pool).name);
  expect(names).toEqual(['cuda:0', 'cuda:1', 'cuda:2', 'cuda:0', 'cuda:1', 'cuda:2']);
});

test('a run that fails gives its GPU back', async () => {
  const pool = new DevicePool(GPUS);
  await expect(pool.use(() => Promise.reject(new Error('out of memory')))).rejects.toThrow();
  expect(start(pool).name).toBe('cuda:0');
});

test('any number of runs have the processor together', () => {
  const pool = new DevicePool([{ kind: 'cpu' }]);
  expect([start(pool).name, start(pool).name]).toEqual(['cpu', 'cpu']);
});

/** Takes a device until `end` is called. */
function start(pool: DevicePool): { readonly name: string; readonly end: () => Promise<void> } {
  let name = '';
  let release: () => void = () => undefined;
  const done = pool.use((device) => {
    name = deviceName(device);
    return new Promise<void>((resolve) => {
      release = resolve;
    });
  });
  return {
    name,
    end: () => {
      release();
      return done;
    },
  };
}

import { describe, expect, it } from 'vitest';
import { lookForHardware, type System } from '../../../src/core/engine/hardware.js';

const NOTHING = { nvidiaGpus: 0, hasGraphics: false };

describe('lookForHardware', () => {
  it.each([
    ['nothing in /dev', linux(['null', 'tty']), NOTHING],
    ['no /dev that can be read', linux([]), NOTHING],
    [
      'an Intel or AMD GPU',
      linux(['dri'], ['card0', 'renderD128']),
      { ...NOTHING, hasGraphics: true },
    ],
    ['a display without a GPU', linux(['dri'], ['card0']), NOTHING],
    [
      'two NVIDIA GPUs beside the control device',
      linux(['nvidia0', 'nvidia1', 'nvidiactl', 'nvidia-uvm']),
      { nvidiaGpus: 2, hasGraphics: true },
    ],
    ['the GPU of Windows in WSL', linux(['dxg']), { nvidiaGpus: 1, hasGraphics: true }],
    ['macOS', { ...linux([]), platform: 'darwin' as const }, { ...NOTHING, hasGraphics: true }],
    ['Windows', { ...linux([]), platform: 'win32' as const }, { nvidiaGpus: 1, hasGraphics: true }],
  ])('sees %s', (_, system, expected) => {
    expect(lookForHardware(system)).toEqual(expected);
  });

  it.each([
    ['0', 1],
    ['1,2', 2],
    ['', 0],
    ['-1', 0],
    ['2,-1,0', 1],
    ['0,1,2,3', 3],
  ])('leaves what CUDA_VISIBLE_DEVICES=%s leaves of three GPUs', (visibleDevices, left) => {
    const system = { ...linux(['nvidia0', 'nvidia1', 'nvidia2']), visibleDevices };
    expect(lookForHardware(system).nvidiaGpus).toBe(left);
  });
});

function linux(devices: readonly string[], dri: readonly string[] = []): System {
  return {
    platform: 'linux',
    visibleDevices: undefined,
    list: (folder) => (folder === '/dev' ? devices : dri),
  };
}

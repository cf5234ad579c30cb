import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { probeInProcess } from '../../../src/sweeps/launchers/probe-process.js';

const BROKEN = 'Look at its driver, or choose another device with --device.';

describe('probeInProcess', () => {
  it('takes the last line that the process prints', async () => {
    expect(await probeWith('answer')).toEqual({
      usable: true,
      adapter: 'NVIDIA, Vulkan',
      tokensPerSecond: 123.5,
    });
  });

  it.each([
    ['a driver that crashes', 'crash', 'trying it ended the process with SIGSEGV'],
    ['an error', 'throw', 'trying it failed with exit code 1: Error: libfoo is broken'],
  ])('makes %s the reason', async (_, worker, reason) => {
    expect(await probeWith(worker)).toEqual({ usable: false, reason, fix: BROKEN });
  });

  it('ends a process that does not answer', async () => {
    expect(await probeWith('hang', 100)).toEqual({
      usable: false,
      reason: 'it did not answer within 0.1 s',
      fix: BROKEN,
    });
  });
});

function probeWith(name: string, timeoutMs = 20_000): ReturnType<typeof probeInProcess> {
  const url = new URL(`../../fixtures/probe-workers/${name}.mjs`, import.meta.url);
  return probeInProcess({ kind: 'cuda', gpu: 0 }, { worker: fileURLToPath(url), timeoutMs });
}

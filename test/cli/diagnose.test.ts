import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { formatDiagnosis } from '../../src/cli/commands/doctor.js';
import { type Diagnosis, diagnose } from '../../src/cli/diagnose.js';
import { deviceName } from '../../src/core/engine/devices.js';
import type { ProbeReport } from '../../src/core/engine/probe-report.js';

const CPU: ProbeReport = { usable: true, version: 'onnxruntime 1.30.0', tokensPerSecond: 24_000 };
const GPU: ProbeReport = { ...CPU, adapter: 'NVIDIA, Vulkan', tokensPerSecond: 250_000 };
const BROKEN: ProbeReport = { usable: false, reason: 'it crashes', fix: 'Renew the driver.' };

describe('diagnose', () => {
  it('tries every device once and says which ones auto takes', async () => {
    const tried: string[] = [];
    const diagnosis = await diagnoseWith({ cpu: CPU, webgpu: GPU, 'tfjs-cpu': CPU }, tried);
    expect(tried).toEqual(['cpu', 'cuda:0', 'cuda:1', 'webgpu', 'tfjs:0', 'tfjs:1', 'tfjs-cpu']);
    expect(diagnosis.auto).toEqual(['webgpu']);
    expect(diagnosis.devices.filter(({ usable }) => usable).map(({ name }) => name)).toEqual([
      'cpu',
      'webgpu',
      'tfjs-cpu',
    ]);
    expect(diagnosis.onnxruntime).toBe('onnxruntime 1.30.0');
  });

  it('says that auto takes each of several GPUs', async () => {
    const { auto } = await diagnoseWith({ cpu: CPU, 'cuda:0': GPU, 'cuda:1': GPU });
    expect(auto).toEqual(['cuda:0', 'cuda:1']);
  });

  it('has a document of version 1 with a reason for each device that does not work', async () => {
    const { version, kind, devices } = await diagnoseWith({ cpu: CPU });
    expect({ version, kind }).toEqual({ version: 1, kind: 'doctor' });
    expect(devices.find(({ name }) => name === 'webgpu')).toEqual({
      name: 'webgpu',
      usable: false,
      adapter: null,
      library: null,
      tokensPerSecond: null,
      reason: 'it crashes',
      fix: 'Renew the driver.',
    });
  });
});

describe('the text of sweep doctor', () => {
  it('shows the machine, the devices, and what to do about those that do not work', async () => {
    const text = stripVTControlCharacters(
      formatDiagnosis(await diagnoseWith({ cpu: CPU, webgpu: GPU })),
    );
    expect(text).toContain('onnxruntime 1.30.0, 4 cores, 16 GiB of memory');
    expect(text).toContain('webgpu    yes     250,000  onnxruntime 1.30.0, NVIDIA, Vulkan');
    expect(text).toContain('--device auto takes webgpu.');
    expect(text).toContain('cuda:1  it crashes\n    Renew the driver.');
  });
});

/** A diagnosis of a machine with two NVIDIA GPUs on which only some devices work. */
function diagnoseWith(
  working: Readonly<Record<string, ProbeReport>>,
  tried: string[] = [],
): Promise<Diagnosis> {
  return diagnose({
    hardware: { nvidiaGpus: 2, hasGraphics: true },
    machine: { cores: 4, memoryBytes: 16 * 2 ** 30 },
    resultsFolder: 'results',
    probe: (device) => Promise.resolve(working[deviceName(device)] ?? BROKEN),
    onDevice: (name) => tried.push(name),
  });
}

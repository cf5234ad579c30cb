import { accessSync, constants, existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { type Device, deviceName } from '../core/engine/devices.js';
import type { Hardware } from '../core/engine/hardware.js';
import type { ProbeReport } from '../core/engine/probe-report.js';
import { allOf, PREFERENCE, resolveDevices } from '../core/engine/resolve-devices.js';
import { messageOf } from '../core/errors.js';
import type { MachineResources } from '../core/engine/machine.js';

/** What {@link diagnose} looks at. */
export interface DiagnoseOptions {
  readonly hardware: Hardware;
  readonly machine: MachineResources;
  readonly resultsFolder: string;
  /** Tries a device and measures it. */
  readonly probe: (device: Device) => Promise<ProbeReport>;
  /** Hears the name of the device that is tried next. */
  readonly onDevice: (name: string) => void;
}

/** `sweep doctor --json`. */
export interface Diagnosis {
  readonly version: 1;
  readonly kind: 'doctor';
  readonly node: string;
  /** Such as `onnxruntime 1.30.0`; null when it cannot be loaded. */
  readonly onnxruntime: string | null;
  readonly cores: number;
  readonly memoryBytes: number;
  readonly results: {
    readonly folder: string;
    readonly writable: boolean;
    readonly reason: string | null;
  };
  /** What `--device auto` takes. */
  readonly auto: readonly string[];
  readonly devices: readonly DeviceDiagnosis[];
}

/** What there is to say of one device. */
export interface DeviceDiagnosis {
  readonly name: string;
  readonly usable: boolean;
  /** What computes there, where that is known. */
  readonly adapter: string | null;
  /** Library that computes there, with its version. */
  readonly library: string | null;
  /** Training speed on a small fixed model. */
  readonly tokensPerSecond: number | null;
  /** Why it is not usable, and what to do about it. */
  readonly reason: string | null;
  readonly fix: string | null;
}

/** Tries each device, one after the other so that they do not slow each other down. */
export async function diagnose(options: DiagnoseOptions): Promise<Diagnosis> {
  const { hardware, machine, probe, onDevice } = options;
  const reports = new Map<string, ProbeReport>();
  for (const device of allDevices(hardware)) {
    const name = deviceName(device);
    onDevice(name);
    reports.set(name, await probe(device));
  }
  const known = (device: Device): Promise<ProbeReport> => {
    const [first = device] = allOf(device, hardware);
    const report = reports.get(deviceName(first));
    return report === undefined ? probe(device) : Promise.resolve(report);
  };
  const auto = await resolveDevices('auto', { probe: known, hardware });
  const devices = [...reports].map(([name, report]) => describe(name, report));
  return {
    version: 1,
    kind: 'doctor',
    node: process.versions.node,
    onnxruntime: devices.find(({ name }) => name === 'cpu')?.library ?? null,
    ...machine,
    results: checkFolder(options.resultsFolder),
    auto: auto.map(deviceName),
    devices,
  };
}

function allDevices(hardware: Hardware): readonly Device[] {
  const gpus = PREFERENCE.flatMap((device) => allOf(device, hardware));
  return [{ kind: 'cpu' }, ...gpus, { kind: 'tfjs-cpu' }];
}

function describe(name: string, report: ProbeReport): DeviceDiagnosis {
  const { usable } = report;
  const nothing = { adapter: null, library: null, tokensPerSecond: null, reason: null, fix: null };
  if (!usable) return { ...nothing, name, usable, reason: report.reason, fix: report.fix };
  return {
    ...nothing,
    name,
    usable,
    adapter: report.adapter ?? null,
    library: report.version ?? null,
    tokensPerSecond: report.tokensPerSecond ?? null,
  };
}

/** Whether results can be written; the folder itself is made by the first run. */
function checkFolder(folder: string): Diagnosis['results'] {
  let existing = resolve(folder);
  while (!existsSync(existing) && dirname(existing) !== existing) existing = dirname(existing);
  try {
    accessSync(existing, constants.W_OK | constants.X_OK);
    return { folder, writable: true, reason: null };
  } catch (error) {
    return { folder, writable: false, reason: messageOf(error) };
  }
}

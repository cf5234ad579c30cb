import prettyBytes from 'pretty-bytes';
import type { GpuUse } from '../../core/engine/gpu-use.js';
import type { DeviceUse, MachineReading } from '../model/machine-watch.js';
import { formatCount, plainText } from '../text/format.js';
import { labelled, type Part } from '../text/spans.js';
import type { Theme } from '../theme.js';

/** What of this machine is in use: the whole of it, each GPU, and what the runs on each device take of it. */
export function machineParts(machine: MachineReading, theme: Theme): Part[] {
  const { cpu, memoryUsedBytes, memoryTotalBytes, gpus, devices } = machine;
  return [
    ...(cpu === null ? [] : [labelled('cpu', formatPercent(cpu))]),
    labelled('memory', `${prettyBytes(memoryUsedBytes)} of ${prettyBytes(memoryTotalBytes)}`),
    ...(gpus?.gpus ?? []).map((gpu) => labelled(`gpu ${plainText(gpu.name)}`, gpuText(gpu, theme))),
    ...(gpus === null || gpus.problem === null
      ? []
      : [labelled('gpu', `${theme.noValue} ${plainText(gpus.problem)}`)]),
    ...devices.map((device) => labelled(`on ${plainText(device.device)}`, deviceText(device))),
  ];
}

function gpuText({ busy, memoryUsedBytes, memoryTotalBytes }: GpuUse, theme: Theme): string {
  const words = [busy === null ? theme.noValue : formatPercent(busy)];
  if (memoryUsedBytes !== null && memoryTotalBytes !== null)
    words.push(`${prettyBytes(memoryUsedBytes)} of ${prettyBytes(memoryTotalBytes)}`);
  return words.join(' ');
}

function deviceText({ runs, cores, memoryBytes }: DeviceUse): string {
  const words = [`${formatCount(runs)} ${runs === 1 ? 'run' : 'runs'}`];
  if (cores !== null) words.push(formatCores(cores));
  if (memoryBytes !== null) words.push(prettyBytes(memoryBytes));
  return words.join(' ');
}

/** Processor time by time: `1.9 cores`. */
export function formatCores(cores: number): string {
  return `${cores.toFixed(1)} cores`;
}

function formatPercent(share: number): string {
  return `${Math.round(share * 100)}%`;
}

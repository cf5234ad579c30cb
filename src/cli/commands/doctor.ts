import { pc } from '../colors.js';
import prettyBytes from 'pretty-bytes';
import { lookForHardware } from '../../core/engine/hardware.js';
import { probeInProcess } from '../../sweeps/launchers/probe-process.js';
import { readMachine } from '../../core/engine/machine.js';
import { type DeviceDiagnosis, type Diagnosis, diagnose } from '../diagnose.js';
import { createStatusLine, print, printJson } from '../output.js';
import { plainText } from '../plain-text.js';
import { formatTable } from '../table.js';
import type { ResultsOptions } from '../results.js';

/** Options of `sweep doctor`. */
export interface DoctorOptions extends ResultsOptions {
  readonly json?: true | undefined;
}

/** `sweep doctor`: what works here, and what to do about the rest. */
export async function runDoctor({ results, json }: DoctorOptions): Promise<void> {
  const machine = readMachine();
  const status = createStatusLine();
  const diagnosis = await diagnose({
    hardware: lookForHardware(),
    machine,
    resultsFolder: results,
    probe: (device) => probeInProcess(device, { measure: true, threads: machine.cores }),
    onDevice: (name) => {
      status.update(`trying ${name} ...`);
    },
  });
  status.clear();
  if (json === true) printJson(diagnosis);
  else print(formatDiagnosis(diagnosis));
}

const COLUMNS = [
  { title: 'device' },
  { title: 'works' },
  { title: 'tokens/s', align: 'right' },
  { title: 'what' },
] as const;

/** A diagnosis as text: the machine, a table of devices, and what to do about those that do not work. */
export function formatDiagnosis(diagnosis: Diagnosis): string {
  const { node, onnxruntime, cores, memoryBytes, results, devices, auto } = diagnosis;
  const memory = prettyBytes(memoryBytes, { binary: true });
  const runtime = onnxruntime ?? pc.red('onnxruntime cannot be loaded');
  const folder = results.writable
    ? `${results.folder} can be written`
    : pc.red(`${results.folder} cannot be written: ${results.reason ?? ''}`);
  const broken = devices.filter(({ usable }) => !usable);
  return [
    `Node ${node}, ${runtime}, ${cores} cores, ${memory} of memory`,
    `results: ${folder}`,
    '',
    formatTable(COLUMNS, devices.map(cells)),
    '',
    `--device auto takes ${auto.join(', ')}.`,
    ...broken.map(
      ({ name, reason, fix }) =>
        `\n${pc.bold(name)}  ${plainText(reason ?? '')}\n    ${plainText(fix ?? '')}`,
    ),
  ].join('\n');
}

function cells({ name, usable, adapter, library, tokensPerSecond }: DeviceDiagnosis): string[] {
  return [
    name,
    usable ? pc.green('yes') : pc.yellow('no'),
    tokensPerSecond === null ? '' : Math.round(tokensPerSecond).toLocaleString('en'),
    plainText([library, adapter].filter((text) => text !== null).join(', ')),
  ];
}

/**
 * The process that tries a device: `node probe-worker.js webgpu --measure`.
 *
 * A driver that hangs or crashes takes this process with it and no other. It prints one line of JSON on stdout, a
 * `ProbeReport`; whatever native libraries print goes to stderr or to lines before.
 */
import { parseArgs } from 'node:util';
import { parseDevice } from './devices.js';
import { measureSpeed } from './measure-speed.js';
import { probeDevice } from './probe-device.js';
import type { ProbeReport } from './probe-report.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    threads: { type: 'string', default: '1' },
    measure: { type: 'boolean', default: false },
  },
});

async function report(name: string): Promise<ProbeReport> {
  const device = parseDevice(name);
  if (device === 'auto') throw new Error('auto is no device');
  const probe = await probeDevice(device);
  if (!probe.usable || !values.measure) return probe;
  return { ...probe, ...(await measureSpeed(device, Number(values.threads))) };
}

const line = JSON.stringify(await report(positionals[0] ?? ''));
// A driver may keep threads alive that nothing waits for.
process.stdout.write(`${line}\n`, () => {
  process.exit(0);
});

import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createProcessReader } from '../../../src/tui/model/process-use.js';

test.skipIf(!existsSync('/proc/self/stat'))(
  'a process is read since the reading before, and one that is gone is left out',
  () => {
    const read = createProcessReader();
    const first = read([process.pid, 4_194_999], 0);
    expect([...first.keys()]).toEqual([process.pid]);
    expect(first.get(process.pid)?.cores).toBeNull();
    expect(first.get(process.pid)!.memoryBytes).toBeGreaterThan(10_000_000);
    const before = process.cpuUsage();
    while (process.cpuUsage(before).user + process.cpuUsage(before).system < 50_000);
    const { cores } = read([process.pid], 1000).get(process.pid)!;
    expect(cores).toBeGreaterThan(0);
    expect(read([process.pid], 1000).get(process.pid)?.cores).toBeNull();
  },
);

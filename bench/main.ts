/**
 * `npm run bench -- [--budgets 1,2] [--only step,evaluate,sample,memory,start,mixed] [--rounds 5] [--threads 2] [--clock wall]`
 *
 * Measures ours, PyTorch and the ceiling in turns and writes `RESULTS.md` and `results.json` beside this file; rows that
 * are not measured this time stay as they were. `--clock cpu --threads 1` compares CPU times, for a busy machine.
 */
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { BUDGETS } from './budgets.js';
import { describeMachine, load } from './machine.js';
import { type Bench, PARTS } from './parts.js';
import { startPeer } from './peer.js';
import { writeResults } from './results.js';
import type { Row } from './row.js';
import { Subject } from './subject.js';

const { values } = parseArgs({
  options: {
    budgets: { type: 'string' },
    only: { type: 'string', default: Object.keys(PARTS).join() },
    rounds: { type: 'string', default: '5' },
    threads: { type: 'string', default: `${availableParallelism()}` },
    clock: { type: 'string', default: 'wall' },
  },
});
const whole = z.coerce.number().int().positive();
const rounds = whole.parse(values.rounds);
const threads = whole.parse(values.threads);
const clock = z.enum(['wall', 'cpu']).parse(values.clock);
const budgets = z.array(whole).optional().parse(values.budgets?.split(','));

const startOurs = (count: number): Subject =>
  new Subject(process.execPath, [
    ...process.execArgv,
    fileURLToPath(new URL('ours.ts', import.meta.url)),
    `${count}`,
  ]);

const loadBefore = load();
const peer = await startPeer(threads);
const ours = startOurs(threads);
const bench: Bench = { rounds, threads, clock, ours, peer: peer?.subject ?? null, startOurs };
const rows: Row[] = [];
for (const name of values.only.split(',')) {
  const part = PARTS[name];
  if (part === undefined) throw new Error(`--only must name ${Object.keys(PARTS).join(', ')}`);
  for (const number of budgets ?? part.budgets) {
    const budget = BUDGETS.find((known) => known.number === number);
    if (budget === undefined) throw new Error(`--budgets must be of 1 to ${BUDGETS.length}`);
    process.stderr.write(`${name} ${budget.name}\n`);
    rows.push(...(await part.measure(bench, budget)));
    // after each measurement, so that an interrupted benchmark keeps what it has
    const machine = describeMachine(peer?.version ?? null, loadBefore);
    writeResults({ machine, threads, rounds, clock, rows });
  }
}
ours.end();
peer?.subject.end();

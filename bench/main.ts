/**
 * `npm run bench -- [--budgets 1,2] [--only step,evaluate,sample,memory,start,mixed] [--rounds 5] [--threads 2] [--clock wall] [--peer-memory system]`
 *
 * Measures ours, PyTorch and the ceiling in turns and writes `RESULTS.md` and `results.json` beside this file; rows that
 * are not measured this time stay as they were. `--clock cpu --threads 1` compares CPU times, for a busy machine.
 * `--peer-memory kept` lets PyTorch keep the memory that it has had (rows of their own): README.md says what that changes.
 */
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { BUDGETS } from './budgets.js';
import { describeMachine, load } from './machine.js';
import { list, readOptions, whole } from './options.js';
import { type Bench, PARTS } from './parts.js';
import { startPeer } from './peer.js';
import { writeResults } from './results.js';
import type { Row } from './row.js';
import { Subject } from './subject.js';

const optionsSchema = z.object({
  budgets: list.pipe(z.array(whole.max(BUDGETS.length))).optional(),
  only: list.pipe(z.array(z.enum(Object.keys(PARTS)))),
  rounds: whole,
  threads: whole,
  clock: z.enum(['wall', 'cpu']),
  'peer-memory': z.enum(['system', 'kept']),
});
const options = readOptions(optionsSchema, {
  budgets: { type: 'string' },
  only: { type: 'string', default: Object.keys(PARTS).join() },
  rounds: { type: 'string', default: '5' },
  threads: { type: 'string', default: `${availableParallelism()}` },
  clock: { type: 'string', default: 'wall' },
  'peer-memory': { type: 'string', default: 'system' },
});
const { budgets, only, rounds, threads, clock, 'peer-memory': peerMemory } = options;

const startOurs = (count: number): Subject =>
  new Subject(process.execPath, [
    ...process.execArgv,
    fileURLToPath(new URL('ours.ts', import.meta.url)),
    `${count}`,
  ]);

const loadBefore = load();
const peer = await startPeer(threads, peerMemory);
const ours = startOurs(threads);
const bench: Bench = { rounds, threads, clock, ours, peer: peer?.subject ?? null, startOurs };
const rows: Row[] = [];
for (const [name, part] of Object.entries(PARTS).filter(([each]) => only.includes(each))) {
  const numbers = budgets ?? part.budgets;
  for (const budget of BUDGETS.filter(({ number }) => numbers.includes(number))) {
    process.stderr.write(`${name} ${budget.name}\n`);
    const measured = await part.measure(bench, budget);
    const circumstance = peerMemory === 'kept' ? ' (PyTorch keeps its memory)' : '';
    rows.push(...measured.map((row) => ({ ...row, what: `${row.what}${circumstance}` })));
    // after each measurement, so that an interrupted benchmark keeps what it has
    const machine = describeMachine(peer?.version ?? null, loadBefore);
    writeResults({ machine, threads, rounds, clock, rows });
  }
}
ours.end();
peer?.subject.end();

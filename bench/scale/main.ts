/**
 * `npm run bench:scale -- [--only trials,rebuild] [--trials 6000] [--rounds 3] [--memory-runs 100000] [--database-runs 1000000]`
 *
 * Measures what is around training, with the built program, and writes `SCALE.md` beside this folder: trivial runs beside
 * Optuna, many at once, the coordinator's memory, planning, rebuilding, a large database, viewers beside a writer,
 * a large report.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { load } from '../machine.js';
import { list, readOptions, whole } from '../options.js';
import { measureCoordinatorMemory } from './coordinator-memory.js';
import { measureLargeDatabase } from './large-database.js';
import { measureLargeReport } from './large-report.js';
import { measureManyAtOnce } from './many-at-once.js';
import { measureOverhead } from './overhead.js';
import type { Part, Row, Sizes } from './part.js';
import { measurePlanning } from './planning.js';
import { measureRebuild } from './rebuild.js';
import { writeResults } from './results.js';
import { measureTrials } from './trials.js';
import { measureViewers } from './viewers.js';

const PARTS: ReadonlyMap<string, Part> = new Map([
  ['trials', measureTrials],
  ['many', measureManyAtOnce],
  ['overhead', measureOverhead],
  ['planning', measurePlanning],
  ['memory', measureCoordinatorMemory],
  ['rebuild', measureRebuild],
  ['database', measureLargeDatabase],
  ['viewers', measureViewers],
  ['report', measureLargeReport],
]);

const optionsSchema = z.object({
  only: list.pipe(z.array(z.enum([...PARTS.keys()]))),
  trials: whole,
  rounds: whole,
  'memory-runs': whole,
  'database-runs': whole,
});
const { only, ...values } = readOptions(optionsSchema, {
  only: { type: 'string', default: [...PARTS.keys()].join() },
  trials: { type: 'string', default: '6000' },
  rounds: { type: 'string', default: '3' },
  'memory-runs': { type: 'string', default: '100000' },
  'database-runs': { type: 'string', default: '1000000' },
});
const sizes: Sizes = {
  trials: values.trials,
  rounds: values.rounds,
  memoryRuns: values['memory-runs'],
  databaseRuns: values['database-runs'],
};

for (const [name, part] of [...PARTS].filter(([each]) => only.includes(each))) {
  const rows: Omit<Row, 'when'>[] = [];
  const before = load();
  const folder = mkdtempSync(join(tmpdir(), 'sweep-scale-'));
  try {
    await part(folder, sizes, (what, target, measured) => {
      process.stderr.write(`${what}: ${measured}\n`);
      rows.push({ part: name, what, target, measured });
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const when = `${new Date().toISOString().slice(0, 10)}, load ${before.toFixed(1)} to ${load().toFixed(1)}`;
  // After each part: a benchmark that is interrupted keeps what it has.
  writeResults(
    [...PARTS.keys()],
    rows.map((row) => ({ ...row, when })),
  );
}

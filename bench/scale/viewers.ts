import { appendFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { execa } from 'execa';
import { resultsPaths } from '../../src/core/run-folder/paths.js';
import { createRecorder } from '../../src/core/store/recorder.js';
import {
  epoch,
  exampleRun,
  exampleSweep,
  started,
  writeRun,
} from '../../test/core/store/example-runs.js';
import type { Part } from './part.js';
import { median } from './program.js';

const VIEWER = fileURLToPath(
  new URL('../../test/fixtures/programs/watch-database.mjs', import.meta.url),
);
const DIST = fileURLToPath(new URL('../../dist/', import.meta.url));
/** As busy as a viewer, without a database. */
const BURNER =
  'let over=false;process.stdin.resume().on("end",()=>{over=true});process.stdout.write("ready\\n");' +
  'const burn=()=>{const end=performance.now()+20;while(performance.now()<end);if(!over)setImmediate(burn)};burn()';

const VIEWERS = 10;
const RUNS = 8;
const EPOCHS = 250;
const ROUNDS = 3;

interface Written {
  readonly perSecond: number;
  readonly largestLog: number;
}

/**
 * A writer at full load with ten viewers and an `analyze` that read in a loop, against the same writer with as many
 * programs that only use the processor: what differs is what reading costs the writer, also where cores are few.
 */
export const measureViewers: Part = async (folder, _, add) => {
  const beside = { burners: [] as Written[], viewers: [] as Written[] };
  for (let round = 0; round < ROUNDS; round++)
    for (const kind of ['burners', 'viewers'] as const)
      beside[kind].push(await write(join(folder, `${kind}-${round}`), kind));
  const rate = (kind: keyof typeof beside): number =>
    median(beside[kind].map(({ perSecond }) => perSecond));
  const slower = 1 - rate('viewers') / rate('burners');
  const largest = Math.max(...beside.viewers.map(({ largestLog }) => largestLog));
  add(
    `a writer at full load beside ${VIEWERS} viewers and an analysis in a loop, against as many programs that read nothing`,
    'no lock error, at most 5 % slower, log of writes bounded',
    `no lock error, ${(100 * slower).toFixed(1)} % slower (${rate('viewers').toFixed(0)} against ${rate('burners').toFixed(0)} events/s), log at most ${(largest / 2 ** 20).toFixed(1)} MiB`,
  );
};

async function write(results: string, kind: 'burners' | 'viewers'): Promise<Written> {
  const paths = resultsPaths(results);
  const runs = Array.from({ length: RUNS }, (_, index) => exampleRun(index + 1));
  const recorder = createRecorder(paths);
  for (const run of runs) writeRun(paths, run, lineOf(1, started()));
  for (const run of runs) recorder.ingest(run.id);
  recorder.recordSweep(exampleSweep('watched', runs));
  const others = Array.from({ length: VIEWERS + 1 }, (_, index) =>
    kind === 'burners'
      ? execa(process.execPath, ['-e', BURNER])
      : execa(process.execPath, [
          VIEWER,
          DIST,
          paths.folder,
          'watched',
          index < VIEWERS / 2 ? 'open' : 'reopen',
        ]),
  );
  await Promise.all(
    others.map((other) => new Promise((resolve) => other.stdout.once('data', resolve))),
  );
  let largestLog = 0;
  const begin = performance.now();
  for (let number = 0; number < EPOCHS; number++)
    for (const run of runs) {
      appendFileSync(paths.run(run.id).events, lineOf(number + 2, epoch(number, 50)));
      if (recorder.ingest(run.id) !== 1) throw new Error('an event was lost');
      largestLog = Math.max(largestLog, statSync(`${paths.database}-wal`).size);
    }
  const seconds = (performance.now() - begin) / 1000;
  for (const other of others) other.stdin.end();
  await Promise.all(others); // an error of a viewer, such as a lock, is one of this program
  recorder.close();
  return { perSecond: (RUNS * EPOCHS) / seconds, largestLog };
}

function lineOf(seq: number, event: object): string {
  return `${JSON.stringify({ seq, time: '2026-01-02T00:00:00.000Z', ...event })}\n`;
}

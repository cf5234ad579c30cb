import { appendFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { writeLease } from '../../test/support/write-lease.js';
import { resultsPaths } from '../../src/core/run-folder/paths.js';
import { createRecorder } from '../../src/core/store/recorder.js';
import {
  epoch,
  exampleRun,
  exampleSweep,
  logFile,
  started,
  writeRun,
} from '../../test/core/store/example-runs.js';
import { tmuxMissing } from '../../test/support/tmux.js';
import {
  leaveAlone,
  openTerminals,
  startBurners,
  startReaders,
  type StartOnlookers,
  VIEWERS,
} from './onlookers.js';
import type { Part } from './part.js';
import { median } from './program.js';

const SWEEP_NAME = 'watched';
const RUNS = 8;
const ROUNDS = 5;
/** Until dashboards have their code compiled and have looked at the machine: people leave them open for hours. */
const WARM_UP_SECONDS = 10;
const SECONDS = 10;
const TARGET = 'no lock error, at most 5 % slower, log of writes bounded';

interface Written {
  readonly perSecond: number;
  readonly largestLog: number;
}

/** What others cost a writer at full load. */
export const measureViewers: Part = async (folder, _, add) => {
  add(
    `a writer at full load beside ${VIEWERS} readers and an analysis in a loop, against as many programs that read nothing`,
    TARGET,
    await compare(join(folder, 'readers'), startReaders, startBurners),
  );
  const missing = tmuxMissing();
  add(
    `the same beside ${VIEWERS} \`sweep watch\` in terminals and \`sweep analyze\` in a loop, against a writer alone`,
    TARGET,
    missing ?? (await compare(join(folder, 'terminals'), openTerminals, leaveAlone)),
  );
};

/** In turns, so that what else the machine does concerns both. */
async function compare(
  folder: string,
  onlookers: StartOnlookers,
  others: StartOnlookers,
): Promise<string> {
  const beside: { onlookers: Written[]; others: Written[] } = { onlookers: [], others: [] };
  for (let round = 0; round < ROUNDS; round++) {
    beside.others.push(await write(join(folder, `others-${round}`), others));
    beside.onlookers.push(await write(join(folder, `onlookers-${round}`), onlookers));
  }
  const rate = (written: readonly Written[]): number =>
    median(written.map(({ perSecond }) => perSecond));
  const [watched, unwatched] = [rate(beside.onlookers), rate(beside.others)];
  const percent = 100 * (1 - watched / unwatched);
  const largest = Math.max(...beside.onlookers.map(({ largestLog }) => largestLog)) / 2 ** 20;
  const slower =
    percent >= 0 ? `${percent.toFixed(1)} % slower` : `${(-percent).toFixed(1)} % faster`;
  return `no lock error, ${slower} (${watched.toFixed(0)} against ${unwatched.toFixed(0)} events/s), log at most ${largest.toFixed(1)} MiB`;
}

async function write(results: string, start: StartOnlookers): Promise<Written> {
  const paths = resultsPaths(results);
  const runs = Array.from({ length: RUNS }, (_, index) => exampleRun(index + 1));
  const recorder = createRecorder(paths);
  for (const run of runs) {
    writeRun(paths, run, lineOf(1, started()));
    writeLease(paths.run(run.id).attempt(1).lease); // who looks on sees them at work
    recorder.ingest(run.id);
  }
  recorder.recordSweep(exampleSweep(SWEEP_NAME, runs));
  const onlookers = await start(paths, SWEEP_NAME);
  let number = 0;
  let largestLog = 0;
  writeFor(WARM_UP_SECONDS);
  const perSecond = writeFor(SECONDS);
  await onlookers.end();
  recorder.close();
  return { perSecond, largestLog };

  /** Events a second, as many as it can. */
  function writeFor(seconds: number): number {
    const begin = performance.now();
    let events = 0;
    let passed = 0;
    for (; passed < seconds; passed = (performance.now() - begin) / 1000) {
      for (const run of runs) {
        appendFileSync(logFile(paths, run.id), lineOf(number + 2, epoch(number, 50)));
        if (recorder.ingest(run.id) !== 1) throw new Error('an event was lost');
        largestLog = Math.max(largestLog, statSync(`${paths.database}-wal`).size);
      }
      number += 1;
      events += runs.length;
    }
    return events / passed;
  }
}

function lineOf(seq: number, event: object): string {
  return `${JSON.stringify({ seq, time: '2026-01-02T00:00:00.000Z', ...event })}\n`;
}

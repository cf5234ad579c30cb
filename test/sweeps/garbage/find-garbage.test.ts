import { existsSync, mkdirSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { NewRunEvent } from '../../../src/core/run-folder/event.js';
import type { ResultsPaths } from '../../../src/core/run-folder/paths.js';
import type { Retention } from '../../../src/core/run-folder/retention.js';
import type { RunFile } from '../../../src/core/run-folder/run-file.js';
import { openForReading } from '../../../src/core/store/database.js';
import { createRecorder } from '../../../src/core/store/recorder.js';
import { sweepPartFile, sweepRecordFile } from '../../../src/core/store/sweep-record.js';
import {
  findGarbage,
  type Garbage,
  type GarbageRequest,
} from '../../../src/sweeps/garbage/find-garbage.js';
import { removeGarbage } from '../../../src/sweeps/garbage/remove-garbage.js';
import {
  exampleRun,
  exampleSweep,
  logFile,
  logOf,
  wholeRun,
  writeRun,
} from '../../core/store/example-runs.js';
import { temporaryResults } from '../../support/temporary-results.js';
import { writeLease } from '../../support/write-lease.js';

const FINISHED = wholeRun();
const STOPPED: NewRunEvent[] = [...wholeRun().slice(0, -1), { type: 'stopped', reason: 'asked' }];
/** As the logs of the example runs name it. */
const BEST_BYTES = 99;

const AT = 'attempts/1/checkpoint';
const LEFT = `${AT}/last.safetensors.123`;
const LAST = `${AT}/last.safetensors`;
const PREVIOUS = `${AT}/previous.safetensors`;
const [EPOCH_0, EPOCH_1] = [`${AT}/epoch-0.safetensors`, `${AT}/epoch-1.safetensors`];
/** Somebody's own. */
const OTHER = `${AT}/notes.1`;

/** Files of a run beside `run.json` and its log: all kinds of checkpoints, and what a killed writer left. */
const FILES: Readonly<Record<string, number>> = {
  [`${AT}/best.safetensors`]: BEST_BYTES,
  [LAST]: 10,
  [PREVIOUS]: 20,
  [EPOCH_0]: 30,
  [EPOCH_1]: 40,
  [LEFT]: 5,
  [OTHER]: 7,
};

function writeFolder(paths: ResultsPaths, run: RunFile, events: readonly NewRunEvent[]): void {
  writeRun(paths, run, logOf(events));
  mkdirSync(join(paths.run(run.id).folder, AT));
  for (const [name, bytes] of Object.entries(FILES))
    writeFileSync(join(paths.run(run.id).folder, name), 'x'.repeat(bytes));
}

/** Takes everything into the database, with sweeps that keep what is said. */
function record(
  paths: ResultsPaths,
  sweeps: Readonly<Record<string, { readonly keep?: Retention; readonly runs: RunFile[] }>>,
): void {
  for (const [name, { keep, runs }] of Object.entries(sweeps)) {
    mkdirSync(paths.sweep(name), { recursive: true });
    const text = JSON.stringify({ ...exampleSweep(name, runs), keep });
    writeFileSync(sweepRecordFile(paths.sweep(name)), text);
  }
  const recorder = createRecorder(paths);
  recorder.ingestAll();
  recorder.close();
}

function find(paths: ResultsPaths, request: Partial<GarbageRequest> = {}): Garbage {
  const db = openForReading(paths.database);
  try {
    return findGarbage(db, paths, {
      ...{ sweep: null, keep: null, caches: false, orphans: false },
      ...request,
    });
  } finally {
    db.close();
  }
}

/** Names of the files that can go from the only run. */
function filesOf({ runs }: Garbage): string[] {
  return runs.flatMap(({ files }) => files.map(({ file }) => file)).sort();
}

/** A results folder with one run, and the sweep `tiny` that has it. */
function resultsWith(events: readonly NewRunEvent[], keep?: Retention): ResultsPaths {
  const paths = temporaryResults();
  writeFolder(paths, exampleRun(), events);
  record(paths, { tiny: { ...(keep === undefined ? {} : { keep }), runs: [exampleRun()] } });
  return paths;
}

describe('what a run can do without', () => {
  test.each<[Retention | undefined, string[], number]>([
    [undefined, [EPOCH_0, EPOCH_1, LEFT, PREVIOUS], 95],
    ['best', [EPOCH_0, EPOCH_1, LAST, LEFT, PREVIOUS], 105],
    [2, [EPOCH_0, LEFT, PREVIOUS], 55],
    ['improvements', [LEFT, PREVIOUS], 25],
  ])('of a finished one that keeps %s', (keep, files, bytes) => {
    const garbage = find(resultsWith(FINISHED, keep));
    expect(filesOf(garbage)).toEqual(files);
    expect(garbage).toMatchObject({ bytes, runs: [{ name: 'case-a', bytes }] });
  });

  test('is nothing that an unfinished one needs to go on', () => {
    expect(filesOf(find(resultsWith(STOPPED, 'best')))).toEqual([EPOCH_0, EPOCH_1, LEFT]);
    expect(filesOf(find(resultsWith(STOPPED), { keep: 'best' }))).not.toContain(LAST);
  });

  test('is nothing at all while a worker has it', () => {
    const paths = resultsWith(STOPPED, 'best');
    const { id } = exampleRun();
    writeLease(paths.run(id).attempt(1).lease);
    expect(find(paths)).toMatchObject({ runs: [], atWork: [id], bytes: 0 });
  });

  test('is not its last model where the best one is not what was written', () => {
    const paths = resultsWith(FINISHED, 'best');
    writeFileSync(paths.run(exampleRun().id).attempt(1).checkpointBest, 'cut');
    const files = filesOf(find(paths));
    expect(files).not.toContain(LAST);
    expect(files).not.toContain(PREVIOUS);
  });

  test('is judged by its folder where the database has an earlier life of it', () => {
    const paths = resultsWith(FINISHED, 'best');
    rmSync(paths.run(exampleRun().id).folder, { recursive: true });
    writeFolder(paths, exampleRun(), STOPPED);
    expect(filesOf(find(paths))).not.toContain(LAST);
  });
});

test('a wish for one sweep does not take what another one keeps of the same run', () => {
  const paths = temporaryResults();
  writeFolder(paths, exampleRun(), FINISHED);
  record(paths, {
    thrifty: { keep: 'best', runs: [exampleRun()] },
    generous: { keep: 'improvements', runs: [exampleRun()] },
  });
  expect(find(paths, { sweep: 'thrifty', keep: 'best' }).runs[0]?.keep).toBe('improvements');
  expect(find(paths, { keep: 'best' }).runs[0]?.keep).toBe('best');
});

test('a removal that ends after any file is ended by the next one, and nothing else is gone', () => {
  const left = Object.keys(FILES).length - filesOf(find(resultsWith(FINISHED, 'best'))).length;
  for (let done = 0; done <= 5; done++) {
    const paths = resultsWith(FINISHED, 'best');
    const { folder } = paths.run(exampleRun().id);
    for (const file of filesOf(find(paths)).slice(0, done)) rmSync(join(folder, file));
    removeGarbage(paths, find(paths));
    expect(readdirSync(join(folder, AT))).toHaveLength(left);
    expect(readdirSync(join(folder, AT))).toContain('notes.1');
    expect(existsSync(logFile(paths, exampleRun().id))).toBe(true);
    expect(find(paths).runs).toEqual([]);
  }
});

test('only runs that no sweep lists, here or in a record of the future database, go whole', () => {
  const paths = temporaryResults();
  const [listed, orphan, justPlanned] = [exampleRun(1), exampleRun(2), exampleRun(3)];
  const further = exampleRun(4); // in the list of a large sweep, and not taken in from it yet
  for (const run of [listed, orphan, justPlanned, further]) writeFolder(paths, run, FINISHED);
  record(paths, { tiny: { keep: 'improvements', runs: [listed] } });
  const { runs } = exampleSweep('tiny', [further]);
  writeFileSync(sweepPartFile(paths.sweep('tiny'), 1), JSON.stringify({ runs }));
  mkdirSync(paths.sweep('new'));
  writeFileSync(
    sweepRecordFile(paths.sweep('new')),
    JSON.stringify(exampleSweep('new', [justPlanned])),
  );

  expect(find(paths).orphans).toEqual([]);
  const garbage = find(paths, { orphans: true });
  expect(garbage.orphans.map(({ id }) => id)).toEqual([orphan.id]);
  removeGarbage(paths, garbage);
  const left = [listed.id, justPlanned.id, further.id];
  expect(readdirSync(paths.runsFolder).sort()).toEqual(left.sort());
  expect(find(paths, { orphans: true }).orphans).toEqual([]);
});

test('outside of runs it finds what killed processes left, and the caches when asked', () => {
  const paths = resultsWith(FINISHED, 'improvements');
  const put = (path: string, isOld: boolean): string => {
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, 'left');
    const time = new Date(Date.now() - (isOld ? 86_400_000 : 0));
    utimesSync(path, time, time);
    return path;
  };
  const half = logFile(paths, 'abcdef012345'); // run.json and the row went first
  const old = [
    put(`${paths.database}.new`, false),
    put(join(paths.sweep('tiny'), 'control.json.77'), true),
    put(join(paths.cacheFolder, 'hub', 'texts.parquet.1234.part'), true),
  ];
  put(half, false);
  put(join(paths.sweep('tiny'), 'control.json.78'), false); // somebody may be writing it
  put(join(paths.cacheFolder, 'hub', 'other.parquet.1.part'), false);
  put(join(paths.cacheFolder, 'hub', 'texts.parquet'), true);

  const expected = [...old, paths.run('abcdef012345').folder].sort();
  expect(
    find(paths)
      .leftovers.map(({ path }) => path)
      .sort(),
  ).toEqual(expected);
  removeGarbage(paths, find(paths, { caches: true }));
  expect(find(paths, { caches: true })).toMatchObject({ leftovers: [], caches: [] });
  expect(readdirSync(paths.sweep('tiny'))).toContain('control.json.78');
  expect(readdirSync(paths.folder)).not.toContain('cache');
});

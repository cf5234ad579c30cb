import { existsSync, readdirSync } from 'node:fs';
import { z } from 'zod';
import { SweepError, type Diagnostic } from '../errors.js';
import { annotatedSince } from '../run-folder/annotations.js';
import { latestCoordinator } from '../run-folder/coordinators.js';
import type { ResultsPaths } from '../run-folder/paths.js';
import { findHolder } from '../run-folder/run-state.js';
import type { SweepDatabase } from './database.js';
import { parseRows } from './parse-rows.js';
import { countParts, readMoreRuns, readSweepRecord } from './sweep-record.js';
import type { RecordSweep } from './record-sweep.js';
import { readTakenIn, takenInUpTo, writeTakenIn } from './taken-in.js';

/** What {@link ingestAll} did. */
export interface IngestReport {
  readonly sweeps: number;
  readonly runs: number;
  readonly events: number;
  /** Folders that could not be read; the others are recorded. */
  readonly problems: readonly Diagnostic[];
}

/** How far {@link ingestAll} is. */
export interface IngestProgress {
  readonly done: number;
  /** Folders of runs to look at. */
  readonly total: number;
  readonly events: number;
}

/** What taking in folders needs from the recorder. */
export interface IngestTools {
  readonly sweeps: RecordSweep;
  readonly ingest: (runId: string) => number;
  readonly recordAnnotations: (runId: string) => void;
  /** See write-ahead-log.ts. */
  readonly limitLog: () => void;
  readonly onProgress: ((progress: IngestProgress) => void) | undefined;
}

/** Runs in one transaction: one each would be bound by the disk. */
const RUNS_AT_ONCE = 200;

/**
 * Takes in every folder of a sweep or run that the database does not know to be finished, and forgets the runs whose
 * folder is gone.
 */
export function ingestAll(
  db: SweepDatabase,
  paths: ResultsPaths,
  { sweeps: recordSweep, ingest, recordAnnotations, limitLog, onProgress }: IngestTools,
): IngestReport {
  const problems: Diagnostic[] = [];
  const attempt = <T>(work: () => T): T | undefined => {
    try {
      return work();
    } catch (error) {
      // What is wrong with the database itself concerns all folders.
      if (!(error instanceof SweepError)) throw error;
      problems.push(...error.diagnostics);
      return undefined;
    }
  };

  const before = readTakenIn(db);
  const latest = latestCoordinator(paths);
  const upTo = takenInUpTo(paths, latest);
  const sweeps = attempt(() => ingestSweeps(db, paths, recordSweep, attempt)) ?? 0;
  const { ids, gone } = foldersToRead(db, paths);
  let runs = 0;
  let events = 0;
  const takeIn = db.transaction((some: readonly string[]) => {
    for (const id of some) {
      // A folder without run.json was never a run: its creation was interrupted.
      if (!existsSync(paths.run(id).runFile)) continue;
      const applied = attempt(() => ingest(id));
      if (applied === undefined) continue;
      events += applied;
      runs += 1;
    }
  });
  for (let start = 0; start < ids.length; start += RUNS_AT_ONCE) {
    takeIn.immediate(ids.slice(start, start + RUNS_AT_ONCE));
    limitLog();
    onProgress?.({ done: Math.min(start + RUNS_AT_ONCE, ids.length), total: ids.length, events });
  }
  forget(db, gone);
  for (const id of annotatedSince(paths, before?.annotations ?? 0))
    attempt(() => {
      recordAnnotations(id);
    });
  // While somebody works there, all of it is never taken in.
  const isAtRest = latest === null || latest.state.life === 'gone';
  if (isAtRest && !isAnyHeld(db, paths)) writeTakenIn(db, upTo);
  return { sweeps, runs, events, problems };
}

/** Records the sweeps of which the folder has another list than the database, or more of it. */
function ingestSweeps(
  db: SweepDatabase,
  paths: ResultsPaths,
  { replace, addRuns }: RecordSweep,
  attempt: <T>(work: () => T) => T | undefined,
): number {
  const known = new Map(
    parseRows(knownSweepSchema, db.prepare(KNOWN_SWEEPS).all()).map((row) => [row.name, row]),
  );
  const takeIn = db.transaction((name: string): number => {
    const folder = paths.sweep(name);
    const record = readSweepRecord(folder);
    if (record === null) return 0;
    const row = known.get(name);
    const parts = countParts(folder);
    const isSame = row?.updatedAt === record.recordedAt && row.parts <= parts;
    if (isSame && row.parts === parts) return 0;
    if (!isSame) replace({ ...record, name });
    const done = isSame ? row.parts : 0;
    let position = isSame ? row.length : record.runs.length;
    for (const [index, runs] of [...readMoreRuns(folder, done + 1)].entries()) {
      addRuns(name, position, runs, done + 1 + index);
      position += runs.length;
    }
    return 1;
  });
  let count = 0;
  for (const name of foldersIn(paths.sweepsFolder))
    count += attempt(() => takeIn.immediate(name)) ?? 0;
  const gone = [...known.keys()].filter((name) => !existsSync(paths.sweep(name)));
  const remove = db.prepare('DELETE FROM sweeps WHERE name = ?');
  for (const name of gone) remove.run(name);
  return count;
}

const knownSweepSchema = z.object({
  name: z.string(),
  updatedAt: z.string(),
  parts: z.int(),
  length: z.int(),
});

const KNOWN_SWEEPS = `
  SELECT name, updated_at, parts,
    (SELECT coalesce(max(position) + 1, 0) FROM sweep_runs WHERE sweep = sweeps.name) AS length
  FROM sweeps`;

/** Whether a worker holds a run that has begun and not ended, as far as the database knows. */
function isAnyHeld(db: SweepDatabase, paths: ResultsPaths): boolean {
  const open = db.prepare('SELECT id, attempt FROM runs WHERE attempt > 0 AND outcome IS NULL');
  return parseRows(openRunSchema, open.all()).some(
    ({ id, attempt }) => findHolder(paths.run(id), attempt) !== null,
  );
}

const openRunSchema = z.object({ id: z.string(), attempt: z.int() });

/** Finished runs are left alone: with many thousands of them, looking at each folder would take minutes. */
function foldersToRead(
  db: SweepDatabase,
  paths: ResultsPaths,
): { readonly ids: readonly string[]; readonly gone: readonly string[] } {
  const finished = new Set(
    textColumn(db, "SELECT id FROM runs WHERE outcome IN ('completed', 'diverged')"),
  );
  const folders = foldersIn(paths.runsFolder);
  const there = new Set(folders);
  return {
    // Sorted: rows then go to the end of each table.
    ids: folders.filter((id) => !finished.has(id)),
    gone: textColumn(db, 'SELECT id FROM runs').filter((id) => !there.has(id)),
  };
}

function forget(db: SweepDatabase, ids: readonly string[]): void {
  const remove = db.prepare('DELETE FROM runs WHERE id = ?');
  db.transaction(() => {
    for (const id of ids) remove.run(id);
  }).immediate();
}

function foldersIn(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).sort() : [];
}

function textColumn(db: SweepDatabase, sql: string): string[] {
  return z.array(z.string()).parse(db.prepare(sql).pluck().all());
}

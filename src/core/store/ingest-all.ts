import { existsSync, readdirSync } from 'node:fs';
import { z } from 'zod';
import { SweepError, type Diagnostic } from '../errors.js';
import type { ResultsPaths } from '../run-folder/paths.js';
import type { SweepDatabase } from './database.js';
import { readMoreRuns, readSweepRecord } from './sweep-record.js';
import type { RecordSweep } from './record-sweep.js';

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
  { sweeps: recordSweep, ingest, limitLog, onProgress }: IngestTools,
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
  return { sweeps, runs, events, problems };
}

/** Records the sweeps that have a folder and are not recorded: of the others the database has what the folder has. */
function ingestSweeps(
  db: SweepDatabase,
  paths: ResultsPaths,
  { replace, addRuns }: RecordSweep,
  attempt: <T>(work: () => T) => T | undefined,
): number {
  const known = new Set(textColumn(db, 'SELECT name FROM sweeps'));
  const takeIn = db.transaction((name: string): number => {
    const folder = paths.sweep(name);
    const record = readSweepRecord(folder);
    if (record === null) return 0;
    replace({ ...record, name });
    let position = record.runs.length;
    for (const runs of readMoreRuns(folder)) {
      addRuns(name, position, runs);
      position += runs.length;
    }
    return 1;
  });
  let count = 0;
  for (const name of foldersIn(paths.sweepsFolder))
    if (!known.has(name)) count += attempt(() => takeIn.immediate(name)) ?? 0;
  return count;
}

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

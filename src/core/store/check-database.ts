import { existsSync, readdirSync, statSync } from 'node:fs';
import { z } from 'zod';
import { SweepError, type Diagnostic } from '../errors.js';
import { readAnnotations } from '../run-folder/annotations.js';
import { checkRecord } from '../run-folder/check-record.js';
import type { ResultsPaths, RunPaths } from '../run-folder/paths.js';
import { readMoreOfRunLog } from '../run-folder/run-log.js';
import { openForReading, type SweepDatabase } from './database.js';
import { databaseError, isSqliteError } from './database-errors.js';
import { loadSqlite } from './load-sqlite.js';
import { databaseVersion } from './migrations.js';
import { jsonColumn, parseRows } from './parse-rows.js';
import { sweepRecordFile } from './sweep-record.js';

/** What {@link checkDatabase} found. */
export interface DatabaseCheck {
  readonly file: string;
  readonly bytes: number;
  /** Version of its tables; null when it cannot be opened. */
  readonly schemaVersion: number | null;
  /** Recorded sweeps and runs; null when they cannot be read. */
  readonly sweeps: number | null;
  readonly runs: number | null;
  /** Folders of sweeps and runs with something that is not recorded yet; the next `sweep run` takes it in. */
  readonly behind: number;
  /** Empty for a sound database. */
  readonly problems: readonly Diagnostic[];
  /** What is strange and does no harm. */
  readonly notes: readonly Diagnostic[];
}

/** Problems that SQLite lists at most. */
const MOST_PROBLEMS = 20;

/**
 * Reads the whole database: its pages and indices, references between rows, and whether it has what the folders have.
 * Nothing is changed, and a sweep may be running.
 *
 * @throws SweepError `bad-call` when there is none
 */
export function checkDatabase(paths: ResultsPaths): DatabaseCheck {
  const file = paths.database;
  const nothing = { schemaVersion: null, sweeps: null, runs: null, behind: 0, notes: [] };
  const bytes = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  let db: SweepDatabase | undefined;
  try {
    db = openForReading(file);
    const problems = checkPages(db, file);
    if (problems.length > 0) return { file, bytes, ...nothing, problems };
    return {
      file,
      bytes,
      schemaVersion: databaseVersion(db),
      sweeps: count(db, 'sweeps'),
      runs: count(db, 'runs'),
      ...compareWithFolders(db, paths),
    };
  } catch (error) {
    const problem = isSqliteError(error) ? databaseError(file, error) : error;
    if (!(problem instanceof SweepError) || problem.code === 'bad-call') throw problem;
    return { file, bytes, ...nothing, problems: problem.diagnostics };
  } finally {
    db?.close();
  }
}

function checkPages(db: SweepDatabase, file: string): Diagnostic[] {
  const column = z.array(z.string());
  const found = column
    .parse(db.prepare(`PRAGMA integrity_check(${MOST_PROBLEMS})`).pluck().all())
    .filter((line) => line !== 'ok');
  const orphans = z
    .array(z.object({ table: z.string() }))
    .parse(db.prepare('PRAGMA foreign_key_check').all());
  if (orphans.length > 0) {
    const tables = [...new Set(orphans.map(({ table }) => table))].join(', ');
    found.push(`${orphans.length} rows of ${tables} belong to nothing`);
  }
  const error = new (loadSqlite().SqliteError)(found.join('; '), 'SQLITE_CORRUPT');
  return found.length === 0 ? [] : [...databaseError(file, error).diagnostics];
}

function count(db: SweepDatabase, table: 'sweeps' | 'runs'): number {
  return z.int().parse(db.prepare(`SELECT count(*) FROM ${table}`).pluck().get());
}

const recordedSchema = z.object({
  id: z.string(),
  attempt: z.int().nonnegative(),
  eventsBytes: z.int().nonnegative(),
  lastSeq: z.int().nonnegative(),
  note: z.string().nullable(),
  tags: jsonColumn(z.array(z.string())),
});
type Recorded = z.infer<typeof recordedSchema>;

function compareWithFolders(
  db: SweepDatabase,
  paths: ResultsPaths,
): Pick<DatabaseCheck, 'behind' | 'problems' | 'notes'> {
  const rows = db.prepare('SELECT id, attempt, events_bytes, last_seq, note, tags FROM runs').all();
  const recorded = new Map(parseRows(recordedSchema, rows).map((run) => [run.id, run]));
  const sweeps = new Set(
    z.array(z.string()).parse(db.prepare('SELECT name FROM sweeps').pluck().all()),
  );
  let behind = foldersIn(paths.sweepsFolder).filter(
    (name) => existsSync(sweepRecordFile(paths.sweep(name))) && !sweeps.has(name),
  ).length;
  const problems: Diagnostic[] = [];
  const notes: Diagnostic[] = [];
  const otherAnnotations: string[] = [];
  const cutOff: string[] = [];
  for (const id of foldersIn(paths.runsFolder)) {
    const folder = paths.run(id);
    if (!existsSync(folder.runFile)) continue;
    const run = recorded.get(id);
    recorded.delete(id);
    try {
      const record = checkRecord(folder);
      problems.push(...record.problems);
      notes.push(...record.notes);
      const isUpTo = compareWithRecord(folder, run);
      if (isUpTo === 'behind') behind += 1;
      if (isUpTo === 'cut off') cutOff.push(id);
      // Of one that is not recorded they are taken in with it.
      if (run !== undefined && !hasAnnotations(run, paths)) otherAnnotations.push(id);
    } catch (error) {
      if (!(error instanceof SweepError)) throw error;
      problems.push(...error.diagnostics);
    }
  }
  if (otherAnnotations.length > 0)
    problems.push({
      where: paths.database,
      message: `the note or the tags of ${otherAnnotations.length} runs are others than in their folders: ${someOf(otherAnnotations)}`,
      fix: 'sweep db rebuild takes in what the folders have.',
    });
  if (cutOff.length > 0)
    problems.push({
      where: paths.database,
      message: `of ${cutOff.length} runs the database has events that do not count any more, because another attempt took over: ${someOf(cutOff)}`,
      fix: 'sweep db rebuild takes them out again.',
    });
  const gone = [...recorded.keys()];
  if (gone.length > 0)
    problems.push({
      where: paths.database,
      message: `${gone.length} recorded runs have no folder any more: ${someOf(gone)}`,
      fix: 'sweep db rebuild, or the next sweep run, forgets them; bring the folders back first if they were moved.',
    });
  return { behind, problems, notes };
}

/** Whether the database has all that counts of a run's record, less, or something that does not count. */
function compareWithRecord(
  folder: RunPaths,
  run: Recorded | undefined,
): 'same' | 'behind' | 'cut off' {
  if (run === undefined) return 'behind';
  const more = readMoreOfRunLog(folder, {
    attempt: run.attempt,
    byte: run.eventsBytes,
    seq: run.lastSeq,
  });
  if (more === null) return 'cut off';
  const isSame = more.cursor.attempt === run.attempt && more.cursor.byte === run.eventsBytes;
  return isSame ? 'same' : 'behind';
}

/** Whether a recorded run has the note and the tags of its folder. @throws SweepError when those are damaged */
function hasAnnotations({ id, note, tags }: Recorded, paths: ResultsPaths): boolean {
  const written = readAnnotations(paths.run(id));
  return written.note === note && written.tags.join() === tags.join(); // no tag has a comma
}

function someOf(ids: readonly string[]): string {
  return `${ids.slice(0, 5).join(', ')}${ids.length > 5 ? ', …' : ''}`;
}

function foldersIn(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}

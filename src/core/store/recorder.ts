import { SweepError } from '../errors.js';
import { readAnnotations } from '../run-folder/annotations.js';
import type { RunEvent } from '../run-folder/event.js';
import type { EventPart } from '../run-folder/event-log.js';
import type { ResultsPaths, RunPaths } from '../run-folder/paths.js';
import { lastAttempt } from '../run-folder/attempts.js';
import { mayBeCutOff, readMoreOfRunLog, readRunLog, type RunLog } from '../run-folder/run-log.js';
import { readRunFile, type RunFile } from '../run-folder/run-file.js';
import { isFinal, outcomeOf } from '../run-folder/run-state.js';
import { createApplyEvents } from './apply-event.js';
import { createCourseStore } from './course-store.js';
import { withDatabaseErrors } from './database-errors.js';
import { openForWriting, type SweepDatabase } from './database.js';
import { groupEvents } from './event-groups.js';
import { ingestAll, type IngestProgress, type IngestReport } from './ingest-all.js';
import { advanceCourse, type RunCourse } from './run-course.js';
import { createRecordSweep } from './record-sweep.js';
import type { SweepRecord, SweepRunRecord } from './sweep-record.js';
import { type TakenIn, writeTakenIn } from './taken-in.js';
import { createLogLimit } from './write-ahead-log.js';

/** Part of an attempt's log that somebody has read already. */
export interface LogPart extends EventPart {
  /** Number of the attempt. */
  readonly attempt: number;
  readonly fromByte: number;
}

/**
 * Builds the database from the folders of the runs.
 *
 * **Idempotence**: an event is applied once, by (run, seq), and the cursor moves in the same transaction; a recorder
 * may be killed at any moment, and two of them do not harm each other.
 *
 * **Determinism**: the rows depend on the folders alone, not on when or in how many parts they were read.
 */
export interface Recorder {
  /** Records a sweep and replaces its list of runs. */
  recordSweep(sweep: SweepRecord): void;
  /** Records a sweep of which only the first runs are given; the places after them stay as they are. */
  recordSweepStart(sweep: SweepRecord): void;
  /**
   * Puts runs into the list of a sweep that is recorded.
   *
   * @param position place of the first one, from 0
   * @param part of the list's files, from 1: which one has them
   */
  addSweepRuns(
    sweep: string,
    position: number,
    runs: readonly SweepRunRecord[],
    part: number,
  ): void;
  /** Cuts the list of a sweep off after so many places. @param parts files that it has then */
  cutSweepRuns(sweep: string, length: number, parts: number): void;
  /** Records a run that is planned; what is known of its course stays, unless its folder was made anew. */
  recordRun(runFile: RunFile): void;
  /** {@link recordRun} for several runs, all of them or none. */
  recordRuns(runFiles: readonly RunFile[]): void;
  /**
   * Takes in what the run's log has gained and returns how many events that was. A run that is not recorded yet is
   * recorded from its `run.json`.
   *
   * @throws SweepError `bad-record` when a file of the run is damaged
   */
  ingest(runId: string): number;
  /**
   * {@link ingest} for several runs in one transaction.
   *
   * @param parts what their logs have gained, by run; null where nobody has read it
   * @returns what is wrong with the files of single runs; the others are taken in
   */
  ingestTogether(parts: ReadonlyMap<string, LogPart | null>): readonly SweepError[];
  /** Takes in the note and the tags of a run that is recorded. @throws SweepError `bad-record` when they are damaged */
  recordAnnotations(runId: string): void;
  /** Takes in every folder of a sweep or run, and forgets the runs whose folder is gone. */
  ingestAll(onProgress?: (progress: IngestProgress) => void): IngestReport;
  /** Says that there is nothing else to take in, when a coordinator ends that has recorded all it did. */
  markTakenIn(state: TakenIn): void;
  close(): void;
}

/** @throws SweepError `bad-record` when the database cannot be used */
export function createRecorder(paths: ResultsPaths): Recorder {
  return recordInto(openForWriting(paths.database), paths);
}

/**
 * A recorder over an open database, which it closes.
 *
 * @param asksForLater whether a later attempt is asked for before the end of a run is taken in, and not only looked for. It
 *   costs as much as taking in a short run.
 */
export function recordInto(db: SweepDatabase, paths: ResultsPaths, asksForLater = true): Recorder {
  const sweeps = createRecordSweep(db);
  const recordRun = createRecordRun(db);
  const recordRuns = db.transaction((runFiles: readonly RunFile[]) => {
    for (const runFile of runFiles) recordRun(runFile);
  });
  const recordAnnotations = createRecordAnnotations(db, paths);
  const ingest = createIngest(db, paths, { recordRun, recordAnnotations, asksForLater });
  const ingestTogether = db.transaction((parts: ReadonlyMap<string, LogPart | null>) => {
    const problems: SweepError[] = [];
    for (const [runId, part] of parts) {
      try {
        ingest(runId, part);
      } catch (error) {
        // What is wrong with the database itself concerns all runs.
        if (!(error instanceof SweepError)) throw error;
        problems.push(error);
      }
    }
    return problems;
  });
  const limitLog = createLogLimit(db);
  const guarded = <T>(work: () => T): T => {
    const result = withDatabaseErrors(db.name, work);
    // Inside a transaction there is nothing to empty yet.
    if (!db.inTransaction) limitLog();
    return result;
  };
  return {
    recordSweep: (sweep) => {
      guarded(() => {
        sweeps.replace(sweep);
      });
    },
    recordSweepStart: (sweep) => {
      guarded(() => {
        sweeps.start(sweep);
      });
    },
    addSweepRuns: (sweep, position, runs, part) => {
      guarded(() => {
        sweeps.addRuns(sweep, position, runs, part);
      });
    },
    cutSweepRuns: (sweep, length, parts) => {
      guarded(() => {
        sweeps.cut(sweep, length, parts);
      });
    },
    recordRuns: (runFiles) => {
      guarded(() => {
        recordRuns.immediate(runFiles);
      });
    },
    recordRun: (runFile) => {
      guarded(() => {
        recordRun(runFile);
      });
    },
    recordAnnotations: (runId) => {
      guarded(() => {
        recordAnnotations(runId);
      });
    },
    ingest: (runId) => guarded(() => ingest(runId)),
    ingestTogether: (parts) => guarded(() => ingestTogether.immediate(parts)),
    ingestAll: (onProgress) =>
      guarded(() =>
        ingestAll(db, paths, { sweeps, ingest, recordAnnotations, limitLog, onProgress }),
      ),
    markTakenIn: (state) => {
      guarded(() => {
        writeTakenIn(db, state);
      });
    },
    close: () => {
      db.close();
    },
  };
}

function createRecordRun(db: SweepDatabase): (runFile: RunFile) => void {
  // Another time of creation is another folder: its log begins anew, and what was read of the old one is void.
  const forgetOlder = db.prepare('DELETE FROM runs WHERE id = @id AND created_at <> @createdAt');
  const upsert = db.prepare(`
    INSERT INTO runs (id, key, config, data_fingerprint, parameters, created_at)
    VALUES (@id, @key, @config, @dataFingerprint, @parameters, @createdAt)
    ON CONFLICT (id) DO UPDATE SET
      key = excluded.key, config = excluded.config, data_fingerprint = excluded.data_fingerprint,
      parameters = excluded.parameters`);
  const record = db.transaction(({ id, createdAt, config, ...runFile }: RunFile) => {
    const { key, dataFingerprint, parameters } = runFile;
    forgetOlder.run({ id, createdAt });
    upsert.run({ id, key, config: JSON.stringify(config), dataFingerprint, parameters, createdAt });
  });
  return (runFile) => {
    record.immediate(runFile);
  };
}

function createRecordAnnotations(db: SweepDatabase, paths: ResultsPaths): (runId: string) => void {
  const update = db.prepare('UPDATE runs SET note = @note, tags = @tags WHERE id = @runId');
  return (runId) => {
    const { note, tags } = readAnnotations(paths.run(runId));
    update.run({ runId, note, tags: JSON.stringify(tags) });
  };
}

/** What taking in a run needs. */
interface IngestTools {
  readonly recordRun: (runFile: RunFile) => void;
  readonly recordAnnotations: (runId: string) => void;
  readonly asksForLater: boolean;
}

function createIngest(
  db: SweepDatabase,
  paths: ResultsPaths,
  { recordRun, recordAnnotations, asksForLater }: IngestTools,
): (runId: string, read?: LogPart | null) => number {
  const courses = createCourseStore(db);
  const applyEvents = createApplyEvents(db);
  const forget = db.prepare('DELETE FROM runs WHERE id = ?');

  const ingest = db.transaction((runId: string, read: LogPart | null): number => {
    const run = paths.run(runId);
    let course = courses.load(runId);
    let log = course === null ? null : gained(run, course, read);
    if (course === null || log === null) {
      // Not recorded yet; or what was read does not count any more: a later attempt cut it off, or the folder was deleted and
      // the run began anew.
      if (course !== null) forget.run(runId);
      recordRun(readRunFileOf(runId, run.runFile));
      recordAnnotations(runId);
      course = courses.loadRecorded(runId);
      log = gained(run, course, read) ?? readRunLog(run);
    }
    const { events, cursor } = log;
    if (cursor.attempt === course.attempt && cursor.byte === course.eventsBytes) return 0;
    // The end of a run is not looked at again: it must not be one that another attempt is about to cut off.
    if (asksForLater && isEnd(events) && mayBeCutOff(run, cursor.attempt)) return 0;
    let applied = 0;
    for (const group of groupEvents(events, course.lastSeq)) {
      applyEvents(runId, group, course.lastSeq);
      // Of epochs in a row, the last one says all that the earlier ones do.
      course = advanceCourse(course, group.last);
      applied += group.type === 'epochs' ? group.epochs.length : 1;
    }
    courses.save(runId, { ...course, attempt: cursor.attempt, eventsBytes: cursor.byte });
    return applied;
  });
  // Immediate: a transaction that reads first and then finds another writer would fail instead of waiting.
  return (runId, read = null) => ingest.immediate(runId, read);
}

function isEnd(events: readonly RunEvent[]): boolean {
  return isFinal(outcomeOf(events.slice(-1)));
}

/** What the record of a run has gained since it was taken in; null when what was taken in does not count any more. */
function gained(
  run: RunPaths,
  { attempt, eventsBytes, lastSeq }: Pick<RunCourse, 'attempt' | 'eventsBytes' | 'lastSeq'>,
  read: LogPart | null,
): RunLog | null {
  if (read !== null && follows(run, read, { attempt, eventsBytes }))
    return {
      events: read.events,
      cursor: {
        attempt: read.attempt,
        byte: read.nextByte,
        seq: read.events.at(-1)?.seq ?? lastSeq,
      },
    };
  return readMoreOfRunLog(run, { attempt, byte: eventsBytes, seq: lastSeq });
}

/** Whether a part is what comes next, and of the latest attempt: what comes before it counts as it was taken in. */
function follows(
  run: RunPaths,
  read: LogPart,
  { attempt, eventsBytes }: Pick<RunCourse, 'attempt' | 'eventsBytes'>,
): boolean {
  const isNext =
    (read.attempt === attempt && read.fromByte === eventsBytes) ||
    (attempt === 0 && read.attempt === 1 && read.fromByte === 0);
  return isNext && lastAttempt(run, read.attempt) === read.attempt;
}

/** A copied folder would be taken for the run it was copied from. */
function readRunFileOf(runId: string, path: string): RunFile {
  const runFile = readRunFile(path);
  if (runFile.id === runId) return runFile;
  throw new SweepError('bad-record', {
    where: path,
    message: `the folder ${JSON.stringify(runId)} holds the run ${runFile.id}`,
    fix: 'A run lies in the folder of its id: rename the folder, or move the copy away.',
  });
}

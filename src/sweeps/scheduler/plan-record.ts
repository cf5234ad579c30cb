import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as immediate } from 'node:timers/promises';
import { SweepError } from '../../core/errors.js';
import {
  writeFileWhole,
  writeJson,
  writeJsonUnsynced,
} from '../../core/run-folder/atomic-write.js';
import type { ResultsPaths } from '../../core/run-folder/paths.js';
import { type Retention, writeRetention } from '../../core/run-folder/retention.js';
import { readRunFile, RUN_FORMAT, type RunFile } from '../../core/run-folder/run-file.js';
import type { Recorder } from '../../core/store/recorder.js';
import {
  readSweepRecord,
  type SweepRecord,
  sweepPartFile,
  sweepRecordFile,
  type SweepRunRecord,
} from '../../core/store/sweep-record.js';
import { createRetentionReader } from '../control/wanted-retention.js';
import type { LoadedDefinition } from '../definition/definition.js';
import type { PlannedRun, ResolvedRun, WaitingRun } from '../plan/planned-run.js';

/** Files written in a row; workers wait for their next run meanwhile. */
const FILES_AT_ONCE = 50;

/**
 * Puts a plan on record, part by part: the definition as it is run, the plan and the run ids into the sweep's folder,
 * `run.json` into the folder of each run, and all of it into the database.
 *
 * A sweep of which an earlier start recorded more than this one has come to keeps that, as long as its parts are what
 * they were: interrupted again, it still lists all its runs. Where a part differs, what comes after it is void.
 */
export class PlanRecord {
  readonly #definition: LoadedDefinition;
  readonly #paths: ResultsPaths;
  readonly #recorder: Recorder;
  readonly #recordedAt = new Date().toISOString();
  /** What the sweeps of a run want to be kept of it. */
  readonly #wantedBy: (sweeps: readonly string[]) => Retention;
  /** Parts that are on record. */
  #parts = 0;
  /** Runs in them. */
  #length = 0;

  constructor(definition: LoadedDefinition, paths: ResultsPaths, recorder: Recorder) {
    this.#definition = definition;
    this.#paths = paths;
    this.#recorder = recorder;
    this.#wantedBy = createRetentionReader(paths);
  }

  /**
   * The next part of the plan.
   *
   * @returns `run.json` of each run that is not finished, by its id
   */
  async add(planned: readonly PlannedRun[]): Promise<ReadonlyMap<string, RunFile>> {
    const left = planned.filter(isLeft);
    const files = await this.#writeRunFiles(left);
    this.#recorder.recordRuns([...files.values()]);
    const list = planned.map((run) => ({
      name: run.name,
      ...(run.status === 'waiting' ? { waitingFor: reasonToWait(run) } : { runId: run.id }),
      changes: { ...run.changes },
      replicate: this.#definition.replicates > 1 ? run.replicate : null,
    }));
    if (this.#parts === 0) this.#writeFirst(planned, list);
    else this.#writeFurther(list);
    this.#parts += 1;
    this.#length += list.length;
    for (const { id, reusedFrom } of left)
      writeRetention(this.#paths.run(id), this.#wantedBy([this.#definition.name, ...reusedFrom]));
    return files;
  }

  /** All parts were added: what an earlier, longer list has more is taken away. */
  finish(): void {
    this.#dropFrom(this.#parts, this.#length);
  }

  get #folder(): string {
    return this.#paths.sweep(this.#definition.name);
  }

  async #writeRunFiles(runs: readonly ResolvedRun[]): Promise<ReadonlyMap<string, RunFile>> {
    const files = new Map<string, RunFile>();
    for (const [index, run] of runs.entries()) {
      files.set(run.id, ensureRunFile(run, this.#paths, this.#recordedAt));
      if (index % FILES_AT_ONCE === FILES_AT_ONCE - 1) await immediate();
    }
    return files;
  }

  #writeFirst(planned: readonly PlannedRun[], runs: SweepRunRecord[]): void {
    const definition = this.#definition;
    const folder = this.#folder;
    const earlier = readEarlierRecord(folder);
    const record: SweepRecord = {
      name: definition.name,
      title: definition.title ?? null,
      definitionFile: definition.file,
      definitionText: definition.text,
      objective: definition.objective,
      ...(definition.keep === undefined ? {} : { keep: definition.keep }),
      createdAt: earlier?.createdAt ?? earlier?.recordedAt ?? this.#recordedAt,
      recordedAt: this.#recordedAt,
      runs,
    };
    const isSame = JSON.stringify(earlier?.runs) === JSON.stringify(runs);
    if (!isSame) this.#dropFiles(1);
    writeFileWhole(join(folder, 'definition.yaml'), definition.text);
    writeJson(join(folder, 'plan.json'), {
      version: 1,
      set: Object.fromEntries([...definition.set].map(([key, { value }]) => [key, value])),
      runs: planned,
    });
    writeJson(sweepRecordFile(folder), record);
    if (isSame) this.#recorder.recordSweepStart(record);
    else this.#recorder.recordSweep(record);
  }

  #writeFurther(runs: readonly SweepRunRecord[]): void {
    const { name } = this.#definition;
    const file = sweepPartFile(this.#folder, this.#parts);
    const text = `${JSON.stringify({ runs })}\n`;
    if (!existsSync(file) || readFileSync(file, 'utf8') !== text) {
      this.#dropFrom(this.#parts, this.#length);
      writeFileWhole(file, text);
    }
    this.#recorder.addSweepRuns(name, this.#length, runs, this.#parts);
  }

  /** Takes away the files from a part on, and the places after so many runs. */
  #dropFrom(part: number, length: number): void {
    this.#dropFiles(Math.max(1, part));
    this.#recorder.cutSweepRuns(this.#definition.name, length, Math.max(0, part - 1));
  }

  /** The last one first: what is left is always the beginning of a list. */
  #dropFiles(from: number): void {
    let end = from;
    while (existsSync(sweepPartFile(this.#folder, end))) end += 1;
    for (let part = end - 1; part >= from; part--) rmSync(sweepPartFile(this.#folder, part));
  }
}

/** What is finished is recorded, and what waits has no configuration yet. */
function isLeft(run: PlannedRun): run is ResolvedRun {
  return run.status !== 'waiting' && run.status !== 'finished';
}

/** It is read while runs end: how many are still to end is not in it. */
function reasonToWait({ waitingFor, reason }: WaitingRun): string {
  const sweeps = [...new Set(waitingFor.map(({ sweep }) => sweep))];
  if (sweeps.length === 0) return reason;
  return `the best of ${sweeps.join(', ')} is known when the runs to choose from have ended`;
}

/** The record of an earlier time; a damaged one is written anew. */
function readEarlierRecord(folder: string): SweepRecord | null {
  try {
    return readSweepRecord(folder);
  } catch (error) {
    if (error instanceof SweepError) return null;
    throw error;
  }
}

/**
 * What was written first stays the truth: an older file of the same key says the same. Its worker syncs it, so that a
 * plan of many runs does not wait for the disk; one that a power cut took or left in pieces is written anew.
 */
function ensureRunFile(run: ResolvedRun, paths: ResultsPaths, createdAt: string): RunFile {
  const { runFile } = paths.run(run.id);
  const earlier = readEarlier(runFile);
  if (earlier !== null) return earlier;
  const { id, key, config, dataFingerprint, parameters, baseFolder } = run;
  const file: RunFile = {
    formatVersion: RUN_FORMAT,
    id,
    key,
    config,
    dataFingerprint,
    parameters,
    baseFolder,
    createdAt,
  };
  writeJsonUnsynced(runFile, file);
  return file;
}

function readEarlier(runFile: string): RunFile | null {
  if (!existsSync(runFile)) return null;
  try {
    return readRunFile(runFile);
  } catch (error) {
    if (error instanceof SweepError) return null;
    throw error;
  }
}

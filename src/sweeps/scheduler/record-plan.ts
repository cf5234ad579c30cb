import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { SweepError } from '../../core/errors.js';
import {
  writeFileWhole,
  writeJson,
  writeJsonUnsynced,
} from '../../core/run-folder/atomic-write.js';
import type { ResultsPaths } from '../../core/run-folder/paths.js';
import { writeRetention } from '../../core/run-folder/retention.js';
import { readRunFile, type RunFile } from '../../core/run-folder/run-file.js';
import type { Recorder } from '../../core/store/recorder.js';
import {
  readSweepRecord,
  type SweepRecord,
  sweepRecordFile,
} from '../../core/store/sweep-record.js';
import { createRetentionReader } from '../control/wanted-retention.js';
import type { SweepPlan } from '../plan/plan.js';
import type { ResolvedRun, WaitingRun } from '../plan/planned-run.js';

/**
 * Puts a plan on record: the definition as it is run, the plan and the run ids into the sweep's folder, `run.json` into
 * the folder of each run, and all of it into the database.
 */
export function recordPlan(plan: SweepPlan, paths: ResultsPaths, recorder: Recorder): void {
  const { definition, runs } = plan;
  const resolved = runs.filter((run) => run.status !== 'waiting');
  const recordedAt = new Date().toISOString();
  for (const run of resolved) recorder.recordRun(ensureRunFile(run, paths, recordedAt));

  const folder = paths.sweep(definition.name);
  const record: SweepRecord = {
    name: definition.name,
    title: definition.title ?? null,
    definitionFile: definition.file,
    definitionText: definition.text,
    objective: definition.objective,
    ...(definition.keep === undefined ? {} : { keep: definition.keep }),
    createdAt: firstRecordedAt(folder) ?? recordedAt,
    recordedAt,
    runs: runs.map((run) => ({
      name: run.name,
      ...(run.status === 'waiting' ? { waitingFor: reasonToWait(run) } : { runId: run.id }),
      changes: { ...run.changes },
      replicate: definition.replicates > 1 ? run.replicate : null,
    })),
  };
  writeFileWhole(join(folder, 'definition.yaml'), definition.text);
  writeJson(join(folder, 'plan.json'), {
    version: 1,
    set: Object.fromEntries([...definition.set].map(([key, { value }]) => [key, value])),
    runs,
  });
  writeJson(sweepRecordFile(folder), record);
  recorder.recordSweep(record);
  tellRetention(definition.name, resolved, paths);
}

/** It is read while runs end: how many are still to end is not in it. */
function reasonToWait({ waitingFor, reason }: WaitingRun): string {
  const sweeps = [...new Set(waitingFor.map(({ sweep }) => sweep))];
  if (sweeps.length === 0) return reason;
  return `the best of ${sweeps.join(', ')} is known when the runs to choose from have ended`;
}

/** Tells the workers of runs that are not finished what their sweeps, together, want to be kept. */
function tellRetention(sweep: string, runs: readonly ResolvedRun[], paths: ResultsPaths): void {
  const wantedBy = createRetentionReader(paths);
  for (const { id, status, reusedFrom } of runs)
    if (status !== 'finished') writeRetention(paths.run(id), wantedBy([sweep, ...reusedFrom]));
}

/** When the sweep was planned first, from the record of an earlier time; a damaged one is written anew. */
function firstRecordedAt(folder: string): string | null {
  try {
    const earlier = readSweepRecord(folder);
    return earlier === null ? null : (earlier.createdAt ?? earlier.recordedAt);
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
    formatVersion: 1,
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

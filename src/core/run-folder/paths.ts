import { join, resolve, sep } from 'node:path';

/** The checkpoints that a run keeps: of the lowest validation NLL, and of the last epoch. */
export const CHECKPOINT_KINDS = ['best', 'last'] as const;
export type CheckpointKind = (typeof CHECKPOINT_KINDS)[number];

/** Names of the files of one attempt at a run. */
export interface AttemptPaths {
  readonly run: RunPaths;
  /** From 1. */
  readonly number: number;
  readonly folder: string;
  /** Who had it launched. */
  readonly launch: string;
  /** Append-only log of what happened; its first line says which earlier attempt it goes on from. */
  readonly events: string;
  /** Events that are being put on record together with a checkpoint; gone when they are. */
  readonly commit: string;
  /** Who works on it now. */
  readonly lease: string;
  /** Standard output and error of the worker process. */
  readonly log: string;
  /** Folder of the checkpoints; a later attempt takes it over. */
  readonly checkpoints: string;
  readonly checkpointLast: string;
  readonly checkpointBest: string;
  /** The last checkpoint but one, in case the last is damaged; gone when the run has ended. */
  readonly checkpointPrevious: string;
}

/** Names of the files in a run's folder. What is not of an attempt is written by no worker. */
export interface RunPaths {
  readonly folder: string;
  /** The resolved configuration, written first. */
  readonly runFile: string;
  /** The attempts, each in a folder of its own; see attempts.ts. */
  readonly attempts: string;
  /** What the sweeps of the run want to be kept of its checkpoints; not there: the default. */
  readonly retention: string;
  /** A wish that the worker ends; it is there until somebody has obeyed it. */
  readonly stopRequest: string;
  /** The note and the tags that people wrote on it; missing while there are none. */
  readonly annotations: string;
  /** A wish that a failed or stopped run is tried again; it is there until a worker starts. */
  readonly retryRequest: string;
  /** When a failed run is tried again by itself; gone when it is. */
  readonly nextTry: string;
  attempt(number: number): AttemptPaths;
}

/** Where everything lies below one results folder. */
export interface ResultsPaths {
  readonly folder: string;
  /** The cache of this host; see store/database-place.ts. */
  readonly database: string;
  readonly runsFolder: string;
  readonly sweepsFolder: string;
  /** Those that have run sweeps here, each in a folder of its own; see coordinators.ts. */
  readonly coordinators: string;
  /** Names each run whose note or tags were changed, a line each time. */
  readonly annotationLog: string;
  /** Downloaded data, safe to delete. */
  readonly cacheFolder: string;
  run(id: string): RunPaths;
  /** Folder of a sweep: its definition as it was run, its plan and its run ids. */
  sweep(name: string): string;
}

/**
 * Layout of a results folder; relative paths are resolved against the current directory.
 *
 * @param database where the database is, if not in the folder itself
 */
export function resultsPaths(folder: string, database?: string): ResultsPaths {
  const root = resolve(folder);
  const runsFolder = join(root, 'runs');
  const sweepsFolder = join(root, 'sweeps');
  return {
    folder: root,
    database: database ?? join(root, 'sweep.db'),
    runsFolder,
    sweepsFolder,
    coordinators: join(root, 'coordinators'),
    annotationLog: join(root, 'annotations.jsonl'),
    cacheFolder: join(root, 'cache'),
    run: (id) => runPaths(join(runsFolder, id)),
    sweep: (name) => join(sweepsFolder, name),
  };
}

/** Layout of one run's folder. */
export function runPaths(folder: string): RunPaths {
  const at = inFolder(folder);
  const run: RunPaths = {
    folder,
    runFile: at('run.json'),
    attempts: at('attempts'),
    retention: at('retention.json'),
    stopRequest: at('stop-request.json'),
    annotations: at('annotations.json'),
    retryRequest: at('retry-request.json'),
    nextTry: at('next-try.json'),
    attempt: (number) => attemptPaths(run, number),
  };
  return run;
}

/** Where a checkpoint is, from the folder of its attempt: what events name it by. */
export function checkpointFile(name: CheckpointKind | 'previous' | `epoch-${number}`): string {
  return `checkpoint/${name}.safetensors`;
}

function attemptPaths(run: RunPaths, number: number): AttemptPaths {
  const folder = `${run.attempts}${sep}${number}`;
  const at = inFolder(folder);
  return {
    run,
    number,
    folder,
    launch: at('launch.json'),
    events: at('events.jsonl'),
    commit: at('commit.json'),
    lease: at('lease.json'),
    log: at('output.log'),
    checkpoints: at('checkpoint'),
    checkpointLast: at(checkpointFile('last')),
    checkpointBest: at(checkpointFile('best')),
    checkpointPrevious: at(checkpointFile('previous')),
  };
}

/** Joined once: the names of a run's files are asked for many times, and joining takes as long as looking for one of them. */
function inFolder(folder: string): (name: string) => string {
  const before = join(folder, 'x').slice(0, -1);
  return (name) => before + name;
}

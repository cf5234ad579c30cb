import { join, resolve } from 'node:path';

/** The checkpoints that a run keeps: of the lowest validation NLL, and of the last epoch. */
export const CHECKPOINT_KINDS = ['best', 'last'] as const;
export type CheckpointKind = (typeof CHECKPOINT_KINDS)[number];

/** Names of the files in a run's folder. */
export interface RunPaths {
  readonly folder: string;
  /** The resolved configuration, written first. */
  readonly runFile: string;
  /** Append-only log of what happened. */
  readonly events: string;
  readonly checkpointLast: string;
  readonly checkpointBest: string;
  /** The last checkpoint but one, in case the last is damaged; gone when the run has ended. */
  readonly checkpointPrevious: string;
  /** What the sweeps of the run want to be kept of its checkpoints; not there: the default. */
  readonly retention: string;
  /** Events that are being put on record together with a checkpoint; gone when they are. */
  readonly commit: string;
  /** Standard output and error of the worker processes. */
  readonly log: string;
  /** Who works on the run now. */
  readonly lease: string;
  /** A wish that the worker ends; it is there until somebody has obeyed it. */
  readonly stopRequest: string;
  /** The note and the tags that people wrote on it; missing while there are none. */
  readonly annotations: string;
  /** A wish that a failed or stopped run is tried again; it is there until a worker starts. */
  readonly retryRequest: string;
  /** When a failed run is tried again by itself; gone when it is. */
  readonly nextTry: string;
}

/** Where everything lies below one results folder. */
export interface ResultsPaths {
  readonly folder: string;
  readonly database: string;
  readonly runsFolder: string;
  readonly sweepsFolder: string;
  /** Downloaded data, safe to delete. */
  readonly cacheFolder: string;
  run(id: string): RunPaths;
  /** Folder of a sweep: its definition as it was run, its plan and its run ids. */
  sweep(name: string): string;
}

/** Layout of a results folder; relative paths are resolved against the current directory. */
export function resultsPaths(folder: string): ResultsPaths {
  const root = resolve(folder);
  const runsFolder = join(root, 'runs');
  const sweepsFolder = join(root, 'sweeps');
  return {
    folder: root,
    database: join(root, 'sweep.db'),
    runsFolder,
    sweepsFolder,
    cacheFolder: join(root, 'cache'),
    run: (id) => runPaths(join(runsFolder, id)),
    sweep: (name) => join(sweepsFolder, name),
  };
}

/** Layout of one run's folder. */
export function runPaths(folder: string): RunPaths {
  const before = join(folder, 'x').slice(0, -1); // joined once: a run's folder is asked for many times
  const at = (name: string): string => before + name;
  return {
    folder,
    runFile: at('run.json'),
    events: at('events.jsonl'),
    checkpointLast: at('checkpoint-last.safetensors'),
    checkpointBest: at('checkpoint-best.safetensors'),
    checkpointPrevious: at('checkpoint-previous.safetensors'),
    retention: at('retention.json'),
    commit: at('commit.json'),
    log: at('worker.log'),
    lease: at('lease.json'),
    stopRequest: at('stop-request.json'),
    annotations: at('annotations.json'),
    retryRequest: at('retry-request.json'),
    nextTry: at('next-try.json'),
  };
}

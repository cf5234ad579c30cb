import { join } from 'node:path';
import { z } from 'zod';
import {
  createNumbered,
  isFollowed,
  lastNumber,
  type NumberedFolders,
} from './exclusive-folder.js';
import { newLease } from './hold-lease.js';
import { holderSchema } from './holder.js';
import { type Heartbeats, heartbeats, type HolderState } from './heartbeats.js';
import type { ResultsPaths } from './paths.js';
import { readText } from './read-text.js';

const coordinatorSchema = z.strictObject({
  /** A token that no other process has. */
  owner: z.string(),
  holder: holderSchema,
  /** Where its database is: whoever reads that need not look at the folders while it lives. */
  database: z.string(),
});

/** A process that works in a results folder, or has: at any time the one that made the latest folder. */
export type Coordinator = Readonly<z.infer<typeof coordinatorSchema>>;

/** The latest coordinator. */
export interface LatestCoordinator extends Coordinator {
  /** From 1. */
  readonly number: number;
  readonly state: HolderState;
}

/** Null when no process has worked in the folder yet. @param atLeast the number of one that has */
export function latestCoordinator(
  paths: ResultsPaths,
  atLeast = 0,
  seen: Heartbeats = heartbeats,
): LatestCoordinator | null {
  const number = lastNumber(coordinatorFolders(paths), atLeast);
  if (number === 0) return null;
  const text = readText(join(coordinatorFolder(paths, number), OWNER_FILE));
  if (text === null) return null; // somebody removed it this moment
  const state = seen.look(coordinatorLease(paths, number));
  return { ...coordinatorSchema.parse(JSON.parse(text)), number, state };
}

/** The coordinator that works in a results folder; null when none does. */
export function workingCoordinator(paths: ResultsPaths): LatestCoordinator | null {
  const latest = latestCoordinator(paths);
  const isAtWork =
    latest !== null && (latest.state.life !== 'gone' || latest.state.sight === 'suspended');
  return isAtWork ? latest : null;
}

/** Makes this process the coordinator of this number, in one step. @returns false when somebody else was quicker */
export function createCoordinator(
  paths: ResultsPaths,
  number: number,
  coordinator: Coordinator,
): boolean {
  // With its lease: a folder without one would be taken over at once.
  return createNumbered(coordinatorFolders(paths), number, coordinator, { [LEASE]: newLease() });
}

/** Whether somebody else has become the coordinator since, asked of the file system itself. */
export function isCoordinatorFollowed(paths: ResultsPaths, number: number): boolean {
  return isFollowed(coordinatorFolders(paths), number);
}

export function coordinatorFolder({ coordinators }: ResultsPaths, number: number): string {
  return join(coordinators, `${number}`);
}

export function coordinatorLease(paths: ResultsPaths, number: number): string {
  return join(coordinatorFolder(paths, number), LEASE);
}

const OWNER_FILE = 'coordinator.json';
const LEASE = 'lease.json';

function coordinatorFolders({ coordinators }: ResultsPaths): NumberedFolders {
  return { parent: coordinators, ownerFile: OWNER_FILE };
}

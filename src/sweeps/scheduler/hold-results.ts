import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import prettyMs from 'pretty-ms';
import { messageOf, SweepError } from '../../core/errors.js';
import {
  type Coordinator,
  coordinatorFolder,
  coordinatorLease,
  createCoordinator,
  isCoordinatorFollowed,
  type LatestCoordinator,
  latestCoordinator,
} from '../../core/run-folder/coordinators.js';
import { newOwner } from '../../core/run-folder/exclusive-folder.js';
import { type HolderState, SILENCE_MS } from '../../core/run-folder/heartbeats.js';
import { holdLease, removeLease } from '../../core/run-folder/hold-lease.js';
import { describeHolder, ownHolder } from '../../core/run-folder/holder.js';
import type { ResultsPaths } from '../../core/run-folder/paths.js';
import { checkResultsFormat } from '../../core/run-folder/results-format.js';
import { BY_THE_CLOCK, type WaitingTools } from './wait-for-holder.js';

/** A results folder in which this process is the coordinator. */
export interface HeldResults {
  /** Its number among those that have worked there. */
  readonly number: number;
  /** The token that this process has and no other one. */
  readonly owner: string;
  /**
   * To be called before something is written that is not in a folder of this coordinator's own.
   *
   * @throws SweepError `busy` when another process has become the coordinator since
   */
  readonly check: () => void;
  readonly release: () => void;
}

/** What is told of a results folder that is held. */
export interface HoldListener {
  /** It is not clear yet whether somebody works there; said now and then until it is. */
  readonly onWait: (message: string) => void;
  /** Another process has become the coordinator, because this one gave no sign of life: it must not go on. */
  readonly onLost: () => void;
}

/** How often is looked whether somebody lives who holds the folder. */
const POLL_MS = 250;
/** Folders of coordinators that have ended; older ones are removed. */
const KEPT = 10;

/**
 * Makes this process the coordinator of a results folder, the only one that runs sweeps in it. One that has ended is
 * followed at once; of one that cannot be seen it is watched whether it gives a sign of life, see heartbeats.ts.
 *
 * @throws SweepError `busy` when another process is, `unavailable` when the folder cannot be written, `bad-record` when its
 *   runs are of another version
 */
export async function holdResults(
  paths: ResultsPaths,
  { onWait, onLost }: HoldListener,
  tools: WaitingTools = BY_THE_CLOCK,
): Promise<HeldResults> {
  const content: Coordinator = {
    owner: newOwner(),
    holder: ownHolder(),
    database: paths.database,
  };
  checkResultsFormat(paths);
  try {
    mkdirSync(paths.folder, { recursive: true });
    for (;;) {
      const latest = latestCoordinator(paths, 0, tools.heartbeats);
      if (latest !== null) await waitForEnd(paths, latest, onWait, tools);
      const number = (latest?.number ?? 0) + 1;
      if (createCoordinator(paths, number, content)) return hold(paths, number, content, onLost);
    }
  } catch (error) {
    throw error instanceof SweepError ? error : unwritableError(paths.folder, error);
  }
}

function hold(
  paths: ResultsPaths,
  number: number,
  { owner }: Coordinator,
  onLost: () => void,
): HeldResults {
  let isLost = false;
  const lease = holdLease({
    path: coordinatorLease(paths, number),
    isFollowed: () => isCoordinatorFollowed(paths, number),
    onFollowed: () => {
      isLost = true;
      onLost();
    },
  });
  removeOldFolders(paths, number);
  return {
    number,
    owner,
    check: () => {
      isLost ||= (latestCoordinator(paths, number)?.number ?? number) > number;
      if (isLost) throw lostError(paths);
    },
    release: lease.release,
  };
}

/** Another process has become the coordinator of a results folder. */
export function lostError(paths: ResultsPaths): SweepError {
  const by = latestCoordinator(paths);
  const who = by === null ? 'another process' : describeHolder(by.holder);
  return new SweepError('busy', {
    where: paths.folder,
    message: `${who} took this results folder over, because this process gave no sign of life for ${prettyMs(SILENCE_MS)}: it was suspended, or could not write there`,
    fix: 'Nothing is lost: what this one had on record counts, and the other one goes on from there. sweep ls shows how far it is.',
  });
}

/** Returns when a coordinator has ended, or has given no sign of life for long enough. @throws SweepError `busy` */
async function waitForEnd(
  paths: ResultsPaths,
  first: LatestCoordinator,
  onWait: (message: string) => void,
  { heartbeats, wait }: WaitingTools,
): Promise<void> {
  let toldMs = -Infinity;
  for (
    let latest: LatestCoordinator | null = first;
    latest !== null && latest.state.life !== 'gone';
    latest = latestCoordinator(paths, first.number, heartbeats)
  ) {
    if (isAtWork(latest.state)) throw heldError(paths, latest);
    if (latest.state.silentMs - toldMs >= TELL_MS) {
      toldMs = latest.state.silentMs;
      onWait(describeWaiting(latest));
    }
    await wait(POLL_MS);
  }
  // Nobody looks for a process again that was seen to be gone.
  if (first.state.sight === 'gone') removeLease(coordinatorLease(paths, first.number));
}

/** How often is said what is waited for. */
const TELL_MS = 1_000;
/** A renewal that was seen this long ago is no news: three times as long as between two of them. */
const FRESH_MS = 15_000;

/** Seen to live, or to renew its lease now: what was seen by an earlier command may be long ago. */
function isAtWork({ life, sight, silentMs }: HolderState): boolean {
  return life === 'alive' && (sight === 'lives' || silentMs < FRESH_MS);
}

function heldError({ folder }: ResultsPaths, { holder, state }: LatestCoordinator): SweepError {
  const found =
    state.sight === 'lives'
      ? 'its process runs on this machine'
      : `it renewed its lease ${prettyMs(Math.round(state.silentMs / 1000) * 1000)} ago, as seen from here`;
  return new SweepError('busy', {
    where: folder,
    message: `${describeHolder(holder)} works in this results folder${since(state)}: ${found}`,
    fix: 'Wait for it (sweep ls shows how far it is), end it with sweep stop SWEEP, or give this one its own --results DIR.',
  });
}

function describeWaiting({ holder, state }: LatestCoordinator): string {
  const left = prettyMs(Math.ceil((SILENCE_MS - state.silentMs) / 1000) * 1000);
  const how =
    state.sight === 'suspended'
      ? 'and is suspended (fg or kill -CONT lets it go on)'
      : 'and cannot be seen from here';
  return `${describeHolder(holder)} holds this results folder${since(state)} ${how}; without a sign of life it counts as gone in ${left}`;
}

function since({ lease }: HolderState): string {
  return lease === null ? '' : ` since ${lease.since.slice(0, 19).replace('T', ' ')} UTC`;
}

/** The oldest ones, as long as nobody may wake up who believes to be one of them: it looks whether the next one is there. */
function removeOldFolders(paths: ResultsPaths, number: number): void {
  const numbers = readdirSync(paths.coordinators).map(Number).filter(Number.isInteger);
  for (const old of numbers.sort((a, b) => a - b)) {
    if (old > number - KEPT || existsSync(coordinatorLease(paths, old))) return;
    rmSync(coordinatorFolder(paths, old), { recursive: true, force: true });
  }
}

function unwritableError(folder: string, cause: unknown): SweepError {
  return new SweepError(
    'unavailable',
    {
      where: folder,
      message: `the results folder cannot be written: ${messageOf(cause)}`,
      fix: 'Choose another one with --results DIR or SWEEP_RESULTS.',
    },
    { cause },
  );
}

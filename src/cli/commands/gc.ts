import prettyBytes from 'pretty-bytes';
import { SweepError } from '../../core/errors.js';
import type { ResultsPaths } from '../../core/run-folder/paths.js';
import type { Retention } from '../../core/run-folder/retention.js';
import { findSweep } from '../../core/store/sweep-queries.js';
import {
  findGarbage,
  type Garbage,
  type GarbageRequest,
} from '../../sweeps/garbage/find-garbage.js';
import { removeGarbage } from '../../sweeps/garbage/remove-garbage.js';
import type { HeldResults } from '../../sweeps/scheduler/hold-results.js';
import { confirm } from '../confirm.js';
import { describeGarbage } from '../describe-garbage.js';
import { withHeldResults } from '../hold-results.js';
import { withStore } from '../open-store.js';
import { createStatusLine, note, print, printJson } from '../output.js';
import { type ResultsOptions, resultsOf } from '../results.js';

/** Options of `sweep gc`. */
export interface GarbageOptions extends ResultsOptions {
  /** Instead of what definitions say. */
  readonly keep?: Retention | undefined;
  readonly caches?: true | undefined;
  readonly orphans?: true | undefined;
  readonly dryRun?: true | undefined;
  readonly yes?: true | undefined;
  readonly json?: true | undefined;
}

/**
 * `sweep gc [SWEEP]`: shows what the runs' retention does not need and how much room it takes, and removes it.
 *
 * @throws SweepError `bad-call` for an unknown sweep, or when nobody can be asked; `busy` while a `sweep run` is at work
 */
export async function runGarbageCollection(
  sweep: string | undefined,
  options: GarbageOptions,
): Promise<void> {
  const { keep, caches, orphans, dryRun } = options;
  if (sweep !== undefined && orphans === true)
    throw new SweepError('bad-call', {
      message: '--orphans are runs that no sweep lists, and a sweep is named',
      fix: 'Leave one of them out.',
    });
  const request: GarbageRequest = {
    sweep: sweep ?? null,
    keep: keep ?? null,
    caches: caches === true,
    orphans: orphans === true,
  };
  const paths = resultsOf(options);
  withStore(options, ({ db }) => sweep === undefined || findSweep(db, sweep)); // before anything is made
  if (dryRun === true) await collect(request, options, null);
  else await withHeldResults(paths, (held) => collect(request, options, held));
}

/** @param held null where nothing is to be removed */
async function collect(
  request: GarbageRequest,
  options: GarbageOptions,
  held: HeldResults | null,
): Promise<void> {
  const { yes, json } = options;
  const paths = resultsOf(options);
  const garbage = find(options, request);
  for (const line of describeGarbage(garbage, paths)) (json === true ? note : print)(line);
  const isToGo = held !== null && !isEmpty(garbage);
  const isRemoved = isToGo && (yes === true || (await ask(garbage)));
  if (isRemoved) clear(paths, garbage, held);
  if (json === true) printJson(document(request, garbage, isRemoved));
  else if (isRemoved) print(`${prettyBytes(garbage.bytes)} freed`);
  else if (isToGo) note('nothing was removed');
}

function find(options: GarbageOptions, request: GarbageRequest): Garbage {
  const status = createStatusLine();
  const garbage = withStore(options, ({ db, paths }) =>
    findGarbage(db, paths, request, (runs) => {
      if (runs % 100 === 0) status.update(`${runs} runs looked at`);
    }),
  );
  status.clear();
  return garbage;
}

function ask({ bytes }: Garbage): Promise<boolean> {
  return confirm(`Remove these ${prettyBytes(bytes)}?`);
}

function clear(paths: ResultsPaths, garbage: Garbage, held: HeldResults): void {
  const status = createStatusLine();
  removeGarbage(paths, garbage, (runs) => {
    held.check();
    status.update(`removing: ${runs} of ${garbage.runs.length} runs`);
  });
  status.clear();
}

function isEmpty({ runs, orphans, leftovers, caches }: Garbage): boolean {
  return [runs, orphans, leftovers, caches].every((list) => list.length === 0);
}

function document(request: GarbageRequest, garbage: Garbage, isRemoved: boolean): object {
  const { sweep, keep } = request;
  return { version: 1, kind: 'gc', sweep, keep, removed: isRemoved, ...garbage };
}

import { SweepError } from '../../core/errors.js';
import { isAtWork } from '../../core/run-folder/run-state.js';
import { type Dependent, listDependents } from '../../core/store/dependent-queries.js';
import { remove } from '../../sweeps/control/remove.js';
import { confirm } from '../confirm.js';
import { findTarget } from '../find-target.js';
import { withHeldResults } from '../hold-results.js';
import { type OpenStore, withStore } from '../open-store.js';
import { note, printJson } from '../output.js';
import { plainText } from '../plain-text.js';
import { type ResultsOptions, resultsOf } from '../results.js';
import { runJson, type RunJson } from '../run-json.js';

/** Options of `sweep rm`. */
export interface RemoveOptions extends ResultsOptions {
  readonly yes?: true | undefined;
  readonly json?: true | undefined;
}

/** What goes, what stays, and what will miss it. */
interface Removal {
  readonly sweep: string | null;
  readonly removed: readonly RunJson[];
  /** Runs of the sweep that stay because something else stands on them. */
  readonly kept: readonly RunJson[];
  /** What stands on the runs that go. */
  readonly dependents: readonly Dependent[];
}

/**
 * `sweep rm RUN|SWEEP`: removes a run's folder; or a sweep with those of its runs that nothing else stands on.
 *
 * @throws SweepError `bad-call` for an unknown name, a run that is worked on, or when nobody can be asked;
 *   `busy` while a `sweep run` is at work
 */
export async function runRemove(text: string, options: RemoveOptions): Promise<void> {
  const { yes, json } = options;
  withStore(options, () => undefined); // no results: say so before anything is made
  await withHeldResults(resultsOf(options), async (held) => {
    const { removal, paths } = withStore(options, (store) => {
      return { removal: planRemoval(store, text), paths: store.paths };
    });
    describe(removal);
    if (yes !== true && !(await confirm('Remove it?'))) {
      note('nothing was removed');
      return;
    }
    const runIds = removal.removed.map(({ id }) => id);
    held.check();
    remove(paths, { runIds, sweep: removal.sweep });
    if (json === true) printJson(document(removal));
    else note('removed');
  });
}

function planRemoval({ db, paths }: OpenStore, text: string): Removal {
  const { sweep, runs } = findTarget(db, text);
  const all = runs.map((row) => runJson(row, paths));
  const running = all.filter(({ state }) => isAtWork(state));
  if (running.length > 0)
    throw new SweepError('bad-call', {
      message: `a worker is at work on ${running.map(({ name, id }) => `${name} (${id})`).join(', ')}`,
      fix: `End it first: sweep stop ${text}`,
    });
  if (sweep === null) {
    const dependents = all.flatMap(({ id }) => listDependents(db, id));
    return { sweep, removed: all, kept: [], dependents };
  }
  const going = new Set(all.map(({ id }) => id));
  const standsOn = (id: string): boolean =>
    listDependents(db, id).some(({ kind, name }) =>
      kind === 'sweep' ? name !== sweep : !going.has(name),
    );
  return {
    sweep,
    removed: all.filter(({ id }) => !standsOn(id)),
    kept: all.filter(({ id }) => standsOn(id)),
    dependents: [],
  };
}

function describe({ sweep, removed, kept, dependents }: Removal): void {
  if (sweep !== null)
    note(`sweep ${sweep}: its definition and plan, and ${removed.length} of its runs`);
  for (const { name, id, state, epochs } of removed)
    note(`  ${plainText(name)} (${id}), ${state}, ${epochs} epochs`);
  if (kept.length > 0) {
    note('these stay, because another sweep lists them or samples from them:');
    for (const { name, id } of kept) note(`  ${plainText(name)} (${id})`);
  }
  for (const { kind, name } of dependents)
    note(
      kind === 'sweep'
        ? `sweep ${name} lists it, and would train it again`
        : `run ${name} samples its best checkpoint, and could not be done again without it`,
    );
}

function document({ sweep, removed, kept, dependents }: Removal): object {
  const list = (runs: readonly RunJson[]): object[] =>
    runs.map(({ id, name, state }) => ({ id, name, state }));
  return {
    version: 1,
    kind: 'rm',
    sweep,
    removed: list(removed),
    kept: list(kept),
    dependents,
  };
}

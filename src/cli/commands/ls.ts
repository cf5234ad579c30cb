import { pc } from '../colors.js';
import { formatNll, formatTop1, NO_VALUE } from '../../analysis/tables/format.js';
import { formatCount } from '../counts.js';
import type { RunState } from '../../core/run-folder/run-state.js';
import { listRuns } from '../../core/store/run-queries.js';
import { countStates, type StateCounts } from '../../core/store/state-counts.js';
import { findSweep, listSweeps, type SweepRow } from '../../core/store/sweep-queries.js';
import { listWaitingRuns, type WaitingRun } from '../../core/store/waiting-runs.js';
import {
  describeFailures,
  type FailureGroup,
  failuresJson,
  groupFailures,
} from '../failure-groups.js';
import { type ListedRun, listedRuns } from '../listed-runs.js';
import { type OpenStore, withStore } from '../open-store.js';
import { print, printJson, printProse } from '../output.js';
import { plainText } from '../plain-text.js';
import { runJson } from '../run-json.js';
import { fitTable, type FittingColumn } from '../fit-table.js';
import { formatTable } from '../table.js';
import type { ResultsOptions } from '../results.js';

/** Options of `sweep ls`. */
export interface ListOptions extends ResultsOptions {
  readonly json?: true | undefined;
}

/** `sweep ls [SWEEP]`: the sweeps, or the runs of one. @throws SweepError `bad-call` for an unknown sweep */
export function runList(sweep: string | undefined, { json, ...options }: ListOptions): void {
  withStore(options, (store) => {
    if (sweep === undefined) listAllSweeps(store, json === true);
    else listSweepRuns(store, sweep, json === true);
  });
}

/** The first runs of a sweep, all of its failures, and how many more runs there are. */
export function listFirstRuns(sweep: string, options: ResultsOptions, most: number): void {
  withStore(options, (store) => {
    const { title, runCount } = findSweep(store.db, sweep);
    const runs = listedRuns(store, { sweep, limit: most });
    const failed = runCount > most ? listedRuns(store, { sweep, outcome: 'failed' }) : runs;
    const waiting = runCount > most ? [] : listWaitingRuns(store.db, sweep);
    printRuns(title, { runs, waiting, failures: groupListed(failed) });
    if (runCount > most)
      printProse(pc.dim(`… of ${formatCount(runCount)} runs; sweep ls ${sweep} lists them all`));
  });
}

function listAllSweeps(store: OpenStore, json: boolean): void {
  const sweeps = listSweeps(store.db);
  const counts = countStates(store.db, store.paths);
  if (json) {
    const documents = sweeps.map((row) => sweepJson(row, counts.get(row.name) ?? NO_RUNS));
    printJson({ version: 1, kind: 'sweeps', sweeps: documents });
    return;
  }
  const rows = sweeps.map((row) => {
    const states = counts.get(row.name) ?? NO_RUNS;
    return [row.name, plainText(row.title ?? ''), `${countRuns(states)}`, describeStates(states)];
  });
  printFitted(
    [{ title: 'sweep' }, { title: 'title', goes: 1 }, RUNS_COLUMN, { title: 'states' }],
    rows,
  );
}

/** A table as narrow as the terminal; what had no room is named. */
function printFitted(
  columns: readonly FittingColumn[],
  rows: readonly (readonly string[])[],
): void {
  const width = process.stdout.isTTY ? process.stdout.columns : null;
  const { left, ...table } = fitTable(columns, rows, width);
  print(formatTable(table.columns, table.rows));
  if (left.length > 0) printProse(pc.dim(`left out here: ${left.join(', ')}; --json has all`));
}

const RUNS_COLUMN = { title: 'runs', align: 'right' } as const;

const NO_RUNS: StateCounts = new Map();

function sweepJson({ definitionText, ...row }: SweepRow, states: StateCounts): object {
  return { ...row, runCount: countRuns(states), states: Object.fromEntries(states) };
}

/** As `sweep plan` and the dashboard count: a run that the sweep names twice is one. */
function countRuns(states: StateCounts): number {
  return [...states.values()].reduce((sum, count) => sum + count, 0);
}

function describeStates(states: StateCounts): string {
  return [...states].map(([state, count]) => `${count} ${paintState(state)}`).join(', ');
}

function listSweepRuns(store: OpenStore, sweep: string, json: boolean): void {
  const { title } = findSweep(store.db, sweep);
  const waiting = listWaitingRuns(store.db, sweep);
  if (!json) {
    const runs = listedRuns(store, { sweep });
    printRuns(title, { runs, waiting, failures: groupListed(runs) });
    return;
  }
  const runs = listRuns(store.db, { sweep }).map((row) => runJson(row, store.paths));
  const failures = failuresJson(groupFailures(runs));
  const document = { version: 1, kind: 'runs', sweep, failures, runs };
  printJson({ ...document, waiting: waiting.map(waitingJson) });
}

/** A run counts once, under its first name. */
function groupListed(runs: readonly ListedRun[]): FailureGroup[] {
  return groupFailures(runs.filter(({ sameAs }) => sameAs === null));
}

/** What is shown of a sweep. */
interface ShownRuns {
  readonly runs: readonly ListedRun[];
  readonly waiting: readonly WaitingRun[];
  readonly failures: readonly FailureGroup[];
}

function printRuns(title: string | null, { runs, waiting, failures }: ShownRuns): void {
  if (title !== null) printProse(`${pc.bold(plainText(title))}\n`);
  const columns = [...RUN_COLUMNS, ...writtenColumns(runs)];
  const cells = [
    ...runs.map((run) => columns.map((column) => listedCell(column, run))),
    ...waiting.map((run) => columns.map(({ title }) => waitingCell(title, run))),
  ];
  printFitted(columns, cells);
  for (const reason of new Set(waiting.map(({ waitingFor }) => waitingFor)))
    printProse(pc.dim(`waiting: ${plainText(reason)}`));
  for (const line of describeFailures(failures)) printProse(line);
}

interface RunColumn extends FittingColumn {
  readonly cell: (run: ListedRun) => string;
}

const show = (value: number | null, format: (value: number) => string): string =>
  value === null ? NO_VALUE : format(value);

const RUN_COLUMNS: readonly RunColumn[] = [
  { title: 'run', cell: ({ name }) => name },
  { title: 'id', goes: 8, cell: ({ id }) => id },
  { title: 'state', cell: stateCell },
  {
    title: 'parameters',
    align: 'right',
    goes: 2,
    cell: ({ parameters }) => formatCount(parameters),
  },
  {
    title: 'epochs',
    align: 'right',
    goes: 6,
    cell: ({ kind, epochs }) => (kind === 'train' ? `${epochs}` : NO_VALUE),
  },
  { title: 'best at', align: 'right', goes: 1, cell: ({ bestEpoch }) => show(bestEpoch, String) },
  { title: 'val NLL', align: 'right', cell: ({ bestValNll }) => show(bestValNll, formatNll) },
  {
    title: 'val top-1',
    align: 'right',
    goes: 4,
    cell: ({ bestValTop1 }) => show(bestValTop1, formatTop1),
  },
  { title: 'test NLL', align: 'right', goes: 9, cell: ({ testNll }) => show(testNll, formatNll) },
  {
    title: 'test top-1',
    align: 'right',
    goes: 3,
    cell: ({ testTop1 }) => show(testTop1, formatTop1),
  },
];

/** A failed run that is tried again by itself says when. */
function stateCell({ state, nextTry }: ListedRun): string {
  if (nextTry === null) return paintState(state);
  const seconds = Math.ceil((Date.parse(nextTry.at) - Date.now()) / 1000);
  return `${paintState(state)}, next try ${seconds > 0 ? `in ${seconds} s` : 'when its turn comes'}`;
}

/** Signs of a note that stand in a table; `sweep show` has it whole. */
const NOTE_SIGNS = 40;

/** Columns of what people wrote, where anybody has. */
function writtenColumns(runs: readonly ListedRun[]): RunColumn[] {
  const columns: RunColumn[] = [];
  if (runs.some(({ tags }) => tags.length > 0))
    columns.push({ title: 'tags', goes: 7, cell: ({ tags }) => plainText(tags.join(' ')) });
  if (runs.some(({ note }) => note !== null))
    columns.push({ title: 'note', goes: 5, cell: ({ note }) => shortened(plainText(note ?? '')) });
  return columns;
}

function shortened(text: string): string {
  const signs = Array.from(text);
  return signs.length <= NOTE_SIGNS ? text : `${signs.slice(0, NOTE_SIGNS - 1).join('')}…`;
}

function waitingJson({ name, changes, replicate, waitingFor }: WaitingRun): object {
  return { name, changes, replicate, reason: waitingFor };
}

/** The numbers stand once, under the first of a run's names. */
function listedCell({ title, cell }: RunColumn, run: ListedRun): string {
  if (run.sameAs === null || title === 'run' || title === 'id') return cell(run);
  return title === 'state' ? pc.dim(`same as ${run.sameAs}`) : NO_VALUE;
}

function waitingCell(title: string, { name }: WaitingRun): string {
  if (title === 'run') return name;
  return title === 'state' ? paintState('waiting') : NO_VALUE;
}

/** A state in its colour; the word itself says the same to who sees no colours. */
export function paintState(state: RunState): string {
  switch (state) {
    case 'completed':
      return pc.green(state);
    case 'running':
      return pc.cyan(state);
    case 'failed':
    case 'stalled':
      return pc.red(state);
    case 'diverged':
    case 'stopped':
      return pc.yellow(state);
    case 'planned':
    case 'waiting':
      return pc.dim(state);
  }
}

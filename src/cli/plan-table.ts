import { pc } from './colors.js';
import prettyMs from 'pretty-ms';
import { formatBytes } from '../core/engine/memory.js';
import { describeTotals, type PlannedRun } from '../sweeps/plan/planned-run.js';
import type { PlanPreview, SweepPlan } from '../sweeps/plan/plan.js';
import { plainText, shortText } from './plain-text.js';
import { formatTable } from './table.js';

/** How much of a plan is shown. */
export interface PlanLayout {
  /** Columns of the terminal. */
  readonly width: number;
  /** Runs shown at most. */
  readonly rows: number;
}

const NO_VALUE = '–';
const COLUMN_GAP = 2;
/** A name or the changes are never cut below this, even where a line then wraps. */
const SHORTEST = 16;

/** A plan for the terminal: what it stands on, its runs, the totals, and how long the rest takes at most. */
export function formatPlan(plan: SweepPlan | PlanPreview, { width, rows }: PlanLayout): string {
  const { definition, runs, upstream } = plan;
  const title = definition.title === undefined ? '' : `  ${plainText(definition.title)}`;
  const parts = [pc.bold(definition.name) + title];
  for (const { definition: other, totals: before } of upstream)
    parts.push(`stands on ${other.name} (${plainText(other.file)}): ${describeTotals(before)}`);
  const shown = runs.slice(0, rows);
  parts.push('', formatRuns(shown, width));
  const runCount = 'totals' in plan ? runs.length : plan.runCount;
  if (shown.length < runCount)
    parts.push(pc.dim(`… and ${count(runCount - shown.length)} more; --all shows them`));
  if (!('totals' in plan)) {
    parts.push('', pc.bold(`${count(runCount)} runs`));
    parts.push(
      pc.dim('What is done already was looked up for the runs above only; --all looks at each.'),
    );
    return parts.join('\n');
  }
  const { totals, expectedSeconds } = plan;
  parts.push('', pc.bold(describeTotals(totals)));
  const reasons = new Set(runs.flatMap((run) => (run.status === 'waiting' ? [run.reason] : [])));
  for (const reason of reasons) parts.push(pc.dim(`waiting: ${plainText(reason)}`));
  if (expectedSeconds !== undefined && expectedSeconds > 0) {
    const time = prettyMs(expectedSeconds * 1000, { unitCount: 2, secondsDecimalDigits: 0 });
    const finish = new Date(Date.now() + expectedSeconds * 1000).toLocaleString('sv-SE');
    parts.push(
      `takes ${time} at most (all epochs, one run after the other), until ${finish.slice(0, 16)}`,
    );
  }
  return parts.join('\n');
}

function formatRuns(runs: readonly PlannedRun[], width: number): string {
  const cells = runs.map((run) => ({
    name: plainText(run.name),
    id: run.status === 'waiting' ? NO_VALUE : run.id,
    changes: formatChanges(run.changes),
    parameters: run.status === 'waiting' ? NO_VALUE : count(run.parameters),
    memory: formatMemory(run),
    status: formatStatus(run),
  }));
  const widest = (texts: readonly string[]): number => Math.max(...texts.map((t) => t.length));
  const fixed =
    widest(['id', ...cells.map(({ id }) => id)]) +
    widest(['parameters', ...cells.map(({ parameters }) => parameters)]) +
    widest(['memory', ...cells.map(({ memory }) => memory)]) +
    widest(['status', ...cells.map(({ status }) => status)]) +
    5 * COLUMN_GAP;
  const room = Math.max(2 * SHORTEST, width - fixed);
  const nameWidth = Math.min(
    widest(['run', ...cells.map(({ name }) => name)]),
    Math.max(SHORTEST, Math.floor(room / 2)),
  );
  const changesWidth = Math.max(SHORTEST, room - nameWidth);
  return formatTable(
    [
      { title: 'run' },
      { title: 'id' },
      { title: 'changes' },
      { title: 'parameters', align: 'right' },
      { title: 'memory', align: 'right' },
      { title: 'status' },
    ],
    cells.map(({ name, id, changes, parameters, memory, status }) => [
      shortText(name, nameWidth),
      id,
      shortText(changes, changesWidth),
      parameters,
      memory,
      status,
    ]),
  );
}

function formatChanges(changes: PlannedRun['changes']): string {
  const parts = Object.entries(changes).map(([key, value]) => {
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    return `${key.slice(key.lastIndexOf('.') + 1)}=${plainText(text)}`;
  });
  return parts.length === 0 ? NO_VALUE : parts.join(' ');
}

function formatMemory(run: PlannedRun): string {
  if (run.status === 'waiting' || run.memoryBytes === undefined) return NO_VALUE;
  return formatBytes(run.memoryBytes);
}

function formatStatus(run: PlannedRun): string {
  switch (run.status) {
    case 'waiting': {
      const sweeps = [...new Set(run.waitingFor.map(({ sweep }) => sweep))];
      return sweeps.length === 0 ? 'waiting' : `waiting for the best of ${sweeps.join(', ')}`;
    }
    case 'new':
    case 'finished':
    case 'to-be-continued': {
      if (run.sameAs !== undefined) return `same as ${plainText(run.sameAs)}`;
      if (run.status === 'to-be-continued') return 'to be continued';
      if (run.status === 'new') return 'new';
      const from = run.reusedFrom.length === 0 ? '' : ` (reused from ${run.reusedFrom.join(', ')})`;
      return `finished${from}`;
    }
  }
}

function count(value: number): string {
  return value.toLocaleString('en-US');
}

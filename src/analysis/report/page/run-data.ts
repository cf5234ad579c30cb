import type { RunRow } from '../../../core/store/run-row.js';
import { flattenConfig } from '../../tables/configuration-tables.js';
import { formatCount, formatSeconds } from '../../tables/format.js';
import type { PageRun, PageRuns } from './page-data.js';

/** What the page shows of each run when a number of it is followed. */
export function runData(runs: readonly RunRow[]): PageRuns {
  const configs = runs.map((run) => flattenConfig(run.config));
  const [first] = configs;
  const shared = new Map(
    [...(first ?? [])].filter(([key, value]) =>
      configs.every((config) => config.get(key) === value),
    ),
  );
  return {
    shared: Object.fromEntries(shared),
    runs: runs.map((run, index): PageRun => {
      const own = [...(configs[index] ?? [])].filter(([key]) => !shared.has(key));
      return { id: run.id, name: run.name, facts: factsOf(run), config: Object.fromEntries(own) };
    }),
  };
}

function factsOf(run: RunRow): [string, string][] {
  const facts: [string, string | number | null][] = [
    ['Id', run.id],
    ['Key', run.key],
    ['Part of', run.appearances.map(({ sweep, name }) => `${sweep}/${name}`).join(', ')],
    ['Outcome', run.outcome ?? (run.startedAt === null ? 'planned' : 'unfinished')],
    ['Why', run.outcomeMessage ?? run.outcomeReason],
    ['Note', run.note],
    ['Tags', run.tags.join(', ')],
    ['Parameters', formatCount(run.parameters)],
    ['Seed', run.seed],
    ['Epochs', run.epochs],
    ['Best epoch', run.bestEpoch],
    ['Started', run.startedAt],
    ['Ended', run.endedAt],
    ['Attempts', run.attempts],
    ['Time', seconds(run.totalSeconds)],
    ['of training', seconds(run.trainSeconds)],
    ['of evaluation', seconds(run.evaluateSeconds)],
    ['Texts per second', run.textsPerSecond === null ? null : run.textsPerSecond.toFixed(1)],
    ['Device', run.device],
    ['Threads', run.threads],
    ['Host', run.host],
    ['Engine', run.engine === null ? null : `${run.engine} ${run.engineVersion ?? ''}`.trim()],
    ['Node', run.node],
    ['sweep', run.sweepVersion],
    [
      'Commit',
      run.gitCommit === null
        ? null
        : `${run.gitCommit}${run.gitDirty === true ? ' with changes' : ''}`,
    ],
    ['Texts', textCounts(run)],
    ['Data', run.dataFingerprint],
    ['Samples from', run.sourceKey],
  ];
  return facts.flatMap(([label, value]): [string, string][] =>
    value === null || value === '' ? [] : [[label, String(value)]],
  );
}

function seconds(value: number | null): string | null {
  return value === null ? null : formatSeconds(value);
}

function textCounts({ textsTrain, textsVal, textsTest }: RunRow): string | null {
  if (textsTrain === null || textsVal === null || textsTest === null) return null;
  return `${formatCount(textsTrain)} training, ${formatCount(textsVal)} validation, ${formatCount(textsTest)} test`;
}

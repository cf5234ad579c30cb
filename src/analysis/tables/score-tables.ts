import type { BaselineAnalysis } from '../baselines.js';
import { computed, recorded } from '../provenance.js';
import type { RunAnalysis, SampleSource, Scores, SweepAnalysis } from '../sweep-analysis.js';
import {
  formatCount,
  formatNll,
  formatNllPerCharacter,
  formatSeconds,
  formatTop1,
} from './format.js';
import { rankText } from './comparison-table.js';
import { sourced, withoutEmptyColumns, type Cell, type Table, type TableColumn } from './table.js';

/** Columns of one split's scores. */
function scoreColumns(split: string): TableColumn[] {
  return [
    { title: `${split} NLL`, align: 'right', unit: 'nats per text', format: formatNll },
    {
      title: `${split} NLL/char`,
      align: 'right',
      unit: 'nats per predicted character, padding included',
      format: formatNllPerCharacter,
    },
    { title: `${split} top-1`, align: 'right', unit: 'share of positions', format: formatTop1 },
  ];
}

/**
 * @param name how the scores are called in their provenance, such as `val`
 * @param event where they are recorded
 */
function scoreCells(
  run: string,
  name: string,
  scores: Pick<Scores, 'nll' | 'nllPerCharacter' | 'top1'> | null,
  event: Parameters<typeof recorded>[2] = {},
): Cell[] {
  if (scores === null) return [null, null, null];
  return [
    sourced(scores.nll, recorded(run, `${name}.nll`, event)),
    sourced(
      scores.nllPerCharacter,
      computed([run], `${name}.nll divided by the predicted characters of a text`),
    ),
    sourced(scores.top1, recorded(run, `${name}.top1`, event)),
  ];
}

/** Scores of each run's best checkpoint, the best run first; NLL in nats per text. */
export function bestScoresTable(analysis: SweepAnalysis): Table {
  const ranks = testRanks(analysis);
  return withoutEmptyColumns({
    columns: [
      { title: 'Rank', align: 'right' },
      { title: 'Run', align: 'left' },
      { title: 'State', align: 'left' },
      { title: 'Parameters', align: 'right', format: formatCount },
      { title: 'Best epoch', align: 'right', format: formatCount },
      ...scoreColumns('Val'),
      ...scoreColumns('Test'),
      { title: 'Test rank', align: 'right' },
    ],
    rows: [
      ...byRank(trainedRuns(analysis)).map((run) => [
        sourced(run.rank, computed([run.id], `rank by ${analysis.objective.metric}`)),
        run.name,
        run.state,
        sourced(run.parameters, recorded(run.id, 'parameters')),
        sourced(run.bestEpoch, recorded(run.id, 'bestEpoch', run.best.val ?? {})),
        ...scoreCells(run.id, 'val', run.best.val, run.best.val ?? {}),
        ...scoreCells(run.id, 'test', run.best.test, run.best.test ?? {}),
        ranks.get(run.id) ?? null,
      ]),
      ...analysis.baselines.map((baseline) => baselineRow(baseline, analysis)),
    ],
  });
}

/** Places by test NLL with ties, by the run's id. */
function testRanks({ comparison }: SweepAnalysis): Map<string, Cell> {
  if (comparison === null) return new Map();
  const { reference, runs } = comparison;
  const ids = [reference.id, ...runs.map(({ id }) => id)];
  const source = computed(ids, 'rank by test NLL, paired bootstrap over the test texts');
  return new Map(
    [reference, ...runs].map(({ id, ranks }) => [id, sourced(rankText(ranks), source)]),
  );
}

/** Scores after the last epoch of each run that has one, in the order of the definition; NLL in nats per text. */
export function finalScoresTable(analysis: SweepAnalysis): Table {
  return {
    columns: [
      { title: 'Run', align: 'left' },
      { title: 'Epochs', align: 'right', format: formatCount },
      { title: 'Ended', align: 'left' },
      ...scoreColumns('Train'),
      ...scoreColumns('Val'),
      { title: 'Time', align: 'right', format: formatSeconds },
    ],
    rows: trainedRuns(analysis)
      .filter((run) => run.epochs > 0)
      .map((run) => [
        run.name,
        sourced(run.epochs, recorded(run.id, 'epochs')),
        run.state === 'completed' ? run.reason : run.state,
        ...scoreCells(run.id, 'train', run.final.train, run.final.train ?? {}),
        ...scoreCells(run.id, 'val', run.final.val, run.final.val ?? {}),
        sourced(run.seconds, recorded(run.id, 'seconds')),
      ]),
  };
}

/** Runs that only sample another run's best checkpoint, and what that checkpoint scores. */
export function samplingRunsTable(analysis: SweepAnalysis): Table {
  return {
    columns: [
      { title: 'Run', align: 'left' },
      { title: 'State', align: 'left' },
      { title: 'Samples', align: 'left' },
      { title: 'Its best epoch', align: 'right', format: formatCount },
      { title: 'Its val NLL', align: 'right', unit: 'nats per text', format: formatNll },
      { title: 'Its test NLL', align: 'right', unit: 'nats per text', format: formatNll },
      { title: 'Temperatures', align: 'left' },
      { title: 'Time', align: 'right', format: formatSeconds },
    ],
    rows: analysis.runs
      .filter((run) => run.kind === 'sample')
      .map((run) => [
        run.name,
        run.state,
        run.source === null ? null : sourceText(run.source),
        ...sourceCells(run.source),
        run.temperatures.join(', '),
        sourced(run.seconds, recorded(run.id, 'seconds')),
      ]),
  };
}

/** How the sampled run is called: `q2/5m`, or its id where no sweep has it. */
export function sourceText({ name, sweep, id }: SampleSource): string {
  return name === null || sweep === null ? id : `${sweep}/${name}`;
}

function sourceCells(source: SampleSource | null): Cell[] {
  const { val = null, test = null } = source?.best ?? {};
  const id = source?.id ?? '';
  return [
    sourced(val?.epoch ?? null, recorded(id, 'bestEpoch', val ?? {})),
    sourced(val?.nll ?? null, recorded(id, 'val.nll', val ?? {})),
    sourced(test?.nll ?? null, recorded(id, 'test.nll', test ?? {})),
  ];
}

function trainedRuns(analysis: SweepAnalysis): RunAnalysis[] {
  return analysis.runs.filter((run) => run.kind === 'train');
}

/** Runs without a place come last, in their order. */
function byRank(runs: readonly RunAnalysis[]): RunAnalysis[] {
  const place = (run: RunAnalysis): number => run.rank ?? Number.MAX_SAFE_INTEGER;
  return runs.toSorted((a, b) => place(a) - place(b));
}

/** A yardstick: a model that only counts characters, on the same texts. */
function baselineRow(baseline: BaselineAnalysis, { baselines }: SweepAnalysis): Cell[] {
  const { name, runId, seq, trainingTexts, val, test } = baseline;
  const isOnly = baselines.filter((one) => one.name === name).length === 1;
  const of = isOnly || trainingTexts === null ? '' : ` of ${formatCount(trainingTexts)} texts`;
  const cells = (split: string, scores: BaselineAnalysis['val']): Cell[] =>
    scoreCells(runId, `baseline ${name} ${split}`, scores, { seq });
  return [
    null,
    `${name}${of}`,
    'baseline',
    null,
    null,
    ...cells('val', val),
    ...cells('test', test),
    null,
  ];
}

import type { RunAnalysis, SweepAnalysis } from '../sweep-analysis.js';
import { formatCount, formatNll, formatSeconds, formatTop1 } from './format.js';
import type { Table, TableColumn } from './table.js';

/** Columns of one split's scores. */
function scoreColumns(split: string): TableColumn[] {
  return [
    { title: `${split} NLL`, align: 'right', format: formatNll },
    { title: `${split} top-1`, align: 'right', format: formatTop1 },
  ];
}

/** Scores of each run's best checkpoint, the best run first; NLL in nats per text. */
export function bestScoresTable(analysis: SweepAnalysis): Table {
  return {
    columns: [
      { title: 'Rank', align: 'right' },
      { title: 'Run', align: 'left' },
      { title: 'State', align: 'left' },
      { title: 'Parameters', align: 'right', format: formatCount },
      { title: 'Best epoch', align: 'right', format: formatCount },
      ...scoreColumns('Val'),
      ...scoreColumns('Test'),
    ],
    rows: byRank(trainedRuns(analysis)).map((run) => [
      run.rank,
      run.name,
      run.state,
      run.parameters,
      run.bestEpoch,
      run.best.val?.nll ?? null,
      run.best.val?.top1 ?? null,
      run.best.test?.nll ?? null,
      run.best.test?.top1 ?? null,
    ]),
  };
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
        run.epochs,
        run.state === 'completed' ? run.reason : run.state,
        run.final.train?.nll ?? null,
        run.final.train?.top1 ?? null,
        run.final.val?.nll ?? null,
        run.final.val?.top1 ?? null,
        run.seconds,
      ]),
  };
}

/** Runs that only sample another run's best checkpoint. */
export function samplingRunsTable(analysis: SweepAnalysis): Table {
  return {
    columns: [
      { title: 'Run', align: 'left' },
      { title: 'State', align: 'left' },
      { title: 'Samples', align: 'left' },
      { title: 'Temperatures', align: 'left' },
      { title: 'Time', align: 'right', format: formatSeconds },
    ],
    rows: analysis.runs
      .filter((run) => run.kind === 'sample')
      .map((run) => [
        run.name,
        run.state,
        run.source === null ? null : sourceText(run.source),
        run.temperatures.join(', '),
        run.seconds,
      ]),
  };
}

function sourceText({ name, id }: NonNullable<RunAnalysis['source']>): string {
  return name === null || name === id ? id : `${name} (${id})`;
}

function trainedRuns(analysis: SweepAnalysis): RunAnalysis[] {
  return analysis.runs.filter((run) => run.kind === 'train');
}

/** Runs without a place come last, in their order. */
function byRank(runs: readonly RunAnalysis[]): RunAnalysis[] {
  const place = (run: RunAnalysis): number => run.rank ?? Number.MAX_SAFE_INTEGER;
  return runs.toSorted((a, b) => place(a) - place(b));
}

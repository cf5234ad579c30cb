import type { RunRow } from '../../core/store/run-row.js';
import { formatCount, formatNll, formatSeconds, formatTop1 } from '../tables/format.js';

/** A number of each of the compared runs. */
export interface ComparedMetric {
  /** Such as `best.val.nll`: the moment, the split, the metric. */
  readonly name: string;
  readonly values: (number | null)[];
  /** Places of the best value, from 0; empty where more is not better nor worse, or all are equal. */
  readonly best: number[];
  readonly format: (value: number) => string;
}

interface MetricDefinition {
  readonly name: string;
  readonly read: (run: RunRow) => number | null;
  readonly goal: 'minimize' | 'maximize' | null;
  readonly format: (value: number) => string;
}

const METRICS: readonly MetricDefinition[] = [
  { name: 'parameters', read: (run) => run.parameters, goal: null, format: formatCount },
  nll('test.nll', (run) => run.testNll),
  top1('test.top1', (run) => run.testTop1),
  nll('best.val.nll', (run) => run.bestValNll),
  top1('best.val.top1', (run) => run.bestValTop1),
  { name: 'best.epoch', read: (run) => run.bestEpoch, goal: null, format: String },
  nll('final.val.nll', (run) => run.finalValNll),
  top1('final.val.top1', (run) => run.finalValTop1),
  nll('final.train.nll', (run) => run.finalTrainNll),
  top1('final.train.top1', (run) => run.finalTrainTop1),
  {
    name: 'epochs',
    read: (run) => (run.kind === 'train' ? run.epochs : null),
    goal: null,
    format: String,
  },
  { name: 'seconds', read: (run) => run.totalSeconds, goal: null, format: formatSeconds },
];

/** The numbers that at least one of the runs has. */
export function comparedMetrics(runs: readonly RunRow[]): ComparedMetric[] {
  return METRICS.map(({ name, read, goal, format }) => {
    const values = runs.map(read);
    return { name, values, best: bestPlaces(values, goal), format };
  }).filter(({ values }) => values.some((value) => value !== null));
}

function bestPlaces(
  values: readonly (number | null)[],
  goal: 'minimize' | 'maximize' | null,
): number[] {
  const known = values.filter((value) => value !== null);
  if (goal === null || new Set(known).size < 2) return [];
  const best = goal === 'minimize' ? Math.min(...known) : Math.max(...known);
  return values.flatMap((value, index) => (value === best ? [index] : []));
}

function nll(name: string, read: MetricDefinition['read']): MetricDefinition {
  return { name, read, goal: 'minimize', format: formatNll };
}

function top1(name: string, read: MetricDefinition['read']): MetricDefinition {
  return { name, read, goal: 'maximize', format: formatTop1 };
}

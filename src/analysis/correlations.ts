import type { EpochRow } from '../core/store/metric-queries.js';
import type { RunRow } from '../core/store/run-row.js';
import {
  designPoints,
  sweptKeys,
  toDesignRun,
  type DesignPoint,
  type RecordedRun,
} from './design/design-points.js';
import { endedValue, type Objective } from './objective.js';
import { correlateEpochs, type EpochCorrelation } from './statistics/epoch-correlation.js';
import { holm } from './statistics/holm.js';
import { pearson, type Correlation, type NamedColumn } from './statistics/pearson.js';
import { pooledCorrelation, type PooledCorrelation } from './statistics/pooled-correlation.js';
import { fitPowerLaw, type PowerLaw } from './statistics/power-law.js';
import { spearman, type RankCorrelation } from './statistics/spearman.js';
import { summarize } from './statistics/summary.js';

/** A correlation between runs: one pair a configuration, replicates being one pair by their means. */
export interface Association extends Correlation {
  /** Such as `parameters`, `training texts` or `train.learningRate`. */
  readonly x: string;
  readonly xScale: 'linear' | 'log';
  /** The objective's metric, such as `val.nll`. */
  readonly y: string;
  /** p corrected for the number of associations (Holm). */
  readonly pHolm: number | null;
  readonly spearman: RankCorrelation;
}

/** y = factor · x^exponent over the configurations. */
export interface NamedPowerLaw extends PowerLaw {
  readonly x: string;
  readonly y: string;
}

export interface SweepCorrelations {
  /** Validation NLL and top-1 over the epochs of all runs together; null when fewer than two runs have epochs. */
  readonly pooled: PooledCorrelation | null;
  readonly between: readonly Association[];
  readonly powerLaws: readonly NamedPowerLaw[];
}

/** Validation NLL against validation top-1 over the epochs of each run that trains, p corrected for their number. */
export function correlateRuns(epochsByRun: ReadonlyMap<string, readonly EpochRow[]>): {
  readonly byRun: ReadonlyMap<string, EpochCorrelation>;
  readonly pooled: PooledCorrelation | null;
} {
  const curves = [...epochsByRun].map(([id, epochs]) => ({
    id,
    x: epochs.map((epoch) => epoch.valNll),
    y: epochs.map((epoch) => epoch.valTop1),
  }));
  const correlations = curves.map(({ x, y }) =>
    correlateEpochs({ name: 'validation NLL', values: x }, { name: 'validation top-1', values: y }),
  );
  const corrected = holm(correlations.map(({ p }) => p));
  const byRun = new Map(
    curves.flatMap(({ id }, index) => {
      const correlation = correlations[index];
      return correlation === undefined
        ? []
        : [[id, { ...correlation, pHolm: corrected[index] ?? null }]];
    }),
  );
  const several = curves.filter(({ x }) => x.length > 1).length > 1;
  return { byRun, pooled: several ? pooledCorrelation(curves) : null };
}

/** The objective against what differs between the configurations of a sweep; the runs that are ranked count, no others. */
export function correlateConfigurations(
  runs: readonly RunRow[],
  { metric }: Objective,
): Pick<SweepCorrelations, 'between' | 'powerLaws'> {
  const points = designPoints(runs.map(toDesignRun));
  const scores = points.map((point) => meanOf(point, (run) => endedValue(run, metric)));
  const scored = <T>(values: readonly T[]): T[] =>
    values.filter((_, index) => (scores[index] ?? null) !== null);
  const y: NamedColumn = { name: metric, values: scores.filter((score) => score !== null) };
  // Over all points, so that a key that varies only among those without a score is named as constant.
  const predictors = predictorsOf(points).map((one) => ({ ...one, values: scored(one.values) }));
  const found = predictors.map(({ name, isLog, values }) => {
    const x = { name, values: isLog ? values.map(Math.log) : values };
    return {
      x: name,
      xScale: isLog ? ('log' as const) : ('linear' as const),
      y: metric,
      ...pearson(x, y, 'configurations'),
      spearman: spearman(x, y, 'configurations'),
    };
  });
  const corrected = holm(found.map(({ p }) => p));
  return {
    between: found.map((one, index) => ({ ...one, pHolm: corrected[index] ?? null })),
    powerLaws: predictors
      .filter(({ isSize }) => isSize && metric.endsWith('.nll'))
      .flatMap(({ name, values }) => {
        const law = fitPowerLaw(values, y.values);
        return law === null ? [] : [{ x: name, y: metric, ...law }];
      }),
  };
}

interface Predictor {
  readonly name: string;
  readonly isLog: boolean;
  readonly values: readonly number[];
  /** Whether NLL is known to follow a power law of it. */
  readonly isSize: boolean;
}

/** Numbers that differ between configurations; the sizes, by whose logarithm NLL is known to fall, come first. */
function predictorsOf(points: readonly DesignPoint<RecordedRun>[]): Predictor[] {
  const parameters = points.map(({ replicates: [run] }) => run.parameters);
  const texts = points.map(({ replicates: [run] }) => run.textsTrain ?? 0);
  const sizes = [
    { name: 'parameters', values: parameters },
    { name: 'training texts', values: texts },
  ].filter(({ values }) => new Set(values).size > 1 && values.every((value) => value > 0));
  const keys = sweptKeys(points).flatMap(({ key, isLog, values }): Predictor[] => {
    const numbers = values.filter((value): value is number => typeof value === 'number');
    if (numbers.length < values.length || key === 'training texts') return [];
    return [{ name: key, isLog, values: numbers, isSize: false }];
  });
  return [...sizes.map((size) => ({ ...size, isLog: true, isSize: true })), ...keys];
}

/** Mean over the replicates that have a value; null when none has. */
export function meanOf(
  { replicates }: DesignPoint<RecordedRun>,
  value: (run: RecordedRun) => number | null,
): number | null {
  return summarize(replicates.map(value).filter((one) => one !== null))?.mean ?? null;
}

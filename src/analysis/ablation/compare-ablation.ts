import type { SweepDatabase } from '../../core/store/database.js';
import { textScores } from '../../core/store/metric-queries.js';
import type { RunRow } from '../../core/store/run-row.js';
import { pairedBootstrap, pairedRatio } from '../statistics/paired-bootstrap.js';
import { summarize } from '../statistics/summary.js';
import type { AblationPair } from './find-full-runs.js';

/** A run on fewer texts beside its full run; or several pairs that differ by their seed only. */
export interface Ablation {
  /** At least one; of several, one for each seed. */
  readonly pairs: readonly [AblationPair, ...AblationPair[]];
  /** What both sides have. */
  readonly measures: readonly AblationMeasure[];
}

/** A number of both sides, the mean over the pairs. */
export interface AblationMeasure {
  readonly measure: MeasureName;
  readonly full: number;
  readonly ablated: number;
  /** ablated − full. */
  readonly difference: Estimate;
  /** ablated / full, the geometric mean over the pairs; null where it says nothing: of 0, and of the best epoch. */
  readonly ratio: Estimate | null;
  /** What the intervals are over: seeds, test texts, or null for no interval. */
  readonly basis: 'seeds' | 'texts' | null;
}

export interface Estimate {
  readonly value: number;
  /** 95 %; null where there is nothing to take one from. */
  readonly interval: { readonly low: number; readonly high: number } | null;
}

type ValueOf = (run: RunRow) => number | null;

/** In the order in which they are shown. */
const MEASURES = [
  ['texts.train', (run) => run.textsTrain],
  ['test.nll', (run) => run.testNll],
  ['test.top1', (run) => run.testTop1],
  ['val.nll', (run) => run.bestValNll],
  ['val.top1', (run) => run.bestValTop1],
  ['train.nll', (run) => run.bestTrainNll],
  ['bestEpoch', (run) => run.bestEpoch],
  ['epochs', (run) => run.epochs],
  ['seconds', (run) => run.totalSeconds],
] as const satisfies readonly (readonly [string, ValueOf])[];

export type MeasureName = (typeof MEASURES)[number][0];

/** Pairs that differ by the seed only are compared together, in the order of their first pair. */
export function compareAblations(db: SweepDatabase, pairs: readonly AblationPair[]): Ablation[] {
  const groups = new Map<string, [AblationPair, ...AblationPair[]]>();
  for (const pair of pairs) {
    const identity = JSON.stringify([pair.ablated, pair.full].map(withoutSeed));
    const group = groups.get(identity);
    if (group === undefined) groups.set(identity, [pair]);
    else group.push(pair);
  }
  return [...groups.values()].map((group) => ({
    pairs: group,
    measures: MEASURES.flatMap((measure) => compareMeasure(db, measure, group)),
  }));
}

function withoutSeed({ config }: RunRow): unknown {
  return { ...config, sample: null, seed: null };
}

function compareMeasure(
  db: SweepDatabase,
  [measure, valueOf]: readonly [MeasureName, ValueOf],
  pairs: Ablation['pairs'],
): AblationMeasure[] {
  const values = pairs.flatMap((pair) => {
    const [full, ablated] = [valueOf(pair.full), valueOf(pair.ablated)];
    return full === null || ablated === null ? [] : [{ pair, full, ablated }];
  });
  const full = summarize(values.map((one) => one.full));
  const ablated = summarize(values.map((one) => one.ablated));
  if (full === null || ablated === null) return [];
  const [only, ...others] = values;
  if (only === undefined) return [];
  const estimates = others.length > 0 ? overSeeds(measure, values) : overTexts(db, measure, only);
  return [{ measure, full: full.mean, ablated: ablated.mean, ...estimates }];
}

type Estimates = Pick<AblationMeasure, 'difference' | 'ratio' | 'basis'>;

/** A number of both sides of a pair. */
interface ComparedPair {
  readonly pair: AblationPair;
  readonly full: number;
  readonly ablated: number;
}

/** Student's intervals of the paired differences, and of the logarithms of the ratios. */
function overSeeds(measure: MeasureName, values: readonly ComparedPair[]): Estimates {
  const differences = summarize(values.map(({ full, ablated }) => ablated - full));
  const hasRatio =
    hasRatios(measure) && values.every(({ full, ablated }) => full > 0 && ablated > 0);
  const logs = hasRatio
    ? summarize(values.map(({ full, ablated }) => Math.log(ablated / full)))
    : null;
  const { interval = null } = logs ?? {};
  return {
    difference: { value: differences?.mean ?? NaN, interval: differences?.interval ?? null },
    ratio: logs && {
      value: Math.exp(logs.mean),
      interval: interval && { low: Math.exp(interval.low), high: Math.exp(interval.high) },
    },
    basis: 'seeds',
  };
}

/** Epochs are counted from 0: twice the third is not the sixth. */
function hasRatios(measure: MeasureName): boolean {
  return measure !== 'bestEpoch';
}

/** Both were scored on the same test texts, one by one; other scores of a single pair have no interval. */
function overTexts(
  db: SweepDatabase,
  measure: MeasureName,
  { pair, full, ablated }: ComparedPair,
): Estimates {
  const ratio = full === 0 || !hasRatios(measure) ? null : ablated / full;
  const texts = measure === 'test.nll' ? sameTexts(db, pair.full.id, pair.ablated.id) : null;
  const [bootstrap] = texts === null ? [] : pairedBootstrap(texts.full, [texts.ablated]);
  return {
    difference: { value: ablated - full, interval: bootstrap?.interval ?? null },
    ratio:
      ratio === null
        ? null
        : { value: ratio, interval: texts && pairedRatio(texts.full, texts.ablated) },
    basis: texts === null ? null : 'texts',
  };
}

/** Null where one of the runs has no scores of single texts. */
function sameTexts(
  db: SweepDatabase,
  fullId: string,
  ablatedId: string,
): { full: Float32Array; ablated: Float32Array } | null {
  const [full, ablated] = [fullId, ablatedId].map((id) => textScores(db, id, 'test'));
  if (!full || full.length === 0 || full.length !== ablated?.length) return null;
  return { full, ablated };
}

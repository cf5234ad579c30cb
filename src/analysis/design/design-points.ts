import { canonicalize } from 'json-canonicalize';
import type { RunConfig } from '../../core/config/run-schema.js';
import type { RunRow } from '../../core/store/run-row.js';
import { flattenFields } from '../../core/config/flatten-fields.js';
import { isLogSpaced } from '../statistics/log-spaced.js';

/** A run that trains, planned or done, as far as the design of its sweep goes. */
export interface DesignRun {
  readonly config: RunConfig;
  readonly parameters: number;
  /** Training texts; null while it is not known. */
  readonly trainingTexts: number | null;
  readonly dataFingerprint: string | null;
}

/** Runs that differ by the seed only: one independent point, however many they are. */
export interface DesignPoint<R extends DesignRun> {
  readonly replicates: readonly [R, ...R[]];
}

/** A key of the configuration that is not the same at all points. */
export interface SweptKey {
  /** Dotted, such as `model.embedding`; the number of training texts stands for `dataset.limit`. */
  readonly key: string;
  /** Whether its values are evener on a logarithmic scale, as those of `[1e-3, 1e-4, 1e-5]`. */
  readonly isLog: boolean;
  /** One for each point; numbers for all points, or texts for all. */
  readonly values: readonly number[] | readonly string[];
}

/** What does not change how a run is trained: the seed makes replicates, samples are taken afterwards. */
const NOT_DESIGN = /^(kind|seed|sourceKey|sample\..*)$/;

/** A recorded run as part of a design. */
export type RecordedRun = RunRow & DesignRun;

export function toDesignRun(run: RunRow): RecordedRun {
  return { ...run, trainingTexts: run.textsTrain };
}

/** The points of a design in the order of their first runs. */
export function designPoints<R extends DesignRun>(runs: readonly R[]): DesignPoint<R>[] {
  const points = new Map<string, [R, ...R[]]>();
  for (const run of runs) {
    if (run.config.kind !== 'train') continue;
    const { dataFingerprint } = run;
    const identity = canonicalize({ ...run.config, sample: null, seed: null, dataFingerprint });
    const point = points.get(identity);
    if (point === undefined) points.set(identity, [run]);
    else point.push(run);
  }
  return [...points.values()].map((replicates) => ({ replicates }));
}

/** The keys in which the points differ, in the order of the configuration. */
export function sweptKeys(points: readonly DesignPoint<DesignRun>[]): SweptKey[] {
  // All by their number of texts or all by their limit: a mixture would be another key at some points only.
  const isKnown = points.every(({ replicates: [run] }) => run.trainingTexts !== null);
  const flat = points.map(({ replicates: [run] }) => fieldsOf(run, isKnown));
  const keys = [...new Set(flat.flatMap((fields) => [...fields.keys()]))];
  return keys.flatMap((key): SweptKey[] => {
    const values = flat.map((fields) => fields.get(key) ?? null);
    const texts = values.map((value) => JSON.stringify(value));
    if (new Set(texts).size < 2) return [];
    const numbers = values.filter((value): value is number => typeof value === 'number');
    if (numbers.length < values.length) return [{ key, isLog: false, values: texts }];
    return [{ key, isLog: isLogSpaced(numbers), values: numbers }];
  });
}

function fieldsOf({ config, trainingTexts }: DesignRun, byTexts: boolean): Map<string, unknown> {
  const fields = new Map<string, unknown>();
  for (const [key, value] of flattenFields(config)) {
    if (NOT_DESIGN.test(key)) continue;
    if (key === 'dataset.limit' && byTexts) fields.set('training texts', trainingTexts);
    else fields.set(key, value);
  }
  return fields;
}

import { settingText } from '../../core/config/setting-text.js';
import type { RunRow } from '../../core/store/run-row.js';
import { endedValue, type Objective } from '../objective.js';
import { summarize } from '../statistics/summary.js';
import { designPoints, sweptKeys, toDesignRun } from './design-points.js';

/** The configurations of a sweep that have a value of its objective, and what was swept over them. */
export interface ScoredDesign {
  readonly points: readonly ScoredPoint[];
  /** Keys that were swept over all configurations, those without a value among them; values are by point. */
  readonly keys: readonly ScoredKey[];
}

/** One configuration. */
export interface ScoredPoint {
  /** Runs whose values went in: replicates. */
  readonly runIds: readonly string[];
  readonly name: string;
  /** The objective, mean over the replicates. */
  readonly value: number;
}

export interface ScoredKey {
  readonly key: string;
  readonly scale: 'linear' | 'log' | 'categories';
  /** One a point. */
  readonly values: readonly (number | string)[];
  /** The different values of the points: rising numbers, categories in the order of the definition. */
  readonly levels: readonly (number | string)[];
}

/** Only runs that came to an end of their own count: another would be judged by how far it got. */
export function scoredDesign(runs: readonly RunRow[], { metric }: Objective): ScoredDesign {
  const points = designPoints(runs.map(toDesignRun));
  const scored = points.map(({ replicates }): ScoredPoint | null => {
    const found = replicates.flatMap((run) => {
      const value = endedValue(run, metric);
      return value === null ? [] : [{ id: run.id, value }];
    });
    const summary = summarize(found.map(({ value }) => value));
    if (summary === null) return null;
    const name = replicates.map((run) => run.name).join(', ');
    return { runIds: found.map(({ id }) => id), name, value: summary.mean };
  });
  return {
    points: scored.filter((point) => point !== null),
    keys: sweptKeys(points).map(({ key, isLog, values }): ScoredKey => {
      const kept = values.filter((_, index) => (scored[index] ?? null) !== null);
      const numbers = kept.filter((value): value is number => typeof value === 'number');
      if (numbers.length === kept.length) {
        const levels = [...new Set(numbers)].sort((a, b) => a - b);
        return { key, scale: isLog ? 'log' : 'linear', values: numbers, levels };
      }
      const texts = kept.map((value) => settingText(key, JSON.parse(String(value))));
      return { key, scale: 'categories', values: texts, levels: [...new Set(texts)] };
    }),
  };
}

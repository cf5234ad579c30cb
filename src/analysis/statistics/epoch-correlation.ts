import { formatBelowOne } from '../tables/format.js';
import { effectiveSampleSize } from './effective-sample-size.js';
import {
  correlationP,
  fisherInterval,
  pearson,
  type Correlation,
  type CorrelationInterval,
  type NamedColumn,
} from './pearson.js';
import { spearman, type RankCorrelation } from './spearman.js';

/** A correlation over the epochs of one run, with what its reader must know. */
export interface EpochCorrelation extends Correlation {
  /** Corrected for the number of runs that are tested (Holm); null when p is. */
  readonly pHolm: number | null;
  readonly spearman: RankCorrelation;
  /** With the number of independent epochs that the run is worth; null when r is. */
  readonly effective: EffectiveCorrelation | null;
  /** Without the first tenth of the epochs; null when too few are left. */
  readonly withoutEarly: { readonly epochsLeftOut: number; readonly r: number } | null;
  readonly cautions: readonly string[];
}

export interface EffectiveCorrelation {
  /** Bartlett's effective number of epochs. */
  readonly n: number;
  /** Null for 3 and fewer effective epochs. */
  readonly interval: CorrelationInterval | null;
  /** Null for 2 and fewer effective epochs. */
  readonly p: number | null;
}

/** Share of the epochs that count as early. */
const EARLY = 0.1;
/** Fewer epochs than this leave an interval of r wider than half the scale even for r = 0.7. */
const FEW_EPOCHS = 10;
/** A run whose epochs are worth less than half of them is called strongly autocorrelated. */
const STRONG = 0.5;
/** r moves by so much without the early epochs: they drive it. */
const DRIVEN = 0.1;

/** Correlates two columns over the epochs of a run, in their order. `pHolm` is p until {@link correctForRuns} is called. */
export function correlateEpochs(x: NamedColumn, y: NamedColumn): EpochCorrelation {
  const correlation = pearson(x, y, 'epochs');
  const effective = correlation.r === null ? null : effectiveCorrelation(correlation.r, x, y);
  const withoutEarly = correlation.r === null ? null : correlateLater(x, y);
  return {
    ...correlation,
    pHolm: correlation.p,
    spearman: spearman(x, y, 'epochs'),
    effective,
    withoutEarly,
    cautions: cautionsOf(correlation, effective, withoutEarly),
  };
}

function effectiveCorrelation(r: number, x: NamedColumn, y: NamedColumn): EffectiveCorrelation {
  const n = effectiveSampleSize(x.values, y.values);
  const isPerfect = Math.abs(r) === 1;
  return {
    n,
    interval: n > 3 && !isPerfect ? fisherInterval(r, n) : null,
    p: n > 2 && !isPerfect ? correlationP(r, n) : null,
  };
}

function correlateLater(x: NamedColumn, y: NamedColumn): EpochCorrelation['withoutEarly'] {
  const epochsLeftOut = Math.ceil(x.values.length * EARLY);
  const later = ({ name, values }: NamedColumn): NamedColumn => ({
    name,
    values: values.slice(epochsLeftOut),
  });
  const { r } = pearson(later(x), later(y), 'epochs');
  return r === null ? null : { epochsLeftOut, r };
}

function cautionsOf(
  { n, r }: Correlation,
  effective: EffectiveCorrelation | null,
  withoutEarly: EpochCorrelation['withoutEarly'],
): string[] {
  if (r === null) return [];
  const cautions: string[] = [];
  if (n < FEW_EPOCHS) cautions.push(`r stands on ${n} epochs only`);
  if (effective !== null && effective.n < STRONG * n)
    cautions.push(
      `each epoch resembles the one before: ${n} epochs are worth ${effective.n.toFixed(1)} independent ones`,
    );
  if (withoutEarly !== null && Math.abs(withoutEarly.r - r) > DRIVEN)
    cautions.push(
      `the first ${withoutEarly.epochsLeftOut === 1 ? 'epoch drives' : `${withoutEarly.epochsLeftOut} epochs drive`} r: ` +
        `${formatBelowOne(r, 3)} with, ${formatBelowOne(withoutEarly.r, 3)} without`,
    );
  return cautions;
}

import type { EpochRow } from '../core/store/metric-queries.js';

/** How a training went, with the numbers that say so. */
export interface Diagnosis {
  readonly verdict:
    'still-improving' | 'converged' | 'over-fitting' | 'diverged' | 'never-learned' | 'too-short';
  /** From 0: the first epoch of over-fitting, or the one in which it diverged. */
  readonly epoch: number | null;
  readonly text: string;
}

/** What a diagnosis is made from. */
export interface TrainingCourse {
  readonly epochs: readonly Pick<EpochRow, 'epoch' | 'trainNll' | 'valNll'>[];
  /** Epoch in which it diverged; null when it did not. */
  readonly divergedAt: number | null;
  /** Validation NLL of the unigram baseline; null when it is not on record. */
  readonly unigramNll: number | null;
}

/** Fewer epochs show no tendency. */
const MIN_EPOCHS = 5;
/** Changes below half a percent of the NLL are no tendency: runs that differ by the seed differ as much. */
const NOTABLE = 0.005;
/** Epochs after the best one that must be worse, so that one bad epoch is not called over-fitting. */
const WORSE_EPOCHS = 3;
/** The end of a course: its last fifth. */
const END = 0.2;

/** The first of these that holds: diverged, never learned, too short, over-fitting, still improving, converged; null without an epoch. */
export function diagnose({ epochs, divergedAt, unigramNll }: TrainingCourse): Diagnosis | null {
  if (divergedAt !== null)
    return { verdict: 'diverged', epoch: divergedAt, text: `diverged at epoch ${divergedAt}` };
  const last = epochs.at(-1);
  const best = epochs.reduce<(typeof epochs)[number] | undefined>(
    (low, one) => (low === undefined || one.valNll < low.valNll ? one : low),
    undefined,
  );
  if (last === undefined || best === undefined) return null;
  const nll = best.valNll.toFixed(2);
  if (unigramNll !== null && best.valNll >= unigramNll)
    return {
      verdict: 'never-learned',
      epoch: null,
      text: `never learned: its best validation NLL of ${nll} is no better than the unigram baseline's ${unigramNll.toFixed(2)}`,
    };
  if (epochs.length < MIN_EPOCHS)
    return {
      verdict: 'too-short',
      epoch: null,
      text: `too short to judge: ${epochs.length} epochs, at least ${MIN_EPOCHS} are needed`,
    };
  const after = epochs.slice(epochs.indexOf(best) + 1);
  const notable = NOTABLE * best.valNll;
  const rise = meanNll(after.slice(-WORSE_EPOCHS)) - best.valNll;
  if (after.length >= WORSE_EPOCHS && rise > notable && last.trainNll < best.trainNll)
    return {
      verdict: 'over-fitting',
      epoch: best.epoch + 1,
      text:
        `over-fitting from epoch ${best.epoch + 1}: since then validation NLL rose from ${nll} to ${last.valNll.toFixed(2)} while ` +
        `training NLL fell from ${best.trainNll.toFixed(2)} to ${last.trainNll.toFixed(2)}; the gap went from ` +
        `${signed(best.valNll - best.trainNll)} to ${signed(last.valNll - last.trainNll)}`,
    };
  const end = Math.max(2, Math.ceil(epochs.length * END));
  const before = Math.min(...epochs.slice(0, -end).map((one) => one.valNll));
  const gain = before - best.valNll;
  if (gain > notable)
    return {
      verdict: 'still-improving',
      epoch: null,
      text: `still improving: in its last ${end} epochs the best validation NLL fell by ${gain.toFixed(2)} to ${nll}`,
    };
  return {
    verdict: 'converged',
    epoch: null,
    text: `converged: in its last ${end} epochs the best validation NLL of ${nll} fell by ${Math.max(0, gain).toFixed(2)} only`,
  };
}

function meanNll(epochs: TrainingCourse['epochs']): number {
  return epochs.reduce((sum, { valNll }) => sum + valNll, 0) / epochs.length;
}

function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(2)}`;
}

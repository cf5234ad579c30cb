/** The epoch with the lowest validation NLL so far. */
export interface BestEpoch {
  /** -1 before the first epoch. */
  readonly bestEpoch: number;
  /** Nats per text; Infinity before the first epoch. */
  readonly bestNll: number;
}

/** Before the first epoch. */
export const NOTHING_YET: BestEpoch = { bestEpoch: -1, bestNll: Infinity };

/**
 * The best epoch after one more, and whether it is that one. An equal NLL is no improvement.
 *
 * @param valNll validation NLL of the epoch, finite
 */
export function afterEpoch(
  { bestEpoch, bestNll }: BestEpoch,
  epoch: number,
  valNll: number,
): BestEpoch & { readonly improved: boolean } {
  if (valNll < bestNll) return { bestEpoch: epoch, bestNll: valNll, improved: true };
  return { bestEpoch, bestNll, improved: false };
}

/** Whether to stop before `nextEpoch`: the NLL has not improved for more than `patience` epochs. */
export function patienceIsOver(
  { bestEpoch }: BestEpoch,
  nextEpoch: number,
  patience: number,
): boolean {
  return nextEpoch - 1 - bestEpoch > patience;
}

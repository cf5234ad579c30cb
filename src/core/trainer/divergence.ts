import { VOCABULARY_SIZE } from '../data/vocabulary.js';

/** An NLL this many times worse than guessing uniformly is not a bad model but a broken optimisation. */
const EXPLODED = 10;

/**
 * Why an NLL means that training has diverged, or null when it has not.
 *
 * @param nll nats per text
 * @param tokens length T of a text; T - 1 positions are predicted
 */
export function divergence(nll: number, tokens: number): string | null {
  if (Number.isNaN(nll)) return 'the loss is not a number';
  if (!Number.isFinite(nll)) return 'the loss is infinite';
  const uniform = (tokens - 1) * Math.log(VOCABULARY_SIZE);
  if (nll <= EXPLODED * uniform) return null;
  return `the loss of ${nll.toFixed(0)} nats per text is over ${EXPLODED} times that of guessing uniformly (${uniform.toFixed(0)})`;
}

import type { Tensor } from 'onnxruntime-node';
import type { Scores } from '../../engine.js';
import { readFloats } from '../session.js';
import type { Values } from './messages.js';
import type { TextRange } from './spread.js';

/** The scores `nll` and `top1` of all lanes' texts, in the order of the texts. */
export function joinedScores(
  lanes: readonly Values<Tensor>[],
  ranges: readonly TextRange[],
): Scores {
  const texts = ranges.at(-1)?.end ?? 0;
  const scores = { nll: new Float64Array(texts), top1: new Float64Array(texts) };
  lanes.forEach((outputs, lane) => {
    const { begin, end } = ranges[lane]!;
    for (const name of ['nll', 'top1'] as const)
      scores[name].set(readFloats(outputs[name]).subarray(0, end - begin), begin);
  });
  return scores;
}

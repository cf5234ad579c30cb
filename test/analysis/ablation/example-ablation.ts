import type { NewRunEvent } from '../../../src/core/run-folder/event.js';
import { encodeFloats } from '../../../src/core/run-folder/float-list.js';
import {
  epoch,
  exampleRunWith,
  samples,
  started,
  type ExampleFields,
  type RecordedExample,
} from '../../core/store/example-runs.js';

/** A run on so many training texts that ends with this test NLL. */
export interface SizedRun extends ExampleFields {
  readonly texts: number;
  readonly nll: number;
  /** NLL of each test text. */
  readonly perText?: readonly number[];
  readonly final?: readonly string[];
}

/** A finished run of three epochs. */
export function sizedRun({ texts, nll, perText, final, ...fields }: SizedRun): RecordedExample {
  const start = started();
  if (start.type !== 'started') throw new Error('not the start of a run');
  const actual = { ...start.actual, texts: { train: texts, val: 64, test: 64 } };
  const events: NewRunEvent[] = [
    { ...start, actual },
    ...[20, 10, 0].map((above, number) => epoch(number, nll + 1 + above)),
    {
      ...{ type: 'evaluated', split: 'test', epoch: 2, nll, top1: 0.25 },
      ...(perText === undefined ? {} : { textNll: encodeFloats(perText) }),
    },
    ...(final === undefined ? [] : [samples('final', 2, 1, [...final])]),
    { type: 'completed', reason: 'max-epochs', seconds: texts / 100 },
  ];
  return { file: exampleRunWith(fields), events };
}

import { expect, it } from 'vitest';
import type { RunEvent } from '../../../src/core/run-folder/event.js';
import { createTrainer } from '../../../src/core/trainer/select-trainer.js';
import type { EpochEvent, TrainerContext } from '../../../src/core/trainer/trainer.js';
import { trainRunConfigSchema } from '../../../src/core/config/run-schema.js';
import { exampleRun } from '../store/example-runs.js';

const run = exampleRun();
const config = trainRunConfigSchema.parse({
  ...run.config,
  trainer: 'trivial',
  train: { maxEpochs: 6 },
});

/** Does the run with what was told earlier, and returns what is told now. */
async function tell(earlier: readonly EpochEvent[]): Promise<EpochEvent[]> {
  const told: EpochEvent[] = [];
  const stamped = earlier.map((event, index): RunEvent => ({
    ...{ seq: index + 1, time: '2026-01-02T00:00:00.000Z' },
    ...event,
  }));
  const context = {
    ...{ run, threads: 1, device: 'cpu', signal: new AbortController().signal, earlier: stamped },
    started: () => undefined,
    tellEpoch: (event: EpochEvent) => told.push(event),
  } as unknown as TrainerContext;
  const outcome = await createTrainer(config).continue(context);
  expect(outcome).toEqual({ type: 'completed', reason: 'max-epochs', events: [] });
  return told;
}

it('a trivial run reports each epoch, and goes on after the last one that was told with the same scores', async () => {
  const untouched = await tell([]);
  expect(untouched.map(({ epoch }) => epoch)).toEqual([0, 1, 2, 3, 4, 5]);
  expect(new Set(untouched.map(({ val }) => val.nll)).size).toBe(6);
  expect(await tell(untouched.slice(0, 4))).toEqual(untouched.slice(4));
});

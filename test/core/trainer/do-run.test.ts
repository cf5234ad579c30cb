import { expect, test, vi } from 'vitest';
import { runId, runKey } from '../../../src/core/config/run-key.js';
import { trainRunConfigSchema } from '../../../src/core/config/run-schema.js';
import { doRun } from '../../../src/core/trainer/do-run.js';
import { exampleRun, writeRun } from '../store/example-runs.js';
import { temporaryResults } from '../../support/temporary-results.js';

const NEVER = new AbortController().signal;

/** Does a run; how it ended, and whether its process was let go before that was on disk. */
async function endOf(fields: object, signal: AbortSignal) {
  const paths = temporaryResults();
  const base = exampleRun();
  const config = trainRunConfigSchema.parse({ ...base.config, ...fields });
  const key = runKey(config, base.dataFingerprint);
  const run = { ...base, config, key, id: runId(key) };
  writeRun(paths, run);
  const onWritten = vi.fn();
  const { folder } = paths.run(run.id);
  const order = { folder, attempt: null, threads: 1, device: 'cpu', onWritten };
  const outcome = await doRun(order, signal);
  return { outcome, isLetGo: onWritten.mock.calls.length > 0 };
}

test('only a run with a result lets its process go early: another may follow what has not gone wrong', async () => {
  const trivial = { trainer: 'trivial' };
  const tooLarge = { model: { embedding: 2 ** 20, blocks: 12 } };
  const asked = AbortSignal.abort(new Error('asked to stop'));
  expect(await endOf(trivial, NEVER)).toEqual({ outcome: 'completed', isLetGo: true });
  expect(await endOf(trivial, asked)).toEqual({ outcome: 'stopped', isLetGo: false });
  expect(await endOf(tooLarge, NEVER)).toEqual({ outcome: 'failed', isLetGo: false });
});

import { Buffer } from 'node:buffer';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { modelSchema } from '../../src/core/config/run-schema.js';
import { initialiseParameters } from '../../src/core/model/initialise.js';
import { parameterCount } from '../../src/core/model/parameter-count.js';
import { readCheckpoint } from '../../src/core/run-folder/checkpoint.js';
import { writeCheckpoint } from '../support/write-checkpoint.js';
import { EventLog, readEvents } from '../../src/core/run-folder/event-log.js';
import { resultsPaths } from '../../src/core/run-folder/paths.js';
import { decodeTensors } from '../../src/core/run-folder/safetensors.js';
import { createRecorder } from '../../src/core/store/recorder.js';
import { exampleRun, logOf, started, wholeRun, writeRun } from '../core/store/example-runs.js';
import { sharedTemporaryFolder } from '../support/temporary-folder.js';
import { CASES, mustBehave, mutatedBytes, mutatedText, TIMEOUT_MS } from './fuzz.js';

const folder = sharedTemporaryFolder();

describe('a run log, whatever is in it, is read or refused in plain words', () => {
  const log = logOf([...wholeRun(), started(2, 2), ...wholeRun().slice(2)]);
  const path = join(folder, 'events.jsonl');
  const damaged = fc.oneof(
    mutatedBytes([Buffer.from(log)]),
    mutatedText([log]).map((text) => Buffer.from(text)),
  );

  test(
    'by its reader, and by the writer that goes on with it',
    async () => {
      await fc.assert(
        fc.asyncProperty(damaged, async (bytes) => {
          writeFileSync(path, bytes);
          await mustBehave(() => readEvents(path));
          await mustBehave(() => {
            const writer = EventLog.open(path);
            try {
              writer.append({ type: 'stopped', reason: 'fuzzed' });
            } finally {
              writer.close();
            }
            // What could be opened can be read, with the new event at its end.
            expect(readEvents(path).events.at(-1)?.type).toBe('stopped');
          });
        }),
        { numRuns: CASES },
      );
    },
    TIMEOUT_MS,
  );

  test(
    'by the recorder',
    async () => {
      const paths = resultsPaths(join(folder, 'results'));
      const run = exampleRun();
      const recorder = createRecorder(paths);
      await fc.assert(
        fc.asyncProperty(damaged, async (bytes) => {
          writeRun(paths, run, bytes);
          await mustBehave(() => recorder.ingest(run.id));
        }),
        { numRuns: CASES },
      );
      recorder.close();
    },
    TIMEOUT_MS,
  );

  test(
    'and so is run.json',
    async () => {
      const paths = resultsPaths(join(folder, 'run-files'));
      const run = exampleRun();
      const recorder = createRecorder(paths);
      await fc.assert(
        fc.asyncProperty(mutatedText([JSON.stringify(run)]), async (text) => {
          writeRun(paths, run, logOf([started()]));
          writeFileSync(paths.run(run.id).runFile, text);
          await mustBehave(() => recorder.ingest(run.id));
        }),
        { numRuns: CASES },
      );
      recorder.close();
    },
    TIMEOUT_MS,
  );
});

describe('a checkpoint, whatever is in it, is read or refused in plain words', () => {
  const model = modelSchema.parse({ tokens: 6, embedding: 4, neurons: 2, heads: 2, blocks: 1 });
  const runKey = 'a'.repeat(64);
  const size = parameterCount(model);
  const path = join(folder, 'checkpoint.safetensors');
  const moments = new Float32Array(size);
  writeCheckpoint(path, model, {
    runKey,
    ...{ epoch: 3, step: 40, bestEpoch: 2, bestNll: 12.5 },
    parameters: initialiseParameters(model, 1),
    ...{ firstMoments: moments, secondMoments: moments },
  });
  const sound = readFileSync(path);

  test(
    'after damage to its bytes',
    async () => {
      await fc.assert(
        fc.asyncProperty(mutatedBytes([sound]), async (bytes) => {
          writeFileSync(path, bytes);
          await mustBehave(() => {
            const { parameters } = readCheckpoint(path, model, runKey);
            expect(parameters).toHaveLength(size);
          });
        }),
        { numRuns: CASES },
      );
    },
    TIMEOUT_MS,
  );

  /** A file with a header of one's own. */
  function forged(header: unknown, dataBytes: number): Uint8Array {
    const json = Buffer.from(JSON.stringify(header));
    const file = Buffer.alloc(8 + json.length + dataBytes);
    file.writeBigUInt64LE(BigInt(json.length), 0);
    json.copy(file, 8);
    return file;
  }

  test(
    'with any header',
    async () => {
      const number = fc.oneof(fc.nat(64), fc.integer(), fc.double(), fc.constant(2 ** 52));
      const entry = fc.record({
        dtype: fc.constantFrom('F32', 'F32', 'F16', ''),
        shape: fc.array(number, { maxLength: 3 }),
        data_offsets: fc.array(number, { minLength: 1, maxLength: 3 }),
      });
      const header = fc.dictionary(
        fc.constantFrom('emb.weight', 'pos.weight', '__metadata__', '__proto__', 'x'),
        fc.oneof(entry, fc.jsonValue()),
      );
      await fc.assert(
        fc.asyncProperty(header, (value) =>
          mustBehave(() => decodeTensors(forged(value, 64), 'x')),
        ),
        { numRuns: CASES },
      );
    },
    TIMEOUT_MS,
  );

  test('with thousands of tensors that share the same bytes', async () => {
    const bytes = 4 * 2 ** 20;
    const entry = { dtype: 'F32', shape: [bytes / 4], data_offsets: [0, bytes] };
    const header = Object.fromEntries(Array.from({ length: 2_000 }, (_, i) => [`t${i}`, entry]));
    const file = forged(header, bytes);
    await mustBehave(() => decodeTensors(file, 'forged'));
    expect(() => decodeTensors(file, 'forged')).toThrow('the checkpoint cannot be read');
  });
});

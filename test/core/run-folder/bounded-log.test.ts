import { appendFileSync, closeSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cutLog, type LogLimits } from '../../../src/core/run-folder/bounded-log.js';
import { watchOwnLog } from '../../../src/core/trainer/own-log.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const LIMITS: LogLimits = { most: 2000, head: 300, tail: 500 };

function leftOut(log: string): number {
  return Number(/^\[sweep left out (\d+) bytes here\] *$/m.exec(log)?.[1] ?? 0);
}

test('a log keeps its head and its tail, and says how many bytes are missing, however often it is cut', () => {
  const path = join(temporaryFolder(), 'worker.log');
  const line = fc.oneof(
    fc.string({ maxLength: 60 }),
    fc.string({ unit: 'grapheme', maxLength: 400 }),
    fc.integer({ min: 0, max: 3000 }).map((length) => 'x'.repeat(length)),
  );
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 80 }), (lines) => {
      writeFileSync(path, '');
      const all = Buffer.from(`${lines.map((each) => each.replaceAll('[', '(')).join('\n')}\n`);
      for (let from = 0; from < all.length; from += 700) {
        appendFileSync(path, all.subarray(from, from + 700));
        cutLog(path, LIMITS);
      }
      const log = readFileSync(path);
      const mark = /\n\[sweep left out \d+ bytes here\] *\n/.exec(log.toString('latin1'));
      if (mark === null) {
        expect(log).toEqual(all);
        return;
      }
      const tail = log.subarray(mark.index + mark[0].length);
      expect(log.length).toBeLessThanOrEqual(LIMITS.most + 700);
      expect(log.subarray(0, mark.index)).toEqual(all.subarray(0, mark.index));
      expect(tail).toEqual(all.subarray(all.length - tail.length));
      expect(mark.index + leftOut(log.toString()) + tail.length).toBe(all.length);
    }),
    { numRuns: 100 },
  );
});

test('a worker without a launcher keeps its own log small, and no other file', () => {
  const folder = temporaryFolder();
  const [own, other] = [join(folder, 'worker.log'), join(folder, 'other.log')];
  for (const path of [own, other]) writeFileSync(path, 'line\n'.repeat(1000));
  const descriptor = openSync(own, 'a');
  watchOwnLog(() => own, descriptor, LIMITS).end();
  watchOwnLog(() => other, descriptor, LIMITS).end();
  closeSync(descriptor);
  expect(leftOut(readFileSync(own, 'utf8'))).toBeGreaterThan(4000);
  expect(readFileSync(other, 'utf8')).toBe('line\n'.repeat(1000));
});

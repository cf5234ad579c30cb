import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { SweepError } from '../../src/core/errors.js';

/** Cases of each fuzzer: few with every `npm test`, 10,000 with `npm run fuzz`. */
export const CASES = Number(process.env['SWEEP_FUZZ_CASES'] ?? 200);

/** Long enough for `npm run fuzz`, in milliseconds. */
export const TIMEOUT_MS = 60_000 + CASES * 100;

/** What one input may take: time of the processor, because the machine may have others to serve. */
const MOST_MS = 1_000;
const MOST_BYTES = 200 * 2 ** 20;

/**
 * Does something with a bad input: it may succeed or refuse in the words of a SweepError, in bounded time and memory.
 *
 * A slow input is tried again before it counts: the first time also pays for compiling the code.
 */
export async function mustBehave(work: () => unknown): Promise<void> {
  for (const isLast of [false, false, true]) {
    const before = process.memoryUsage().rss;
    const begin = process.cpuUsage();
    try {
      await work();
    } catch (error) {
      if (!(error instanceof SweepError)) throw error;
      if (error.message.length > 100_000)
        throw new Error('an error of more than 100,000 letters', { cause: error });
    }
    const { user, system } = process.cpuUsage(begin);
    const took = (user + system) / 1000;
    const grown = process.memoryUsage().rss - before;
    if (took < MOST_MS && grown < MOST_BYTES) return;
    if (isLast) throw new Error(`it took ${Math.round(took)} ms and ${grown} bytes`);
  }
}

/** Pieces that often find what a parser did not think of. */
const NASTY = [
  ...['', ' ', '\n', '\r\n', '\t', '\0', '\u001b[2J\u001b]0;title\u0007', '\u202e', '\ufeff', '😀'],
  ...['-1', '0', '1e999', '-0', 'NaN', '.inf', '9007199254740993', '1_000', '0x1f', 'null', '~'],
  ...['true', '[]', '{}', '[[', ']]', '{', '}', '"', "'", ',', ':', '- ', '? ', '| ', '> ', '% '],
  ...['&a ', '*a', '<<: *a', '!!js/function ', '!tag ', '---\n', '...\n', '#'],
  ...['__proto__', 'constructor', 'toString', '../../etc/passwd', '/etc/passwd', 'a\\b', 'CON'],
  ...['$(touch x)', '`id`', '; rm -rf /', '${HOME}', '%s', 'x'.repeat(5000)],
  ...['replicates: 999999999999', 'grid: { seed: [1, 2] }', 'where: "name"', 'budget: "< 1"'],
  ...['{"seq":1}', '"type":"epoch"', '[1,2', '0'.repeat(400)],
];

interface Edit {
  /** Place in the text, as a share. */
  readonly at: number;
  readonly drop: number;
  readonly put: string;
}

const edit: fc.Arbitrary<Edit> = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  drop: fc.oneof({ weight: 3, arbitrary: fc.nat(3) }, { weight: 1, arbitrary: fc.nat(200) }),
  put: fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...NASTY) },
    { weight: 1, arbitrary: fc.string({ maxLength: 20, unit: 'binary' }) },
  ),
});

/** One of some texts with a few changes. */
export function mutatedText(texts: readonly string[]): fc.Arbitrary<string> {
  return fc
    .tuple(fc.constantFrom(...texts), fc.array(edit, { minLength: 1, maxLength: 6 }))
    .map(([text, edits]) =>
      edits.reduce((changed, { at, drop, put }) => {
        const start = Math.floor(at * changed.length);
        return changed.slice(0, start) + put + changed.slice(start + drop);
      }, text),
    );
}

/** A file with flipped, dropped and inserted bytes, or cut off. */
export function mutatedBytes(files: readonly Buffer[]): fc.Arbitrary<Buffer> {
  const change = fc.oneof(
    fc.record({ kind: fc.constant('flip' as const), mask: fc.integer({ min: 1, max: 255 }) }),
    fc.record({ kind: fc.constant('cut' as const), mask: fc.nat() }),
    fc.record({ kind: fc.constant('drop' as const), mask: fc.integer({ min: 1, max: 64 }) }),
    fc.record({ kind: fc.constant('put' as const), mask: fc.integer({ min: 1, max: 64 }) }),
  );
  // The beginning decides how the rest is read.
  const place = fc.oneof(
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.double({ min: 0, max: 0.02, noNaN: true }),
  );
  return fc
    .tuple(
      fc.constantFrom(...files),
      fc.array(fc.tuple(place, change), { minLength: 1, maxLength: 8 }),
    )
    .map(([file, changes]) => {
      let bytes = Buffer.from(file);
      for (const [share, { kind, mask }] of changes) {
        const at = Math.floor(share * bytes.length);
        if (kind === 'flip' && at < bytes.length) bytes[at]! ^= mask;
        if (kind === 'cut') bytes = bytes.subarray(0, at);
        if (kind === 'drop')
          bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + mask)]);
        if (kind === 'put')
          bytes = Buffer.concat([
            bytes.subarray(0, at),
            Buffer.alloc(mask, mask),
            bytes.subarray(at),
          ]);
      }
      return bytes;
    });
}

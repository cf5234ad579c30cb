import { isUtf8 } from 'node:buffer';
import { SweepError } from '../../errors.js';

const NEWLINE = 0x0a;

/**
 * The text of a file, without a byte order mark.
 *
 * @throws SweepError `bad-data` with the line and byte of the first byte that is not UTF-8
 */
export function decodeUtf8(bytes: Buffer, file: string): string {
  const text = bytes.toString('utf8');
  if (isUtf8(bytes)) return text.replace(/^\uFEFF/u, '');
  const offset = firstDifference(bytes, Buffer.from(text, 'utf8'));
  const line = 1 + bytes.subarray(0, offset).filter((byte) => byte === NEWLINE).length;
  throw new SweepError('bad-data', {
    where: `${file}:${line}`,
    message: `must be UTF-8 (byte ${offset} is 0x${(bytes[offset] ?? 0).toString(16).padStart(2, '0')})`,
    fix: `Save the file as UTF-8, for example: iconv -f LATIN1 -t UTF-8 in.txt > out.txt`,
  });
}

/** Decoding puts U+FFFD for what is not UTF-8, so that the first byte that changes on the way back is the wrong one. */
function firstDifference(bytes: Buffer, decodedAndBack: Buffer): number {
  let offset = 0;
  while (offset < bytes.length && bytes[offset] === decodedAndBack[offset]) offset++;
  return offset;
}

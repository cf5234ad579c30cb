import CRC32C from 'crc-32/crc32c.js';
import type { FileWriter } from '../../../core/run-folder/staged-output.js';

/**
 * Writes one record of an event file as TensorFlow frames it (tensorflow/core/lib/io/record_writer.h): the length as
 * uint64, its masked CRC-32C, the bytes, their masked CRC-32C; all little-endian.
 */
export function writeRecord(file: FileWriter, bytes: Uint8Array): void {
  const head = Buffer.alloc(12);
  head.writeBigUInt64LE(BigInt(bytes.byteLength), 0);
  head.writeUInt32LE(maskedChecksum(head.subarray(0, 8)), 8);
  const foot = Buffer.alloc(4);
  foot.writeUInt32LE(maskedChecksum(bytes), 0);
  file.write(head);
  file.write(bytes);
  file.write(foot);
}

/** Rotated and shifted, because a checksum of data that holds its own checksum says little (tensorflow/core/lib/hash/crc32c.h). */
const MASK_DELTA = 0xa282ead8;

function maskedChecksum(bytes: Uint8Array): number {
  const checksum = CRC32C.buf(bytes, 0) >>> 0;
  const rotated = ((checksum >>> 15) | (checksum << 17)) >>> 0;
  return (rotated + MASK_DELTA) >>> 0;
}

import { z } from 'zod';

const FLOAT_BYTES = 4;

/**
 * Numbers as base64 of little-endian 32-bit floats: 5.4 characters each with seven digits, where JSON takes 18.
 */
export function encodeFloats(values: ArrayLike<number>): string {
  const bytes = Buffer.alloc(values.length * FLOAT_BYTES);
  for (let index = 0; index < values.length; index++)
    bytes.writeFloatLE(values[index] ?? 0, index * FLOAT_BYTES);
  return bytes.toString('base64');
}

/** The bytes that {@link encodeFloats} wrote, as numbers. @throws RangeError when they are no whole number of floats */
export function decodeFloats(bytes: Uint8Array): Float32Array {
  if (bytes.length % FLOAT_BYTES !== 0)
    throw new RangeError(`${bytes.length} bytes are no list of 32-bit floats`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return Float32Array.from({ length: bytes.length / FLOAT_BYTES }, (_, index) =>
    view.getFloat32(index * FLOAT_BYTES, true),
  );
}

/** A text that {@link encodeFloats} could have written. */
export const floatListSchema = z
  .base64()
  .refine((text) => Buffer.from(text, 'base64').length % FLOAT_BYTES === 0, {
    error: 'must be a list of 32-bit floats',
  });

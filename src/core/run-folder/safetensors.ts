import { closeSync, openSync, readSync } from 'node:fs';
import { z } from 'zod';
import { messageOf, SweepError } from '../errors.js';

/** A named 32-bit float tensor in row-major order. */
export interface NamedTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** Content of a .safetensors file. */
export interface TensorFile {
  readonly tensors: readonly NamedTensor[];
  readonly metadata: Readonly<Record<string, string>>;
}

const tensorEntrySchema = z.object({
  dtype: z.literal('F32'),
  shape: z.array(z.int().nonnegative()),
  data_offsets: z.tuple([z.int().nonnegative(), z.int().nonnegative()]),
});
const headerSchema = z.record(z.string(), z.unknown());

/** Bytes before the header: its length, as an unsigned 64-bit integer. */
const LENGTH_BYTES = 8;

/** Encodes the safetensors format: https://github.com/huggingface/safetensors#format */
export function encodeTensors({ tensors, metadata }: TensorFile): Uint8Array {
  const header: Record<string, unknown> = { __metadata__: metadata };
  let offset = 0;
  for (const { name, shape, values } of tensors) {
    header[name] = { dtype: 'F32', shape, data_offsets: [offset, offset + values.byteLength] };
    offset += values.byteLength;
  }
  const json = JSON.stringify(header);
  // The format asks for data aligned to 8 bytes; spaces after the JSON are allowed for that.
  const padded = Buffer.from(json.padEnd(json.length + ((8 - (Buffer.byteLength(json) % 8)) % 8)));
  const file = new Uint8Array(LENGTH_BYTES + padded.length + offset);
  new DataView(file.buffer).setBigUint64(0, BigInt(padded.length), true);
  file.set(padded, LENGTH_BYTES);
  let position = LENGTH_BYTES + padded.length;
  for (const { values } of tensors) {
    // Typed arrays are little-endian on every platform that Node supports, as the format asks.
    file.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), position);
    position += values.byteLength;
  }
  return file;
}

/** Longest header that is read for its metadata alone; those of our models have some kilobytes. */
const MOST_HEADER_BYTES = 16 * 2 ** 20;

/** The metadata of a .safetensors file, without reading its tensors; null when it is damaged. */
export function readMetadata(path: string): Readonly<Record<string, string>> | null {
  const file = openSync(path, 'r');
  try {
    const length = Buffer.alloc(LENGTH_BYTES);
    readSync(file, length, 0, LENGTH_BYTES, 0);
    const bytes = Number(length.readBigUInt64LE());
    if (bytes > MOST_HEADER_BYTES) return null;
    const header = Buffer.alloc(bytes);
    readSync(file, header, 0, bytes, LENGTH_BYTES);
    const { __metadata__: metadata = {} } = headerSchema.parse(JSON.parse(header.toString()));
    return z.record(z.string(), z.string()).parse(metadata);
  } catch {
    return null;
  } finally {
    closeSync(file);
  }
}

/** Decodes a .safetensors file of 32-bit floats. @throws SweepError `bad-record` naming `where` when it is damaged */
export function decodeTensors(file: Uint8Array, where: string): TensorFile {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  try {
    const headerLength = Number(view.getBigUint64(0, true));
    const dataStart = LENGTH_BYTES + headerLength;
    const json = new TextDecoder('utf8', { fatal: true }).decode(
      file.subarray(LENGTH_BYTES, dataStart),
    );
    const { __metadata__: metadata = {}, ...entries } = headerSchema.parse(JSON.parse(json));
    const tensors: NamedTensor[] = [];
    let copiedBytes = 0;
    for (const [name, entry] of Object.entries(entries)) {
      const { shape, data_offsets } = tensorEntrySchema.parse(entry);
      const [start, end] = data_offsets;
      if (dataStart + end > file.byteLength) throw new Error('the file is truncated');
      // Thousands of tensors that share the same bytes would fill the memory.
      copiedBytes += end - start;
      if (copiedBytes > file.byteLength) throw new Error('its tensors overlap');
      // A copy, because the data of a tensor need not be aligned to 4 bytes in the file.
      const bytes = Uint8Array.from(file.subarray(dataStart + start, dataStart + end));
      const values = new Float32Array(bytes.buffer);
      if (values.length !== shape.reduce((product, length) => product * length, 1))
        throw new Error(`the shape of ${name} does not fit its data`);
      tensors.push({ name, shape, values });
    }
    return { tensors, metadata: z.record(z.string(), z.string()).parse(metadata) };
  } catch (error) {
    throw new SweepError(
      'bad-record',
      {
        where,
        message: `the checkpoint cannot be read: ${messageOf(error)}`,
        fix: "Delete the run's folder to train it again.",
      },
      { cause: error },
    );
  }
}

/**
 * A reader of TensorFlow event files for tests, written from the formats' descriptions and sharing nothing with the
 * writer: https://www.tensorflow.org/tutorials/load_data/tfrecord#tfrecords_format_details and
 * https://protobuf.dev/programming-guides/encoding.
 */

/** CRC-32C bit by bit (RFC 3720: polynomial 0x1EDC6F41, reflected). */
export function crc32c(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1;
  }
  return ~crc >>> 0;
}

function masked(bytes: Uint8Array): number {
  const crc = crc32c(bytes);
  return Number((BigInt((crc >>> 15) | (crc << 17)) + 0xa282ead8n) & 0xffffffffn);
}

/** @throws Error when a record is cut off or a checksum is wrong */
export function readRecords(file: Buffer): Buffer[] {
  const records: Buffer[] = [];
  for (let at = 0; at < file.length;) {
    const length = Number(file.readBigUInt64LE(at));
    if (file.readUInt32LE(at + 8) !== masked(file.subarray(at, at + 8)))
      throw new Error(`the checksum of the length at byte ${at} is wrong`);
    const record = file.subarray(at + 12, at + 12 + length);
    if (file.readUInt32LE(at + 12 + length) !== masked(record))
      throw new Error(`the checksum of the record at byte ${at} is wrong`);
    records.push(record);
    at += 12 + length + 4;
  }
  return records;
}

/** Fields of one protobuf message by their number. */
export interface WireFields {
  integer(field: number): number;
  double(field: number): number;
  /** A packed list. */
  floats(field: number): number[];
  text(field: number): string;
  texts(field: number): string[];
  bytes(field: number): Buffer | undefined;
  message(field: number): WireFields;
  messages(field: number): WireFields[];
}

/** @throws Error for a wire type that no message here has */
export function readFields(message: Buffer): WireFields {
  const found: { field: number; value: number | Buffer }[] = [];
  let at = 0;
  const varint = (): number => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = message.readUInt8(at++);
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return Number(BigInt.asIntN(64, value));
    }
  };
  const take = (length: number): Buffer => {
    const part = message.subarray(at, at + length);
    if (part.length !== length) throw new Error('the message is cut off');
    at += length;
    return part;
  };
  while (at < message.length) {
    const key = varint();
    const field = key >>> 3;
    const type = key & 7;
    if (type === 0) found.push({ field, value: varint() });
    else if (type === 1) found.push({ field, value: take(8) });
    else if (type === 2) found.push({ field, value: take(varint()) });
    else if (type === 5) found.push({ field, value: take(4) });
    else throw new Error(`wire type ${type}`);
  }
  const all = (field: number): Buffer[] =>
    found.flatMap((one) => (one.field === field && Buffer.isBuffer(one.value) ? [one.value] : []));
  return {
    integer: (field) => {
      const value = found.findLast((one) => one.field === field)?.value ?? 0;
      if (typeof value !== 'number') throw new Error(`field ${field} is no integer`);
      return value;
    },
    double: (field) => all(field).at(-1)?.readDoubleLE() ?? 0,
    floats: (field) =>
      all(field).flatMap((packed) =>
        Array.from({ length: packed.length / 4 }, (_, index) => packed.readFloatLE(index * 4)),
      ),
    text: (field) => all(field).at(-1)?.toString() ?? '',
    texts: (field) => all(field).map(String),
    bytes: (field) => all(field).at(-1),
    message: (field) => readFields(all(field).at(-1) ?? Buffer.alloc(0)),
    messages: (field) => all(field).map(readFields),
  };
}

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decodeFloats,
  encodeFloats,
  floatListSchema,
} from '../../../src/core/run-folder/float-list.js';

describe('float lists', () => {
  it('come back as they were written', () => {
    fc.assert(
      fc.property(fc.float32Array(), (values) => {
        const text = encodeFloats(values);
        expect(floatListSchema.parse(text)).toBe(text);
        expect(decodeFloats(Buffer.from(text, 'base64'))).toEqual(values);
      }),
    );
  });

  it('are refused when they are no whole number of floats', () => {
    expect(() => floatListSchema.parse('AAAA')).toThrow('must be a list of 32-bit floats');
    expect(() => floatListSchema.parse('?')).toThrow();
    expect(() => decodeFloats(new Uint8Array(3))).toThrow('3 bytes are no list of 32-bit floats');
  });
});

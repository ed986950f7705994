// Bands and distances of SimHashes.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bandsOf, bitsApart, nearBits } from '../../db/simhash.js';

const hash = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
const hex = (bits: bigint) => bits.toString(16).padStart(16, '0');

describe('SimHashes', () => {
  it('are cut into four bands from the left', () => {
    expect(bandsOf('0001000a00ffFFFF')).toEqual([1, 10, 255, 65535]);
  });

  it.each(['', '123', '0123456789abcdeg', '0123456789abcdef0'])('are no %j', (text) => {
    expect(() => bandsOf(text)).toThrow(RangeError);
  });

  it('differ in as many bits as were turned', () => {
    fc.assert(
      fc.property(hash, fc.uniqueArray(fc.integer({ min: 0, max: 63 }), { maxLength: 20 }), (bits, turned) => {
        const other = turned.reduce((sum, bit) => sum ^ (1n << BigInt(bit)), bits);
        expect(bitsApart(hex(bits), hex(other))).toBe(turned.length);
      }),
    );
  });

  it('that are near share a band', () => {
    const bits = fc.uniqueArray(fc.integer({ min: 0, max: 63 }), { maxLength: nearBits });
    fc.assert(
      fc.property(hash, bits, (one, turned) => {
        const other = bandsOf(hex(turned.reduce((sum, bit) => sum ^ (1n << BigInt(bit)), one)));
        expect(bandsOf(hex(one)).some((band, index) => band === other[index])).toBe(true);
      }),
    );
  });
});

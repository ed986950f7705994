// Powers of ten round once, whatever form the number has.
import { describe, expect, it } from 'vitest';
import { timesTen } from '../../../extractors/rules/exact.js';
import { readNumbers } from '../../../extractors/rules/quantities.js';

describe('timesTen', () => {
  it('keeps decimals exact', () => {
    expect(timesTen('2.3', 8)).toBe(230_000_000);
    expect(timesTen(38.3, -2)).toBe(0.383);
  });

  it('takes numbers that are written with an exponent', () => {
    expect(timesTen(1e-8, -2)).toBe(1e-10);
    expect(timesTen(1e21, 4)).toBe(1e25);
  });
});

describe('numerals without a value', () => {
  it.each(['零分之一', '翻了9100番', `一${'亿'.repeat(60)}元`])('%s gives no figure', (text) => {
    expect(readNumbers(text).candidates.filter(({ rejected }) => rejected === null)).toEqual([]);
  });
});

describe('a digit behind 成', () => {
  it('belongs to the share alone, also where a number with a unit follows', () => {
    const { candidates } = readNumbers('近三成五、一千二百余名教师');
    const read = candidates.filter(({ rejected }) => rejected === null);
    expect(read.map(({ value, unit }) => [value, unit])).toEqual([
      [0.35, '1'],
      [1200, '名'],
    ]);
  });
});

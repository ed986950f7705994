// What a printed number allows: 73.18亿 is known to half of its last digit, 4600余 lies below 4700, 不足100 says nothing of how far.
import type { StoredFigure } from '../../model/cell.js';

/** The values that a wording allows, in the base unit. */
export interface Interval {
  low: number;
  high: number;
}

type Printed = Pick<StoredFigure, 'value' | 'valueMax' | 'quote' | 'bound' | 'dimension'>;

/** One unit of the last printed digit, in the base unit: 0.01 for 40%, 10^6 for 73.18亿, 1 for 138所. */
export function printedStep({ quote, value, dimension }: Pick<Printed, 'quote' | 'value' | 'dimension'>): number {
  const fallback = dimension === 'ratio' ? 0.01 : 1;
  for (const [digits] of quote.matchAll(/\d[\d,，]*(?:[.．]\d+)?/g)) {
    const plain = digits.replace(/[,，]/g, '').replace('．', '.');
    const decimals = plain.split('.')[1]?.length ?? 0;
    const number = Number(plain);
    if (number === 0) return (dimension === 'ratio' ? 0.01 : 1) * 10 ** -decimals;
    const power = Math.log10(Math.abs(value) / number);
    if (Math.abs(power - Math.round(power)) < 1e-9) return 10 ** (Math.round(power) - decimals);
  }
  return fallback;
}

/** The place of the last digit that is not zero: 4600 is told to the hundred. */
function lastPlace(figure: Printed): number {
  const step = printedStep(figure);
  let units = Math.round(Math.abs(figure.value) / step);
  let place = step;
  while (units !== 0 && units % 10 === 0) {
    units /= 10;
    place *= 10;
  }
  return place;
}

/** Half of the last digit where a number was rounded to be printed; nothing for a plain whole number. */
function rounding(figure: Printed): number {
  const step = printedStep(figure);
  const isPlainWhole = step === 1 && figure.dimension !== 'ratio' && figure.dimension !== 'multiple';
  return isPlainWhole ? 0 : step / 2;
}

/**
 * The values that the words allow: 余 and 多 reach up to the next unit of the last digit, 近 comes within a fifth, 左右 and 约 within a
 * twentieth (domain reference, normalisations), 以上 and 不低于 have no upper end.
 */
export function allowedBy(figure: Printed): Interval {
  const { value, quote } = figure;
  if (figure.valueMax !== null) return { low: value, high: figure.valueMax };
  switch (figure.bound) {
    case 'at_least':
      return { low: value, high: Number.POSITIVE_INFINITY };
    case 'at_most':
      return { low: Number.NEGATIVE_INFINITY, high: value };
    case 'over':
      return { low: value, high: /[余多来几]/.test(quote) ? value + lastPlace(figure) : Number.POSITIVE_INFINITY };
    case 'under':
      return { low: /不足|不到|低于|少于|小于/.test(quote) ? 0 : value * 0.8, high: value };
    case 'about': {
      const reach = Math.max(Math.abs(value) * 0.05, rounding(figure));
      return { low: value - reach, high: value + reach };
    }
    default: {
      const half = rounding(figure);
      return { low: value - half, high: value + half };
    }
  }
}

/** Whether the number stands for itself alone: no bound, no range, nothing rounded away. */
export const isExact = (figure: Printed): boolean =>
  figure.bound === 'exact' && figure.valueMax === null && rounding(figure) === 0;

/** Numbers of this size are equal but for binary remainders. */
const slack = (a: number, b: number): number => 1e-9 * Math.max(1, Math.abs(a), Math.abs(b));

export const overlaps = (a: Interval, b: Interval): boolean =>
  a.low <= b.high + (Number.isFinite(b.high) ? slack(a.low, b.high) : 0) &&
  b.low <= a.high + (Number.isFinite(a.high) ? slack(b.low, a.high) : 0);

export const same = (a: number, b: number): boolean => Math.abs(a - b) <= slack(a, b);

export const sumOf = (intervals: readonly Interval[]): Interval =>
  intervals.reduce((sum, { low, high }) => ({ low: sum.low + low, high: sum.high + high }), { low: 0, high: 0 });

/** Quotient of two amounts that are not negative. */
export const quotientOf = (part: Interval, base: Interval): Interval => ({
  low: Math.max(0, part.low) / base.high,
  high: base.low <= 0 ? Number.POSITIVE_INFINITY : part.high / base.low,
});

// A number on its way to a figure: what the scanner found, completed step by step by the rules, or ruled out by one of them.
import type { Bound, Dimension } from '../../src/model/record.js';
import type { Ruled } from '../engine/rule.js';

export interface Candidate extends Ruled {
  /** The numeral's own words, in the text. */
  start: number;
  end: number;
  /** The quote as far as it is known: numeral, scale, unit and touching qualifiers. */
  quoteStart: number;
  quoteEnd: number;
  /** arabic 45, 1.2万 · chinese 四十五 · round 数百, 十几, 近百 · year 二〇一七 · fraction 三分之一. */
  form: 'arabic' | 'chinese' | 'round' | 'year' | 'fraction';
  /** Decimal text of the number before its large scale: `5.2` in 5.2亿. */
  mantissa: string;
  /** Power of ten of that scale: 8 in 5.2亿, 0 where there is none. */
  exponent: number;
  value: number;
  max: number | null;
  bound: Bound;
  dimension: Dimension | null;
  unit: string;
  /** True once a unit or measure word was found at the number itself or in the list it stands in. */
  hasUnit: boolean;
  per: string[];
  /** Denominators that stand in the quote itself: 5年 in 5年360学时. */
  confidence: number;
  /** 1.2.3 or 2024.5.21: more points than a number has. */
  dotted: boolean;
  /** How many units of the list it was in share one quote; set by the list rules. */
  listed: boolean;
  salience: 'core' | 'minor';
  /** Position in the sequence of all candidates of the text, rejected ones included. */
  index: number;
}

/** The text, its numbers, and what the rules ask about the surroundings. */
export interface NumberContext {
  readonly text: string;
  readonly candidates: Candidate[];
}

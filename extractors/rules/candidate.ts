// A number on its way to a figure: what the scanner found, completed step by step by the rules, or ruled out by one of them;
// and the text around it that the rules look at.
import type { Bound, Dimension } from '../../src/model/record.js';
import type { Span } from '../../src/model/way-back.js';
import type { Ruled } from '../engine/rule.js';
import { clauseMarks, sentenceEnds } from '../lexicon/punctuation.js';

export interface Candidate extends Ruled {
  /** The numeral's own words, scale included. */
  start: number;
  end: number;
  /** The quote as far as it is known: numeral, unit and touching qualifiers. */
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
  /** Where the unit or measure word ends, and where it begins; equal to `end` where there is none. */
  unitStart: number;
  unitEnd: number;
  per: string[];
  salience: 'core' | 'minor';
  confidence: number;
  /** Position among all candidates of the text. */
  index: number;
}

/** The text, its numbers, and where titles and quotations stand. */
export interface NumberContext {
  readonly text: string;
  readonly candidates: readonly Candidate[];
  /** 《…》, brackets included, in order. */
  readonly titles: readonly Span[];
  /** “…” and their kin, quotation marks included, in order. */
  readonly quotations: readonly Span[];
}

/** Finds titles and quotations in one pass. A line break closes what was left open. */
export function numberContext(text: string, candidates: readonly Candidate[]): NumberContext {
  const titles: Span[] = [];
  const quotations: Span[] = [];
  let title = -1;
  let quotation = -1;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code > 0x300b && code < 0xff00) continue;
    if (code === 0x300a) title = title < 0 ? at : title;
    else if (code === 0x300b && title >= 0) {
      titles.push({ start: title, end: at + 1 });
      title = -1;
    } else if (code === 0x201c) quotation = at;
    else if (code === 0x201d && quotation >= 0) {
      quotations.push({ start: quotation, end: at + 1 });
      quotation = -1;
    } else if (code === 0x22) {
      if (quotation >= 0) quotations.push({ start: quotation, end: at + 1 });
      quotation = quotation >= 0 ? -1 : at;
    } else if (code === 0x0a) title = quotation = -1;
  }
  return { text, candidates, titles, quotations };
}

/** The span among `spans` (in order) that holds `at`, or null. */
export function spanAround(spans: readonly Span[], at: number): Span | null {
  let low = 0;
  let high = spans.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const span = spans[middle]!;
    if (span.end <= at) low = middle + 1;
    else if (span.start > at) high = middle - 1;
    else return span;
  }
  return null;
}

/** How far rules look for a clause's beginning or end; longer clauses are cut so that every rule stays linear. */
const widestClause = 120;

const clauseEnds = new Uint8Array(65_536);
for (const mark of ['\t', ...sentenceEnds, ...clauseMarks]) if (mark !== '、') clauseEnds[mark.charCodeAt(0)] = 1;

/** Where the clause that holds `at` begins: behind the last ，。；： or line break. 、 does not part clauses. */
export function clauseStart(text: string, at: number): number {
  const least = Math.max(0, at - widestClause);
  for (let i = at - 1; i >= least; i--)
    if (clauseEnds[text.charCodeAt(i)] === 1 && !isSeparatorInNumber(text, i)) return i + 1;
  return least;
}

/** Where the clause that holds `at` ends: before the next ，。；： or line break. */
export function clauseEnd(text: string, at: number): number {
  const most = Math.min(text.length, at + widestClause);
  for (let i = at; i < most; i++) if (clauseEnds[text.charCodeAt(i)] === 1 && !isSeparatorInNumber(text, i)) return i;
  return most;
}

/** The comma of 1,200 and the colon of 16:1 part no clauses. */
function isSeparatorInNumber(text: string, at: number): boolean {
  const isDigit = (code: number) => code >= 0x30 && code <= 0x39;
  return (
    (text[at] === ',' || text[at] === ':') &&
    isDigit(text.charCodeAt(at - 1)) &&
    isDigit(text.charCodeAt(at + 1)) &&
    (text[at] === ':' || (isDigit(text.charCodeAt(at + 3)) && !isDigit(text.charCodeAt(at + 4))))
  );
}

/** Up to `count` units before `at`, on its line or in its cell. */
export function wordsBefore(text: string, at: number, count: number): string {
  const words = text.slice(Math.max(0, at - count), at);
  return words.slice(Math.max(words.lastIndexOf('\n'), words.lastIndexOf('\t')) + 1);
}

/** Up to `count` units from `at` on, on its line or in its cell. */
export function wordsAfter(text: string, at: number, count: number): string {
  const words = text.slice(at, at + count);
  const end = words.search(/[\n\t]/);
  return end < 0 ? words : words.slice(0, end);
}

/** Whether a line or a table cell holds these words and nothing else. */
export const standsAlone = (text: string, start: number, end: number): boolean =>
  (start === 0 || '\n\t'.includes(text[start - 1]!)) && (end === text.length || '\n\t'.includes(text[end]!));

/** The nearest candidate before this one that is still in, or undefined. */
export function previousOf(item: Candidate, context: NumberContext): Candidate | undefined {
  for (let i = item.index - 1; i >= 0; i--) {
    const other = context.candidates[i]!;
    if (other.rejected === null) return other;
  }
  return undefined;
}

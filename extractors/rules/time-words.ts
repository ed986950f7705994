// What time words are, and the parts of which their patterns are made: years, plans, parts of a year.
import type { Period } from '../../src/model/record.js';
import type { RuleCard } from '../engine/rule.js';
import { digitCharacters } from '../lexicon/numerals.js';
import { planPeriods } from '../lexicon/time.js';

/** A time word that was found. */
export interface TimeWord {
  start: number;
  end: number;
  /** null for a word that gives no date (近年来): it ends the reach of the words before it. */
  period: Period | null;
  /** since: from then to the document's date · span · point · deadline: a date to be reached · now · undated. */
  kind: 'since' | 'span' | 'point' | 'deadline' | 'now' | 'undated';
  rule: string;
  /** It names months and leaves their year to the words before it. */
  yearless?: boolean;
  /** The words themselves, where they stand outside the text that is read (heads of a table). */
  words?: string;
}

/** The document's date as the rules need it. */
export interface Reference {
  year: number;
  /** YYYY-MM, or YYYY where no month is known. */
  month: string;
}

export interface TimeRule extends RuleCard {
  pattern: RegExp;
  resolve(
    groups: Record<string, string | undefined>,
    reference: Reference | null,
  ): Omit<TimeWord, 'start' | 'end' | 'rule'> | null;
}

/** The date the examples are resolved against. */
export const exampleReference = '2017-08-10';

export const year = String.raw`(?<year>(?:19|20)\d\d|二[〇零○][〇零○一二三四五六七八九]{2}|一九[〇零○一二三四五六七八九]{2})`;
export const plan = `(?<plan>${Object.keys(planPeriods)
  .sort((a, b) => b.length - a.length)
  .join('|')})`;
const characterDigits = '〇一二三四五六七八九';

/** 2017 or 二〇一七 as four digits. */
export function yearOf(words: string): string {
  return [...words]
    .map((c) => (/\d/.test(c) ? c : String(characterDigits.indexOf(c === '零' || c === '○' ? '〇' : c))))
    .join('');
}

/** 两, 十, 12: a count of years, months or quarters. */
export const countOf = (words: string): number => (words === '十' ? 10 : (digitCharacters[words] ?? Number(words)));
export const point = (at: string, kind: TimeWord['kind'] = 'point') => ({ period: { from: at, to: at }, kind });
export const pad = (month: string): string => month.padStart(2, '0');
export const example = (text: string, quote: string, from: string, to = from) => ({
  text,
  quote,
  finds: { period: { from, to } },
});

/** Halves, quarters and runs of months. */
export const part =
  '(?:(?<half>上|下)半年|(?:前(?<quarters>[两二三])个?|第?(?<quarter>[一二三四1-4])|(?<!前)首)季度|(?<first>\\d{1,2})月?(?:[-—–~～至到])(?<last>\\d{1,2})月(?:份|底|末)?|前(?<count>[一两二三四五六七八九十]|\\d{1,2})个月)';

/** First and last month of a part of a year; null for what is none. */
export function monthsOf(groups: Record<string, string | undefined>): { from: number; to: number } | null {
  const { half, quarters, quarter, first, last, count } = groups;
  if (half) return half === '上' ? { from: 1, to: 6 } : { from: 7, to: 12 };
  if (quarters) return { from: 1, to: 3 * countOf(quarters) };
  if (count) return countOf(count) > 12 ? null : { from: 1, to: countOf(count) };
  if (first) {
    const [from, to] = [Number(first), Number(last)];
    return from >= 1 && from < to && to <= 12 ? { from, to } : null;
  }
  const at = quarter ? countOf(quarter) : 1;
  return { from: 3 * at - 2, to: 3 * at };
}

export const yearShifts: Readonly<Record<string, number>> = { 去年: -1, 上年: -1, 前年: -2, 明年: 1 };

/** The year that is meant: of its name, else the document's, or the one before where the months were not over by its date. */
export function yearByName(name: string | undefined, lastMonth: number, reference: Reference | null): number | null {
  if (!reference) return null;
  if (name) return reference.year + (yearShifts[name] ?? 0);
  const month = Number(reference.month.slice(5) || 12);
  return reference.year - (month + 1 < lastMonth ? 1 : 0);
}

// The scanner: one pass over the text from left to right that finds every numeral and values it exactly. It knows numerals and
// scales, nothing of units, dates or names; what is no quantity is ruled out later. A malformed numeral (十四五, 二百五三) is
// refused as a whole instead of guessed, which is what makes most names drop out.
import {
  beforeBareScale,
  digitCharacters,
  largeScales,
  overInfixes,
  smallScales,
  tensCharacters,
  unknownDigits,
} from '../lexicon/numerals.js';
import type { Candidate } from './candidate.js';
import { timesTen } from './exact.js';
import { listNumberAt } from './list-number.js';
import { isUnitOfScale, readCharacters } from './numeral-characters.js';
import { hasSpacedGroups, isDigit, isSpacedGroup, isThousandsGroup } from './numeral-groups.js';

const DIGIT = 1;
const CHARACTER = 2;
const SMALL = 3;
const LARGE = 4;
const UNKNOWN = 5;
const TENS = 6;
const HALF = 7;

/** Class of every UTF-16 unit; 0 for the nine tenths of a text that belong to no number. */
const classes = new Uint8Array(65_536);
for (let i = 0; i < 10; i++) classes[0x30 + i] = classes[0xff10 + i] = DIGIT;
for (const c of Object.keys(digitCharacters)) classes[c.charCodeAt(0)] = CHARACTER;
for (const c of Object.keys(smallScales)) classes[c.charCodeAt(0)] = SMALL;
for (const c of Object.keys(largeScales)) classes[c.charCodeAt(0)] = LARGE;
for (const c of Object.keys(tensCharacters)) classes[c.charCodeAt(0)] = TENS;
for (const c of unknownDigits) classes[c.charCodeAt(0)] = UNKNOWN;
classes['半'.charCodeAt(0)] = HALF;

/** Longer digit strings are identifiers. */
const longestNumber = 15;

const classAt = (text: string, at: number): number => (at >= 0 && at < text.length ? classes[text.charCodeAt(at)]! : 0);
const isLetter = (code: number): boolean =>
  (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 95 || (code >= 0xff21 && code <= 0xff5a);
/** ASCII form of a digit, half or full width. */
const digitOf = (code: number): number => (code >= 0xff10 ? code - 0xff10 : code - 0x30);
const powerAt = (text: string, at: number): number => smallScales[text[at]!] ?? largeScales[text[at]!] ?? 0;

function candidate(
  form: Candidate['form'],
  start: number,
  end: number,
  mantissa: string,
  exponent: number,
  value: number,
): Candidate {
  const rule =
    form === 'arabic' ? 'arabic' : form === 'round' ? 'round' : form === 'fraction' ? 'fraction' : 'characters';
  return {
    start,
    end,
    quoteStart: start,
    quoteEnd: end,
    form,
    mantissa,
    exponent,
    value,
    max: null,
    bound: form === 'round' ? 'over' : 'exact',
    dimension: form === 'fraction' ? 'ratio' : null,
    unit: form === 'fraction' ? '1' : '',
    unitStart: end,
    unitEnd: end,
    per: [],
    salience: 'core',
    confidence: 1,
    index: 0,
    rules: [`numeral: ${rule}`],
    rejected: null,
  };
}

/** 零分之一 and scales without end have no value. */
const hasValue = ({ value, max }: Candidate): boolean =>
  Number.isFinite(value) && (max === null || Number.isFinite(max));

/** All numerals of `text` in order. Linear in its length; never throws. */
export function scanNumerals(text: string): Candidate[] {
  const found: Candidate[] = [];
  const length = text.length;
  for (let at = 0; at < length; ) {
    const kind = classes[text.charCodeAt(at)]!;
    if (kind === 0) {
      at++;
      continue;
    }
    at = kind === DIGIT ? readArabic(text, at + listNumberAt(text, at), found) : readOther(text, at, kind, found);
  }
  const finite = found.every(hasValue) ? found : found.filter(hasValue);
  for (let i = 0; i < finite.length; i++) finite[i]!.index = i;
  return finite;
}

/** Reads a number in digits that begins at `at`; gives where scanning goes on. */
function readArabic(text: string, at: number, found: Candidate[]): number {
  if (at > 0 && isLetter(text.charCodeAt(at - 1))) return skipWord(text, at);
  let end = at;
  let mantissa = '';
  const digits = () => {
    const from = end;
    while (isDigit(text, end)) end++;
    if (end - from <= longestNumber) for (let i = from; i < end; i++) mantissa += digitOf(text.charCodeAt(i));
    return end - from;
  };
  const first = digits();
  if (first > longestNumber) return end;
  if (first <= 3 && mantissa[0] !== '0') {
    if (hasSpacedGroups(text, at, end)) {
      while (isSpacedGroup(text, end)) {
        end++;
        digits();
      }
    } else
      while (isThousandsGroup(text, end)) {
        end++;
        digits();
      }
  }
  let dotted = false;
  if (isPoint(text, end)) {
    end++;
    mantissa += '.';
    digits();
    while (isPoint(text, end)) {
      dotted = true;
      end++;
      while (isDigit(text, end)) end++;
    }
  }
  if (dotted) return end;
  const parts: Part[] = [];
  let exponent = 0;
  let over = false;
  for (;;) {
    const scale = readScale(text, end);
    if (!scale) break;
    over ||= scale.over;
    parts.push({ digits: mantissa, exponent: scale.exponent });
    end = scale.end;
    exponent = scale.exponent;
    const next = readSection(text, end, exponent);
    if (!next) break;
    mantissa = next;
    end += next.length;
    if (!readScale(text, end)) {
      parts.push({ digits: mantissa, exponent: 0 });
      break;
    }
  }
  if (text.startsWith('分之', end)) return readFraction(text, at, end, mantissa, found);
  if (parts.length === 0) parts.push({ digits: mantissa, exponent: 0 });
  const single = parts.length === 1;
  const made = candidate(
    'arabic',
    at,
    end,
    single ? parts[0]!.digits : String(sum(parts)),
    single ? exponent : 0,
    sum(parts),
  );
  if (over) made.bound = 'over';
  found.push(made);
  return end;
}

/** Skips the rest of an ASCII word that a digit stands in: t20240521_001.html. */
function skipWord(text: string, at: number): number {
  let end = at;
  while (end < text.length && (isDigit(text, end) || isLetter(text.charCodeAt(end)))) end++;
  return end;
}

const isPoint = (text: string, at: number): boolean => (text[at] === '.' || text[at] === '．') && isDigit(text, at + 1);

interface Part {
  digits: string;
  exponent: number;
}

/** Sums sections exactly and rounds once. */
function sum(parts: readonly Part[]): number {
  if (parts.length === 1) return timesTen(parts[0]!.digits, parts[0]!.exponent);
  const decimals = Math.max(
    ...parts.map((part) => part.digits.length - 1 - (part.digits.indexOf('.') + 1 || part.digits.length)),
    0,
  );
  let total = 0n;
  for (const { digits, exponent } of parts) {
    const [whole = '0', fraction = ''] = digits.split('.');
    total += BigInt(whole + fraction.padEnd(decimals, '0')) * 10n ** BigInt(exponent);
  }
  return Number(`${total}e-${decimals}`);
}

/** 万, 千万, 余万, 余亿 behind digits: the power of ten, whether 余 stood before it, and where it ends. */
function readScale(text: string, at: number): { exponent: number; over: boolean; end: number } | null {
  let end = at;
  let over = false;
  if (overInfixes.includes(text[end] ?? '\n') && isScale(text, end + 1)) {
    over = true;
    end++;
  } else if (classAt(text, end) === 0) end = pastSpace(text, end);
  if (text[end] === '个' && text[end + 1] === '亿') end++;
  let exponent = 0;
  const from = end;
  while (isScale(text, end)) exponent += powerAt(text, end++);
  return end === from ? null : { exponent, over, end };
}

/** Where 万 or 亿 stands behind one or two spaces (6.8 万人), else `at`. */
function pastSpace(text: string, at: number): number {
  let end = at;
  while (end < at + 2 && (text[end] === ' ' || text[end] === '\u00a0' || text[end] === '　')) end++;
  return end > at && classAt(text, end) === LARGE ? end : at;
}

/** 百 千 万 亿 as a scale, not as the head of a unit (千米, 百分点, 万兆). */
function isScale(text: string, at: number): boolean {
  const kind = classAt(text, at);
  if (kind !== LARGE && !(kind === SMALL && powerAt(text, at) > 1)) return false;
  return !isUnitOfScale(text, at);
}

/** Digits of the next section (5000 in 3亿5000万): only where they are worth less than the scale before them. */
function readSection(text: string, at: number, exponent: number): string | null {
  let digits = '';
  while (isDigit(text, at + digits.length) && digits.length <= 8)
    digits += digitOf(text.charCodeAt(at + digits.length));
  if (digits.length === 0 || digits.length > exponent || digits.length > 4) return null;
  const scale = readScale(text, at + digits.length);
  if (!scale) return exponent === 4 && digits.length === 4 ? digits : null;
  return digits.length + scale.exponent <= exponent ? digits : null;
}

/** Reads what begins with anything but a digit; gives where scanning goes on. */
function readOther(text: string, at: number, kind: number, found: Candidate[]): number {
  if (kind === HALF) return readHalf(text, at, found);
  if (kind === UNKNOWN) {
    const scale = readRoundScale(text, at + 1);
    if (!scale) return at + 1;
    found.push(candidate('round', at, scale.end, '1', scale.exponent, 10 ** scale.exponent));
    return scale.end;
  }
  if (kind === LARGE || (kind === SMALL && powerAt(text, at) > 1)) {
    const scale = readRoundScale(text, at)!;
    if (!text.startsWith('分之', scale.end)) return readBareScale(text, at, found);
    return readFraction(text, at, scale.end, '1', found, scale.exponent);
  }
  return readChinese(text, at, found);
}

/** 十, 百, 千, 万, 百万 … behind 数 or 几. */
function readRoundScale(text: string, at: number): { exponent: number; end: number } | null {
  let end = at;
  let exponent = 0;
  while (classAt(text, end) === SMALL || classAt(text, end) === LARGE) exponent += powerAt(text, end++);
  return end === at ? null : { exponent, end };
}

/** 近百, 上千, 百余, 万余, 万兆: a scale alone counts only between such neighbours. */
function readBareScale(text: string, at: number, found: Candidate[]): number {
  const scale = readRoundScale(text, at)!;
  const before = at > 0 && beforeBareScale.includes(text[at - 1]!);
  const after = overInfixes.includes(text[scale.end] ?? '\n');
  if (!before && !after && text[scale.end] !== '兆') return scale.end;
  const rising =
    (text[at - 1] === '上' && !'以之'.includes(text[at - 2] ?? '\n')) ||
    (text[at - 1] === '成' && classAt(text, at - 2) === 0);
  const made = candidate('round', rising ? at - 1 : at, scale.end, '1', scale.exponent, 10 ** scale.exponent);
  if (!rising) made.bound = 'exact';
  found.push(made);
  return scale.end;
}

/** 半 is a number before these: 半个小时, 半成. */
const halfUnits = [
  '个小时',
  '个百分点',
  '个月',
  '个学期',
  '个工作日',
  '小时',
  '成',
  '年',
  '天',
  '学年',
  '公里',
  '公斤',
  '斤',
  '亩',
  '公升',
  '吨',
];

/** 一半 is read by its 一; here 半数, 过半, 近半. */
function readHalf(text: string, at: number, found: Candidate[]): number {
  const before = text[at - 1] ?? '';
  const counted = text[at + 1] === '数';
  if (
    halfUnits.some((word) => text.startsWith(word, at + 1)) &&
    !'一多上下前后月夜大小对参个年天成倍点'.includes(before || '\n')
  ) {
    found.push(candidate('chinese', at, at + 1, '0.5', 0, 0.5));
    return at + 1;
  }
  if (!counted && !'过近超'.includes(before || '\n')) return at + 1;
  const end = counted ? at + 2 : at + 1;
  const passed = before === '过';
  const made = candidate('fraction', passed ? at - 1 : at, end, '0.5', 0, 0.5);
  if (passed) made.bound = 'over';
  found.push(made);
  return end;
}

function readChinese(text: string, at: number, found: Candidate[]): number {
  const read = readCharacters(text, at);
  if (!read.values) {
    if (text.startsWith('分之', read.end)) return read.end + 2;
    return read.end;
  }
  const { mantissa, exponent, value, max } = read.values;
  if (text.startsWith('分之', read.end)) return readFraction(text, at, read.end, mantissa, found, exponent);
  if (text[read.end] === '半' && value === 1 && read.end === at + 1 && !'年个天月小'.includes(text[at + 2] ?? '\n')) {
    found.push(candidate('fraction', at, at + 2, '0.5', 0, 0.5));
    return at + 2;
  }
  const made = candidate(read.year ? 'year' : 'chinese', at, read.end, mantissa, exponent, value);
  made.max = max;
  if (read.over) made.bound = 'over';
  found.push(made);
  return read.end;
}

/** 百分之百分之百分之…: no fraction at any depth that a text means. */
const nestedFractions = /(?:[\d.零〇一二两三四五六七八九十百千万亿]{1,12}分之){4,}/y;

/** X分之Y, with the denominator read already. */
function readFraction(
  text: string,
  start: number,
  denominatorEnd: number,
  denominator: string,
  found: Candidate[],
  scale = 0,
): number {
  const at = denominatorEnd + 2;
  nestedFractions.lastIndex = at;
  if (nestedFractions.test(text)) return nestedFractions.lastIndex;
  const before = found.length;
  const kind = classAt(text, at);
  const end =
    kind === DIGIT
      ? readArabic(text, at, found)
      : kind === CHARACTER || kind === SMALL
        ? readChinese(text, at, found)
        : at;
  const numerator = found.length > before ? found[found.length - 1]! : null;
  found.length = before;
  if (!numerator) return end;
  const power = [2, 3, 4, 6, 8].find((exponent) => timesTen(denominator, scale) === 10 ** exponent);
  const divide = (value: number, words: string) =>
    power !== undefined ? timesTen(words, -power) : value / timesTen(denominator, scale);
  const whole = text[start - 1] === '又' ? found.pop() : undefined;
  const joined = whole !== undefined && whole.end === start - 1;
  if (whole !== undefined && !joined) found.push(whole);
  const part = divide(numerator.value, String(numerator.value));
  const made = candidate('fraction', joined ? whole.start : start, end, '', 0, joined ? whole.value + part : part);
  if (numerator.max !== null) made.max = divide(numerator.max, String(numerator.max));
  made.bound = numerator.bound;
  found.push(made);
  return end;
}

/** Tells whether a character can belong to a numeral in characters, for the rules that look around a number. */
export const isNumeralCharacter = (text: string, at: number): boolean => {
  const kind = classAt(text, at);
  return kind === CHARACTER || kind === SMALL || kind === LARGE || kind === TENS;
};

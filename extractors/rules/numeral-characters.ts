// Numerals in characters: 一千二百零五, 壹仟玖佰, 两千五 (2500), 三点五亿, 七八十 (70 to 80), 二〇一七. Strict: what is no
// well-formed numeral is refused as a whole.
import {
  digitCharacters,
  largeScales,
  overInfixes,
  pointCharacters,
  scaleBelongsToUnit,
  smallScales,
  tensCharacters,
} from '../lexicon/numerals.js';
import { timesTen } from './exact.js';

export interface CharacterNumeral {
  /** Where the run of numeral characters ends, also where it is refused. */
  end: number;
  values: { mantissa: string; exponent: number; value: number; max: number | null } | null;
  /** 余 or 几 stood inside (三千余万). */
  over: boolean;
  /** Four digits in a row that name a year. */
  year: boolean;
}

const unitsOfScale: ReadonlySet<string> = new Set(scaleBelongsToUnit.map((word) => word.slice(0, 2)));

/** Whether a unit that begins like a scale stands at `at`: 千瓦, 百分点; but 86万分 counts points by ten thousands. */
export const isUnitOfScale = (text: string, at: number): boolean =>
  unitsOfScale.has(text.slice(at, at + 2)) && (text[at + 1] !== '分' || '之点比制位'.includes(text[at + 2] ?? '\n'));

/** One token of a numeral: a digit, a small scale (power), a large scale (power) or a ready number (廿). */
type Token = { kind: 'digit' | 'small' | 'large' | 'tens'; n: number };

function tokenAt(text: string, at: number): Token | null {
  const c = text[at];
  if (c === undefined) return null;
  const digit = digitCharacters[c];
  if (digit !== undefined) return { kind: 'digit', n: digit };
  const small = smallScales[c];
  if (small !== undefined) return { kind: 'small', n: small };
  const large = largeScales[c];
  if (large !== undefined) return { kind: 'large', n: large };
  const tens = tensCharacters[c];
  return tens === undefined ? null : { kind: 'tens', n: tens };
}

/** Reads the run of numeral characters that begins at `at`. */
export function readCharacters(text: string, at: number): CharacterNumeral {
  const tokens: Token[] = [];
  let end = at;
  let over = false;
  for (let token = tokenAt(text, end); token; token = tokenAt(text, end)) {
    if (
      tokens.length > 0 &&
      token.kind === 'small' &&
      token.n > 1 &&
      isUnitOfScale(text, end) &&
      text[end + 2] !== '之'
    )
      break;
    tokens.push(token);
    end++;
    if (overInfixes.includes(text[end] ?? '\n') && tokens.length > 0 && text[end + 1]! in largeScales) {
      over = true;
      end++;
    }
  }
  const fraction = readFractionDigits(text, end);
  if (fraction) return readDecimal(text, tokens, fraction.digits, fraction.end, over);
  const refused: CharacterNumeral = { end, values: null, over, year: false };
  if (tokens.every((token) => token.kind === 'digit') && tokens.length > 1) {
    return readDigitRow(text, at, end, tokens) ?? refused;
  }
  const plain = worthOf(tokens);
  if (plain !== null) return { end, values: split(tokens, plain), over, year: false };
  const range = readNeighbours(tokens);
  if (range)
    return {
      end,
      values: { mantissa: String(range.low), exponent: 0, value: range.low, max: range.high },
      over,
      year: false,
    };
  return refused;
}

/** Takes a closing 万 or 亿 off, so that a range can share it: 两亿 is 2 and 8. */
function split(
  tokens: readonly Token[],
  value: number,
): { mantissa: string; exponent: number; value: number; max: null } {
  const last = tokens.at(-1)!;
  const exponent = last.kind === 'large' ? last.n : 0;
  return { mantissa: String(value / 10 ** exponent), exponent, value, max: null };
}

/** Digits after a point in characters: 点五, 点零五. */
function readFractionDigits(text: string, at: number): { digits: string; end: number } | null {
  if (!pointCharacters.includes(text[at] ?? '\n')) return null;
  let end = at + 1;
  let digits = '';
  for (let digit = digitCharacters[text[end]!]; digit !== undefined; digit = digitCharacters[text[end]!]) {
    digits += digit;
    end++;
  }
  return digits === '' ? null : { digits, end };
}

function readDecimal(text: string, whole: Token[], digits: string, from: number, over: boolean): CharacterNumeral {
  let end = from;
  let exponent = 0;
  for (
    let token = tokenAt(text, end);
    token && token.kind !== 'digit' && token.kind !== 'tens';
    token = tokenAt(text, end)
  ) {
    exponent += token.n;
    end++;
  }
  const value = worthOf(whole);
  if (value === null) return { end, values: null, over, year: false };
  const mantissa = `${value}.${digits}`;
  return {
    end,
    values: { mantissa, exponent, value: timesTen(mantissa, exponent), max: null },
    over,
    year: false,
  };
}

/** Only digits in a row: a year, or two neighbours (三五所, 七八个); anything else is a code. */
function readDigitRow(text: string, at: number, end: number, tokens: readonly Token[]): CharacterNumeral | null {
  const digits = tokens.map((token) => token.n);
  if (digits.length === 4 && (text.startsWith('一九', at) || /^二[〇零○]/.test(text.slice(at, at + 2)))) {
    const value = Number(digits.join(''));
    return { end, values: { mantissa: String(value), exponent: 0, value, max: null }, over: false, year: true };
  }
  const [first, second] = digits;
  if (digits.length === 2 && text[end] === '折')
    return {
      end,
      values: { mantissa: `${first}.${second}`, exponent: 0, value: first! + second! / 10, max: null },
      over: false,
      year: false,
    };
  if (digits.length !== 2 || !areNeighbours(first!, second!)) return null;
  return {
    end,
    values: { mantissa: String(first), exponent: 0, value: first!, max: second! },
    over: false,
    year: false,
  };
}

const areNeighbours = (first: number, second: number): boolean =>
  first > 0 && second > first && (second === first + 1 || (first === 3 && second === 5));

/** 七八十, 三五百, 十七八: two neighbouring digits in one place. 十四五 and its like are plan periods. */
function readNeighbours(tokens: readonly Token[]): { low: number; high: number } | null {
  const at = tokens.findIndex((token, i) => token.kind === 'digit' && tokens[i + 1]?.kind === 'digit');
  if (at < 0 || !areNeighbours(tokens[at]!.n, tokens[at + 1]!.n)) return null;
  if (at === 1 && tokens.length === 3 && tokens[2]!.n === 5 && tokens[0]!.kind === 'small') return null;
  const low = worthOf(tokens.filter((_, i) => i !== at + 1));
  const high = worthOf(tokens.filter((_, i) => i !== at));
  return low !== null && high !== null ? { low, high } : null;
}

/** The value of a well-formed numeral, or null. */
function worthOf(tokens: readonly Token[]): number | null {
  let total = 0;
  let section = 0;
  let digit = -1;
  let zero = false;
  let smallest = 5;
  let largest = 99;
  let before: Token | null = null;
  for (const token of tokens) {
    switch (token.kind) {
      case 'digit':
        if (digit >= 0) return null;
        if (token.n === 0) {
          if (tokens.length > 1 && (before === null || zero)) return null;
          zero = true;
          if (tokens.length === 1) return 0;
        } else digit = token.n;
        break;
      case 'tens':
        if (digit >= 0 || section > 0) return null;
        section = token.n;
        smallest = 1;
        break;
      case 'small':
        if (token.n >= smallest) return null;
        if (digit < 0 && (token.n !== 1 || (section > 0 && !zero))) {
          if (!(before === null && tokens.length > 0)) return null;
        }
        section += (digit < 0 ? 1 : digit) * 10 ** token.n;
        digit = -1;
        zero = false;
        smallest = token.n;
        break;
      case 'large': {
        const here = section + Math.max(digit, 0);
        if (here === 0 && total === 0) return null;
        if (token.n > largest || (here === 0 && token.n >= largest)) total = (total + here) * 10 ** token.n;
        else if (token.n === largest) return null;
        else total = here === 0 ? total * 10 ** token.n : total + here * 10 ** token.n;
        section = 0;
        digit = -1;
        zero = false;
        smallest = 5;
        largest = token.n;
      }
    }
    before = token;
  }
  if (digit < 0) return total + section;
  const scale = tokens.at(-2);
  const shorthand = !zero && scale && scale.kind !== 'digit' && scale.kind !== 'tens' && scale.n > 1;
  return total + section + (shorthand ? digit * 10 ** (scale.n - 1) : digit);
}

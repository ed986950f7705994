// Dates as Chinese pages print them, to ISO 8601 in Beijing time with the precision printed. A date is known by its shape here;
// which of several is the one meant is decided by place, in published.ts.
import { remembering } from './remembering.js';

/** A date as found in a folded text. */
export interface FoundDate {
  start: number;
  end: number;
  printed: string;
  /** 2024-05-21, 2024-05-21T15:56, 2017-08-02T15:23:22 or 2017-08. */
  iso: string;
}

const hanDigits = '〇○零oOＯ0一二三四五六七八九';
const hanYear = `[${hanDigits}]{4}`;
const clock =
  '(?:[\\sT,]{0,6}(?<half>上午|下午|中午|晚上?|早上?|[AP]M)?\\s{0,2}(?<hour>[01]?\\d|2[0-4])\\s?[:时]\\s?(?<minute>[0-5]\\d)分?(?:\\s?[:]?\\s?(?<second>[0-5]\\d)(?:秒|\\.\\d+)?)?\\s{0,2}(?<later>[AP]M)?(?<zone>Z|[+-]\\d\\d:?\\d\\d)?)?';
const numeric = new RegExp(
  `(?<![\\d])(?<year>(?:19|20)\\d{2})\\s{0,2}(?:年\\s{0,2}(?<m1>0?[1-9]|1[0-2])\\s{0,2}月\\s{0,2}(?<d1>3[01]|[12]\\d|0?[1-9])(?!\\d)\\s{0,2}[日号]?|[-/.](?<m2>0?[1-9]|1[0-2])[-/.](?<d2>3[01]|[12]\\d|0?[1-9])(?!\\d)日?)(?:\\s{0,2}\\(?(?:星期|周)[一二三四五六日天]\\)?)?${clock}`,
  'giu',
);
/** Year, day and clock in elements of their own, glued by whoever takes the text out: 2022 07/13 10:20:30. */
const parted =
  /(?<!\d)(?<year>20\d{2})\s*(?<m2>0[1-9]|1[0-2])\s*\/\s*(?<d2>0[1-9]|[12]\d|3[01])\s*(?<hour>[01]\d|2[0-3]):(?<minute>[0-5]\d)(?::(?<second>[0-5]\d))?/gu;
const spoken = new RegExp(
  `(?<year>${hanYear})\\s?年\\s?(?<month>[一二三四五六七八九十元]{1,2}|\\d{1,2})\\s?月(?:份)?(?:\\s?(?<day>[一二三四五六七八九十廿]{1,3}|\\d{1,2})\\s?[日号])?`,
  'gu',
);
const monthOnly = /(?<!\d)(?<year>(?:19|20)\d{2})年\s?(?<month>0?[1-9]|1[0-2])月(?!\s?\d)(?!以|底|末|初|中|份以)/gu;
const english =
  /(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\w*,?\s+(?:(?<day1>\d{1,2})\s+)?(?<month>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\w*\s+(?:(?<day2>\d{1,2})\s+)?(?:(?<year1>\d{4})\s+)?(?<clock>\d\d:\d\d:\d\d)(?:\s+(?:CST|GMT\S*|UTC))?(?:\s+(?<year2>\d{4}))?/gu;
const compact =
  /(?<!\d)(?<year>20\d{2})(?<month>0[1-9]|1[0-2])(?<day>0[1-9]|[12]\d|3[01])(?<time>(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d)?)?(?!\d)/gu;
/** No date is without one of these; most lines are passed over by it. */
const maybe = /(?:19|20)\d{2}|年|:\d{2}/;
const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

const two = (value: number | string) => String(value).padStart(2, '0');

function hanNumber(text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  if (text === '元') return 1;
  const digit = (sign: string) => '一二三四五六七八九'.indexOf(sign) + 1;
  const [tens, ones] = text.replace('廿', '二十').split('十');
  if (ones === undefined) return digit(text);
  return (tens === '' ? 1 : digit(tens!)) * 10 + (ones === '' ? 0 : digit(ones));
}

const hanYearNumber = (text: string) =>
  [...text].map((sign) => Math.max(0, '〇一二三四五六七八九'.indexOf(/[○零oOＯ0]/.test(sign) ? '〇' : sign))).join('');

const isRealDay = (year: number, month: number, day: number) => {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && year >= 1949 && year <= 2100;
};

/** Twelve-hour clocks to twenty-four; 下午 15:20 is already right. */
function hourOf(hour: number, half: string | undefined): number {
  if (/下午|晚|PM/i.test(half ?? '') && hour < 12) return hour + 12;
  return /AM/i.test(half ?? '') && hour === 12 ? 0 : hour;
}

function inBeijing(iso: string, zone: string): string {
  const moment = new Date(`${iso}${iso.length === 16 ? ':00' : ''}${zone.replace(/(\d\d)(\d\d)$/, '$1:$2')}`);
  if (Number.isNaN(moment.getTime())) return iso;
  return new Date(moment.getTime() + 8 * 3600_000).toISOString().slice(0, iso.length);
}

function numericIso(groups: Record<string, string | undefined>): string | null {
  const month = Number(groups.m1 ?? groups.m2);
  const day = Number(groups.d1 ?? groups.d2);
  if (!isRealDay(Number(groups.year), month, day)) return null;
  const date = `${groups.year}-${two(month)}-${two(day)}`;
  if (groups.hour === undefined) return date;
  const hour = hourOf(Number(groups.hour), groups.half ?? groups.later) % 24;
  const iso = `${date}T${two(hour)}:${groups.minute}${groups.second ? `:${groups.second}` : ''}`;
  return groups.zone ? inBeijing(iso, groups.zone) : iso;
}

function spokenIso(groups: Record<string, string | undefined>): string | null {
  const year = hanYearNumber(groups.year!);
  const month = hanNumber(groups.month!);
  if (month < 1 || month > 12 || !/^(?:19|20)/.test(year)) return null;
  if (!groups.day) return `${year}-${two(month)}`;
  const day = hanNumber(groups.day);
  return isRealDay(Number(year), month, day) ? `${year}-${two(month)}-${two(day)}` : null;
}

function englishIso(groups: Record<string, string | undefined>): string | null {
  const year = groups.year1 ?? groups.year2;
  const day = groups.day1 ?? groups.day2;
  if (!year || !day) return null;
  return `${year}-${two(months.indexOf(groups.month!) + 1)}-${two(day)}T${groups.clock}`;
}

const shapes: [pattern: RegExp, iso: (groups: Record<string, string | undefined>) => string | null][] = [
  [numeric, numericIso],
  [parted, numericIso],
  [spoken, spokenIso],
  [english, englishIso],
  [monthOnly, (groups) => `${groups.year}-${two(groups.month!)}`],
];

/** All dates with a year in a folded text, in order; overlapping shapes give the longer. */
export function findDates(folded: string): readonly FoundDate[] {
  return maybe.test(folded) ? datesIn(folded) : none;
}

const none: readonly FoundDate[] = [];

const datesIn = remembering((folded: string): readonly FoundDate[] => {
  const found: FoundDate[] = [];
  for (const [pattern, toIso] of shapes) {
    pattern.lastIndex = 0;
    for (let match = pattern.exec(folded); match; match = pattern.exec(folded)) {
      const iso = toIso(match.groups!);
      if (iso) found.push({ start: match.index, end: match.index + match[0].length, printed: match[0].trim(), iso });
    }
  }
  found.sort((a, b) => a.start - b.start || b.end - a.end);
  return found.filter((date, i) => i === 0 || date.start >= found[i - 1]!.end);
});

/** Dates that only a label makes dates: 20240521, 20240521155600, seconds or milliseconds since 1970. */
export function labelledDate(value: string): FoundDate | null {
  const [first] = findDates(value);
  if (first) return first;
  const trimmed = value.trim();
  const place = { start: 0, end: value.length, printed: trimmed };
  for (const { groups } of trimmed.matchAll(compact)) {
    const { year, month, day, time } = groups!;
    const clockPart = time
      ? `T${time.slice(0, 2)}:${time.slice(2, 4)}${time.length === 6 ? `:${time.slice(4)}` : ''}`
      : '';
    return { ...place, iso: `${year}-${month}-${day}${clockPart}` };
  }
  if (!/^1\d{9}(?:\d{3})?$/.test(trimmed)) return null;
  const milliseconds = Number(trimmed) * (trimmed.length === 10 ? 1000 : 1);
  return { ...place, iso: new Date(milliseconds + 8 * 3600_000).toISOString().slice(0, 19) };
}

// Time words resolved against the document's date. Each rule is a pattern with examples; the patterns are found in one pass each
// over the text, and the longest at a place wins.
import type { Period } from '../../src/model/record.js';
import type { RuleCard } from '../engine/rule.js';
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
  /** The words themselves, where they stand outside the text that is read (heads of a table). */
  words?: string;
}

/** The document's date as the rules need it. */
interface Reference {
  year: number;
  /** YYYY-MM, or YYYY where no month is known. */
  month: string;
}

interface TimeRule extends RuleCard {
  pattern: RegExp;
  resolve(
    groups: Record<string, string | undefined>,
    reference: Reference | null,
  ): Omit<TimeWord, 'start' | 'end' | 'rule'> | null;
}

/** The date the examples are resolved against. */
export const exampleReference = '2017-08-10';

const year = String.raw`(?<year>(?:19|20)\d\d|二[〇零○][〇零○一二三四五六七八九]{2}|一九[〇零○一二三四五六七八九]{2})`;
const plan = `(?<plan>${Object.keys(planPeriods)
  .sort((a, b) => b.length - a.length)
  .join('|')})`;
const characterDigits = '〇一二三四五六七八九';

/** 2017 or 二〇一七 as four digits. */
function yearOf(words: string): string {
  return [...words]
    .map((c) => (/\d/.test(c) ? c : String(characterDigits.indexOf(c === '零' || c === '○' ? '〇' : c))))
    .join('');
}

const smallNumbers: Record<string, number> = {
  一: 1,
  两: 2,
  二: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
  十: 10,
};
const countOf = (words: string): number => smallNumbers[words] ?? Number(words);
const point = (at: string, kind: TimeWord['kind'] = 'point') => ({ period: { from: at, to: at }, kind });
const pad = (month: string): string => month.padStart(2, '0');
const example = (text: string, quote: string, from: string, to = from) => ({
  text,
  quote,
  finds: { period: { from, to } },
});

const rules: readonly TimeRule[] = [
  {
    name: 'time: plan period',
    about: '“十三五”以来 runs to the document’s date, 期间 over the plan’s five years, 末 is its last year.',
    pattern: new RegExp(`[“"]?${plan}[”"]?(?<tail>以来|期间|时期|末期?|初期?)`, 'g'),
    resolve({ plan: name, tail }, reference) {
      const first = planPeriods[name!]!;
      if (tail === '以来') return reference && { period: { from: String(first), to: reference.month }, kind: 'since' };
      if (tail!.startsWith('末')) return point(String(first + 4));
      if (tail!.startsWith('初')) return point(String(first));
      return { period: { from: String(first), to: String(first + 4) }, kind: 'span' };
    },
    examples: [
      example('“十三五”以来,累计投入', '“十三五”以来', '2016', '2017-08'),
      example('“十二五”期间', '“十二五”期间', '2011', '2015'),
    ],
    notExamples: ['“十四五”规划'],
  },
  {
    name: 'time: since a year',
    about: '2016年以来, 自2012年9月起: to the document’s date.',
    pattern: new RegExp(`[自从]?${year}年(?:(?<month>\\d{1,2})月)?(?:以来|起|至今|开始|到现在)`, 'g'),
    resolve: ({ year: words, month }, reference) =>
      reference && {
        period: { from: yearOf(words!) + (month ? `-${pad(month)}` : ''), to: reference.month },
        kind: 'since',
      },
    examples: [example('自2012年以来,招考教师', '自2012年以来', '2012', '2017-08')],
    notExamples: ['2016年,招聘'],
  },
  {
    name: 'time: school year',
    about: '2023—2024学年 runs from September to August.',
    pattern: /(?<year>20\d\d)(?:年)?[-—–~至到](?<next>20\d\d|\d\d)学年度?/g,
    resolve: ({ year: first }) => ({ period: { from: `${first}-09`, to: `${Number(first) + 1}-08` }, kind: 'span' }),
    examples: [example('2015-2016学年', '2015-2016学年', '2015-09', '2016-08')],
    notExamples: ['2015-2016年'],
  },
  {
    name: 'time: span of years',
    about: '2014-2017年, 2014年至2016年: both ends included.',
    pattern:
      /(?<year>(?:19|20)\d\d)年?(?:[-—–~～至到]|——)(?<next>(?:19|20)\d\d)年(?:(?:[一两二三四五六七八九十]|\d)年)?(?:间|期间)?/g,
    resolve: ({ year: first, next }) => ({ period: { from: first!, to: next! }, kind: 'span' }),
    examples: [example('2014-2016年三年补充教师', '2014-2016年三年', '2014', '2016')],
    notExamples: ['2014-2016学年'],
  },
  {
    name: 'time: deadline',
    about: '到2025年, 截至2016年底: a point at the end of that year.',
    pattern: new RegExp(
      `(?<word>截至|截止到?|到|至)(?<ahead>)${year}年(?:(?<month>\\d{1,2})月)?(?:年?底|末|(?:\\d{1,2})日)?`,
      'g',
    ),
    resolve({ word, year: words, month }) {
      const at = yearOf(words!) + (month ? `-${pad(month)}` : '');
      return point(at, word === '到' || word === '至' ? 'deadline' : 'point');
    },
    examples: [example('到2020年,大班额基本消除', '到2020年', '2020'), example('截至2016年底', '截至2016年底', '2016')],
    notExamples: ['2020年底前'],
  },
  {
    name: 'time: date or year',
    about: '2016年, 2021年秋季, 2024年9月, 2024年9月3日.',
    pattern: new RegExp(
      `${year}年(?:(?<month>\\d{1,2})月(?:份|底|初|(?<day>\\d{1,2})日)?|度|底|末|初|全年|上半年|下半年|(?:春|秋|暑|寒)[季期假]?(?:学期)?)?`,
      'g',
    ),
    resolve({ year: words, month, day }) {
      return point(yearOf(words!) + (month ? `-${pad(month)}` : '') + (month && day ? `-${pad(day)}` : ''));
    },
    examples: [
      example('2016年,全县小学入学率', '2016年', '2016'),
      example('力争2021年秋季投入使用', '2021年秋季', '2021'),
      example('2022年4月被确定', '2022年4月', '2022-04'),
    ],
    notExamples: ['2016所'],
  },
  {
    name: 'time: this year so far',
    about: '今年以来 runs from January to the document’s date.',
    pattern: /今年以来|年初以来|本学年以来/g,
    resolve: (_, reference) =>
      reference && { period: { from: String(reference.year), to: reference.month }, kind: 'since' },
    examples: [example('今年以来,组织报告会', '今年以来', '2017', '2017-08')],
    notExamples: ['今年,'],
  },
  {
    name: 'time: since last year',
    about: '去年以来 runs from January of last year to the document’s date.',
    pattern: /去年以来/g,
    resolve: (_, reference) =>
      reference && { period: { from: String(reference.year - 1), to: reference.month }, kind: 'since' },
    examples: [example('去年以来,已组织', '去年以来', '2016', '2017-08')],
    notExamples: ['去年,'],
  },
  {
    name: 'time: year by name',
    about: '今年, 去年, 明年, 本年度 are calendar years; a holiday or season of them counts as the year.',
    pattern:
      /(?<name>今年|去年|明年|前年|本年度|当年|上年|本年)(?:暑假|寒假|上半年|下半年|春季|秋季|全年|底|初|年初)?/g,
    resolve({ name }, reference) {
      const shift: Record<string, number> = { 去年: -1, 上年: -1, 前年: -2, 明年: 1 };
      return reference && point(String(reference.year + (shift[name!] ?? 0)), name === '明年' ? 'deadline' : 'point');
    },
    examples: [
      example('今年招聘教师464人', '今年', '2017'),
      example('今年暑假,组织', '今年暑假', '2017'),
      example('去年投入', '去年', '2016'),
    ],
    notExamples: ['近年来'],
  },
  {
    name: 'time: now',
    about: '目前, 现有, 截至目前: the document’s month.',
    pattern: /截至目前|截止目前|到目前为止|目前|现有|当前|现已有|现拥有|现共有|现设有?|现辖/g,
    resolve: (_, reference) => reference && point(reference.month, 'now'),
    examples: [example('目前,拥有名师18名', '目前', '2017-08'), example('现有学校138所', '现有', '2017-08')],
    notExamples: ['呈现有序'],
  },
  {
    name: 'time: last years',
    about: '近三年, 过去五年: the years before the document’s date, at the precision of the year.',
    pattern: /(?:近|最近|过去|前)(?<count>[一两二三四五六七八九十]|\d{1,2})个?年(?:来|间|以来|多来)?/g,
    resolve: ({ count }, reference) =>
      reference && {
        period: { from: String(reference.year - countOf(count!)), to: String(reference.year) },
        kind: 'since',
      },
    examples: [example('近三年,投入资金', '近三年', '2014', '2017')],
    notExamples: ['三年来'],
  },
  {
    name: 'time: years up to now',
    about: '三年来, 五年以来.',
    pattern: /(?<![近去今这])(?<count>[一两二三四五六七八九十])年(?:以来|来)/g,
    resolve: ({ count }, reference) =>
      reference && {
        period: { from: String(reference.year - countOf(count!)), to: String(reference.year) },
        kind: 'since',
      },
    examples: [example('三年来,共投入', '三年来', '2014', '2017')],
    notExamples: ['近三年来'],
  },
  {
    name: 'time: undated',
    about: '近年来, 一直以来 give no date and end the reach of the dates before them.',
    pattern: /近年来|近些年来?|近几年来?|一直以来|多年来|长期以来|历年来/g,
    resolve: () => ({ period: null, kind: 'undated' }),
    examples: [{ text: '近年来,我县', quote: '近年来', finds: { period: null } }],
    notExamples: ['近三年来'],
  },
];

/** The rules as cards, for the walking test and for `explain`. */
export const timeRules: readonly RuleCard[] = rules;

/** Year and month of an ISO date, or null. */
export function referenceOf(iso: string | null): Reference | null {
  const match = iso === null ? null : /^(\d{4})(?:-(\d{2}))?/.exec(iso);
  if (!match) return null;
  return { year: Number(match[1]), month: match[2] ? `${match[1]}-${match[2]}` : match[1]! };
}

/**
 * All time words of `text` in order, without overlaps (the longest of those that begin first wins).
 * @param reference ISO date the relative words are resolved against; without it they are left out.
 */
export function timeWords(text: string, reference: string | null): TimeWord[] {
  const date = referenceOf(reference);
  const found: TimeWord[] = [];
  for (const rule of rules) {
    for (const match of text.matchAll(rule.pattern)) {
      const made = rule.resolve(match.groups ?? {}, date);
      if (!made) continue;
      const { period, kind } = made;
      found.push({ start: match.index, end: match.index + match[0].length, period, kind, rule: rule.name });
    }
  }
  found.sort((a, b) => a.start - b.start || b.end - a.end);
  const kept: TimeWord[] = [];
  for (const word of found) {
    const last = kept.at(-1);
    if (!last || word.start >= last.end) kept.push(word);
    else if (word.end - word.start > last.end - last.start) kept[kept.length - 1] = word;
  }
  return kept.filter((word) => !insideName(text, word));
}

/** A year inside 《…》 or 〔…〕 belongs to a title or a number. 呈现有 holds no 现有. */
function insideName(text: string, word: TimeWord): boolean {
  if (/[呈体表实发出]$/.test(text.slice(Math.max(0, word.start - 1), word.start)) && text.startsWith('现', word.start))
    return true;
  const before = text.slice(Math.max(0, word.start - 80), word.start);
  const open = before.lastIndexOf('《');
  if (open >= 0 && !/[》\n]/.test(before.slice(open))) return true;
  return '〔[［﹝'.includes(text[word.start - 1] ?? '\n');
}

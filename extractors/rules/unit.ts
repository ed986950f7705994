// What stands to the right of a number: 余 or 多, the unit or measure word, and what follows a money unit (角, 分).
import type { Pass, Rule } from '../engine/rule.js';
import { Trie } from '../engine/trie.js';
import { digitCharacters, overInfixes } from '../lexicon/numerals.js';
import { bareBig, type Unit, type UnitEntry, unitEntries } from '../lexicon/units.js';
import { type Candidate, clauseStart, type NumberContext, standsAlone, wordsAfter, wordsBefore } from './candidate.js';
import { timesTen } from './exact.js';
import { isNumeralCharacter } from './numeral.js';

type UnitRule = Rule<Candidate, NumberContext>;

const units = new Trie<UnitEntry>(unitEntries());

/** The unit word at `at`, or null; blocked continuations (名师) count as none. */
export function unitAt(text: string, at: number): { unit: Unit; end: number; between?: string } | null {
  const match = units.longest(text, at);
  if (!match?.value.unit) return null;
  return { unit: match.value.unit, end: at + match.value.length };
}

/** Gives the candidate a unit and converts its value to the base unit, exactly where the factor is a power of ten. */
function setUnit(item: Candidate, unit: Unit): void {
  item.dimension = unit.dimension;
  item.unit = unit.unit;
  if (unit.minor) item.salience = 'minor';
  if (unit.factor === 1) return;
  item.value = scaled(item.value, unit.factor, item);
  if (item.max !== null) item.max = scaled(item.max, unit.factor, null);
}

function scaled(value: number, factor: number, item: Candidate | null): number {
  const power = Math.log10(factor);
  if (!Number.isInteger(power)) return value * factor;
  if (item && item.mantissa !== '') return timesTen(item.mantissa, item.exponent + power);
  return timesTen(value, power);
}

/** Looks for a unit behind the number, with 余 or a space between; completes the candidate where it finds one. */
function takeUnit(item: Candidate, text: string, accepts: (unit: Unit, at: number) => boolean): boolean {
  if (item.form === 'fraction') return false;
  let at = item.end;
  const infix = overInfixes.includes(text[at] ?? '\n');
  if (infix) at++;
  while (text[at] === ' ' || text[at] === '\u00a0' || text[at] === '　') at++;
  if (at > item.end + 3) return false;
  const found = splitUnitAt(text, at) ?? unitAt(text, at);
  if (!found || !accepts(found.unit, at)) return false;
  const more = infix ? text[item.end]! : (found.between ?? '');
  item.unitStart = at;
  item.unitEnd = item.quoteEnd = found.end;
  setUnit(item, found.unit);
  if (more === '半') item.value += 0.5 * found.unit.factor;
  else if (more !== '') item.bound = '来來'.includes(more) ? 'about' : 'over';
  return true;
}

/** 2个多小时, 三个半月: 个 and its noun with a word between; null where nothing stands between. */
function splitUnitAt(text: string, at: number): { unit: Unit; end: number; between?: string } | null {
  if (text[at] !== '个' || !'多余来半'.includes(text[at + 1] ?? '\n')) return null;
  const match = units.longest(`个${text.slice(at + 2, at + 5)}`, 0);
  if (!match?.value.unit || match.length === 1 || match.value.unit.dimension === 'count') return null;
  return { unit: match.value.unit, end: at + 1 + match.length, between: text[at + 1]! };
}

const money: UnitRule = {
  name: 'unit: money',
  about: {
    en: 'A currency behind the number, 万 and 亿 being part of the number; 元角分 add up.',
    zh: '数后是货币单位，万、亿属于数；元、角、分相加。',
  },
  apply(item, context) {
    if (!takeUnit(item, context.text, (unit) => unit.dimension === 'money')) return false;
    addSmallMoney(item, context);
    return true;
  },
  examples: [
    { text: '投入68984.79万元', quote: '68984.79万元', finds: { value: 689_847_900, unit: 'CNY' } },
    { text: '设立3000余万元奖补资金', quote: '3000余万元', finds: { value: 30_000_000, bound: 'over' } },
    { text: '每人补助12元5角', quote: '12元5角', finds: { value: 12.5 } },
  ],
  notExamples: ['三元主导', '2元素'],
};

/** 123元1角1分: the parts that follow are taken into the first. */
function addSmallMoney(item: Candidate, { text, candidates }: NumberContext): void {
  for (let i = item.index + 1; i < candidates.length; i++) {
    const part = candidates[i]!;
    const word = text[part.end];
    if (part.start !== item.quoteEnd || item.unit !== 'CNY' || (word !== '角' && word !== '分') || part.exponent > 0)
      return;
    item.value = timesTen(Math.round(item.value * 100 + part.value * (word === '角' ? 10 : 1)), -2);
    item.quoteEnd = item.unitEnd = part.end + 1;
    part.rejected = 'merged: smaller coins';
  }
}

const share: UnitRule = {
  name: 'unit: share',
  about: {
    en: 'Percent, per mille, 成 and 折; percentage points stay apart.',
    zh: '百分比、千分比、成、折；百分点另计。',
  },
  apply(item, { text, candidates }) {
    const taken = takeUnit(
      item,
      text,
      (unit, at) => (unit.dimension === 'ratio' && (text[at] !== '成' || isTenths(item))) || unit.unit === '百分点',
    );
    if (taken && text[item.unitStart] === '成') addHundredths(item, text, candidates);
    if (taken && text[item.unitStart] === '折' && item.value > 1) item.value = timesTen(item.mantissa, -2);
    return taken;
  },
  examples: [
    { text: '比例达到38.3%', quote: '38.3%', finds: { value: 0.383, dimension: 'ratio', unit: '1' } },
    { text: '提高3个百分点', quote: '3个百分点', finds: { value: 3, dimension: 'other', unit: '百分点' } },
    { text: '占四成五', quote: '四成五', finds: { value: 0.45 } },
    { text: '按75折收取', quote: '75折', finds: { value: 0.75 } },
    { text: '超过七成的学校', quote: '超过七成', finds: { value: 0.7, bound: 'over' } },
  ],
  notExamples: ['三成立', '2022年成立'],
};

/** 四成五: a digit behind 成 counts hundredths. */
function addHundredths(item: Candidate, text: string, candidates: readonly Candidate[]): void {
  const digit = digitCharacters[text[item.unitEnd] ?? ''];
  if (!digit || unitAt(text, item.unitEnd + 1) !== null || isNumeralCharacter(text, item.unitEnd + 1)) return;
  item.value = timesTen(item.value * 10 + digit / 10, -1);
  const part = candidates[item.index + 1];
  if (part?.start === item.unitEnd) part.rejected = 'merged: hundredths behind 成';
  item.unitEnd = item.quoteEnd = item.unitEnd + 1;
}

/** 成 counts tenths: a small number in characters, or one digit. */
const isTenths = (item: Candidate): boolean =>
  item.value > 0 && item.value <= 10 && item.exponent === 0 && item.end - item.start <= 3;

const physical: UnitRule = {
  name: 'unit: physical',
  about: {
    en: 'Areas, lengths, weights, data rates, durations, multiples and scores.',
    zh: '面积、长度、重量、带宽、时长、倍数和分数（得分）。',
  },
  apply: (item, { text }) =>
    takeUnit(
      item,
      text,
      (unit, at) =>
        !['money', 'ratio', 'count'].includes(unit.dimension) &&
        !(unit.unit === '分' && !isScore(text, at, item)) &&
        !(text[at] === '日' && unit.unit === '天' && !isDays(item, text)) &&
        !(unit.unit === 'G' && isGeneration(text, item)) &&
        !(unit.unit === '度' && !/电|气温|温度|体温|高温|低温|零下/.test(wordsBefore(text, item.start, 8))),
    ),
  examples: [
    { text: '建筑面积6.7万平方米', quote: '6.7万平方米', finds: { value: 67_000, unit: 'm2', dimension: 'area' } },
    { text: '新增用地 1045亩', quote: '1045亩', finds: { value: 1045, unit: '亩' } },
    { text: '扩容10倍', quote: '10倍', finds: { value: 10, dimension: 'multiple' } },
    { text: '带宽不低于万兆', quote: '不低于万兆', finds: { value: 10_000, unit: '兆', bound: 'at_least' } },
  ],
  notExamples: ['三年级', '2克服', '建成5G基站', '上午9时30分', '十分重视'],
};

/** 682分 is a score; 9时30分 and 9:30分 are clock times, 十分 an adverb unless a word for scores stands before it. */
const isScore = (text: string, at: number, item: Candidate): boolean =>
  item.form === 'arabic'
    ? !/(?:[时点:：°]|\d度)\s*$/.test(wordsBefore(text, item.start, 3))
    : /[得均评总满合]|成绩|分数/.test(wordsBefore(text, item.start, 8)) && !/^分[之钟]/.test(wordsAfter(text, at, 2));

/** 日 counts days where no date can be meant: more than a month, alone, or from a day on (开学后30日内). */
const isDays = (item: Candidate, text: string): boolean =>
  item.value > 31 ||
  standsAlone(text, item.start, item.end + 1) ||
  (/[后起]$/.test(wordsBefore(text, item.start, 1)) && /^日(?:之|以)?内/.test(wordsAfter(text, item.end, 3)));

/** 5G基站: a generation of mobile networks, unless a word for data volume stands before it. */
const isGeneration = (text: string, item: Candidate): boolean =>
  item.exponent === 0 &&
  [2, 3, 4, 5, 6].includes(item.value) &&
  !/带宽|内存|存储|硬盘|流量|出口|容量|空间|速/.test(text.slice(clauseStart(text, item.start), item.start));

const counted: UnitRule = {
  name: 'unit: measure word',
  about: {
    en: 'A measure word or a noun that serves as one; the unit is the word as written.',
    zh: '量词，或当量词用的名词；单位照原文。',
  },
  apply: (item, { text }) => takeUnit(item, text, (unit) => unit.dimension === 'count'),
  examples: [
    { text: '改扩建学校13所', quote: '13所', finds: { value: 13, unit: '所', dimension: 'count' } },
    { text: '惠及教师4000余人次', quote: '4000余人次', finds: { value: 4000, unit: '人次', bound: 'over' } },
    { text: '补充教师616 人', quote: '616 人', finds: { value: 616 } },
  ],
  notExamples: ['三名师工程', '2人民法庭'],
};

const big: UnitRule = {
  name: 'unit: 大',
  about: {
    en: '两大联盟, 五大行动: a small number in characters and 大 count things.',
    zh: '两大联盟、五大行动：汉字小数目加“大”，用来计数。',
  },
  apply(item, { text }) {
    if (item.form !== 'chinese' || item.value < 2 || item.value > 20 || text[item.end] !== '大') return false;
    if (/^大(?:[学会队量家地力班校专小于面型]|$)/.test(wordsAfter(text, item.end, 2))) return false;
    item.unitStart = item.end;
    item.unitEnd = item.quoteEnd = item.end + 1;
    setUnit(item, bareBig);
    return true;
  },
  examples: [{ text: '构建南北两大教育联盟', quote: '两大', finds: { value: 2, unit: '个', salience: 'minor' } }],
  notExamples: ['二大会议', '三大量'],
};

const numeral = '[\\d一二三四五六七八九十两]{1,3}';
const medalBehind = new RegExp(`^[金银铜][、,，和]?${numeral}[银铜]`);
const medalBefore = new RegExp(`${numeral}[金银][、,，和]?$`);

const medals: UnitRule = {
  name: 'unit: medals',
  about: {
    en: '2金3银8铜: medals by their metal, two kinds or more together or behind a word of winning.',
    zh: '2金3银8铜：按金、银、铜计的奖牌，两种以上连写，或在获、夺之后。',
  },
  apply(item, { text }) {
    const metal = text[item.end] ?? '\n';
    if (!'金银铜'.includes(metal) || item.exponent > 0 || !Number.isInteger(item.value)) return false;
    const alone =
      /[获夺揽摘][得取下]?$/.test(wordsBefore(text, item.start, 2)) &&
      /^.(?:[，,。；;、\n]|$)/s.test(text.slice(item.end, item.end + 2));
    if (
      !alone &&
      !medalBehind.test(wordsAfter(text, item.end, 6)) &&
      !medalBefore.test(wordsBefore(text, item.start, 5))
    )
      return false;
    item.unitStart = item.end;
    item.unitEnd = item.quoteEnd = item.end + 1;
    setUnit(item, { dimension: 'count', unit: metal, factor: 1 });
    return true;
  },
  examples: [
    { text: '竞赛获2金3银8铜', quote: '3银', finds: { value: 3, unit: '银', dimension: 'count' } },
    { text: '荣获二银三铜', quote: '二银', finds: { value: 2, unit: '银' } },
  ],
  notExamples: ['现有2银行网点', '投资3金融机构'],
};

const half: UnitRule = {
  name: 'unit: half behind it',
  about: {
    en: '两年半, 三成半: half a unit more.',
    zh: '两年半、三成半：再加半个单位。',
  },
  apply(item, { text }) {
    if (item.unitEnd === item.end || text[item.unitEnd] !== '半' || item.max !== null) return false;
    if (!'年成倍天亩斤里'.includes(text[item.unitEnd - 1]!) || halfWords.test(wordsAfter(text, item.unitEnd, 2)))
      return false;
    item.value += item.dimension === 'ratio' ? 0.05 : 0.5 * (item.dimension === 'length' ? 1000 : 1);
    item.unitEnd = item.quoteEnd = item.unitEnd + 1;
    return true;
  },
  examples: [
    { text: '学制两年半', quote: '两年半', finds: { value: 2.5 } },
    { text: '产量提高三成半', quote: '三成半', finds: { value: 0.35 } },
  ],
  notExamples: ['学制3年半工半读'],
};
const halfWords = /^半(?:工|数|径|山|岛|导|封|程|期|价|夜|军|脱|开|公)/;

const metres: UnitRule = {
  name: 'unit: metres and what follows',
  about: {
    en: '1米65, 一米八: digits behind 米 that have no unit of their own are its decimals.',
    zh: '1米65、一米八：“米”后没有单位的数字是小数部分。',
  },
  apply(item, { text, candidates }) {
    const part = candidates[item.index + 1];
    if (item.unit !== 'm' || text[item.unitStart] !== '米' || item.exponent > 0 || item.max !== null) return false;
    if (part?.start !== item.unitEnd || part.dimension !== null || part.rejected !== null) return false;
    if (part.exponent > 0 || part.max !== null || /[\d.]/.test(text[part.end] ?? '')) return false;
    const digits = String(part.value);
    if (digits.length > 2 || digits.includes('.') || item.mantissa.includes('.')) return false;
    item.value = timesTen(`${item.mantissa}.${digits}`, 0);
    item.unitEnd = item.quoteEnd = part.end;
    part.rejected = 'merged: decimals behind metres';
    return true;
  },
  examples: [
    { text: '身高1米65以上', quote: '1米65以上', finds: { value: 1.65, unit: 'm', bound: 'at_least' } },
    { text: '宽两米五。', quote: '两米五', finds: { value: 2.5 } },
  ],
  notExamples: ['长20米3处', '宽3米、长5米'],
};

const sign: UnitRule = {
  name: 'number: sign',
  about: {
    en: '负, 零下 and a minus sign before a rate, a temperature or an amount.',
    zh: '比率、温度或金额之前的负、零下和减号。',
  },
  apply(item, { text }) {
    const before = wordsBefore(text, item.start, 3);
    const words =
      /负$|零下$/.exec(before)?.[0] ??
      (/(?:^|[\s长降为达率幅度温至到:：(（,，、和|])[-－−]$/.test(before) && isSigned(item) ? before.at(-1)! : '');
    if (
      words === '' ||
      (words === '零下' && item.unit !== '℃' && text[item.end] !== '度') ||
      /[正胜担]负$/.test(before)
    )
      return false;
    item.value = -item.value;
    if (item.max !== null) [item.value, item.max] = [-item.max, item.value];
    item.mantissa = `-${item.mantissa}`;
    item.quoteStart = item.start - words.length;
    return true;
  },
  examples: [
    { text: '同比增长-5.2%', quote: '-5.2%', finds: { value: -0.052 } },
    { text: '分别增长2.1%、-0.8%', quote: '-0.8%', finds: { value: -0.008 } },
    { text: '最低气温零下12℃', quote: '零下12℃', finds: { value: -12 } },
  ],
  notExamples: ['2014-2017年', '联系电话:-88236', '占5%-8%'],
};

/** A minus sign counts only before what can be negative. */
const isSigned = (item: Candidate): boolean =>
  item.dimension === 'ratio' || item.dimension === 'money' || item.unit === '℃' || item.unit === '百分点';

/** Completes what the unit began. */
export const completionPass: Pass<Candidate, NumberContext> = {
  name: 'completion',
  mode: 'all',
  rules: [half, metres, sign],
};

/** Finds the unit behind each number. */
export const unitPass: Pass<Candidate, NumberContext> = {
  name: 'unit',
  mode: 'first',
  rules: [money, share, physical, counted, big, medals],
};

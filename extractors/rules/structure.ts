// Numbers that belong together: ranges, lists that share a unit, teaching hours over years, ratios like 16:1, and doubling.
import type { Pass, Rule } from '../engine/rule.js';
import { type Candidate, type NumberContext, wordsAfter, wordsBefore } from './candidate.js';
import { timesTen } from './exact.js';

type StructureRule = Rule<Candidate, NumberContext>;

const connectors = /^(?:-|—|–|―|－|~|～|至|到|——|--)$/;
const listMarks = /^(?:、|,|，|和|及|与|或|以及|\/)$/;

/** The next candidate that is still in and stands right behind this one's words, with the words between. */
function next(item: Candidate, { text, candidates }: NumberContext): { item: Candidate; between: string } | null {
  const other = candidates[item.index + 1];
  if (!other || other.rejected !== null || other.start - item.quoteEnd > 4 || other.start < item.quoteEnd) return null;
  const between = text.slice(item.quoteEnd, other.start);
  return /[\n\t]/.test(between) ? null : { item: other, between: between.trim() };
}

/** Takes `part` into `item`: it is no figure of its own any more. */
function merge(part: Candidate, why: string): void {
  part.rejected = why;
}

const range: StructureRule = {
  name: 'range',
  about: {
    en: 'Two ends with - ~ 至 到 between; the left end takes scale and unit from the right where it has none.',
    zh: '两个数之间有 -、~、至、到；左边没写量级和单位的，取右边的。',
  },
  apply(item, context) {
    if (item.form === 'year' || item.max !== null) return false;
    const other = next(item, context);
    if (!other) return false;
    const right = other.item;
    if (!connectors.test(other.between) && !isBetween(other.between, context.text, right)) return false;
    const alike = item.dimension === right.dimension && item.unit === right.unit;
    if (item.dimension !== null && !alike) return false;
    if (/[由从]$/.test(wordsBefore(context.text, item.quoteStart, 1))) return false;
    const low = item.dimension === null ? shared(item, right) : item.value;
    if (!(low < right.value)) return false;
    item.value = low;
    item.max = right.value;
    item.dimension = right.dimension;
    item.unit = right.unit;
    item.salience = right.salience;
    item.unitStart = right.unitStart;
    item.unitEnd = right.unitEnd;
    item.quoteEnd = right.quoteEnd;
    if (right.bound !== 'exact') item.bound = right.bound;
    merge(right, 'merged: end of a range');
    return true;
  },
  examples: [
    { text: '资金1.5亿至2亿元', quote: '1.5亿至2亿元', finds: { value: 150_000_000, max: 200_000_000, unit: 'CNY' } },
    { text: '每校2至3万元', quote: '2至3万元', finds: { value: 20_000, max: 30_000 } },
    { text: '班额在30和45人之间', quote: '30和45人', finds: { value: 30, max: 45 } },
    { text: '占60%~70%', quote: '60%~70%', finds: { value: 0.6, max: 0.7 } },
  ],
  notExamples: ['2014-2017年', '由60%到80%'],
};

/** 在20和30之间. */
const isBetween = (between: string, text: string, right: Candidate): boolean =>
  /^[和与至到]$/.test(between) && text.startsWith('之间', right.quoteEnd);

/** The left end's value with the right end's scale and unit factor: 2至3万元 is 20,000 to 30,000. */
function shared(left: Candidate, right: Candidate): number {
  const mantissa = Number(left.mantissa);
  const scaled = left.exponent === 0 && mantissa < Number(right.mantissa);
  const power = right.unit === '' ? 0 : Math.log10(right.value / timesTen(right.mantissa, right.exponent));
  const exponent = (scaled ? right.exponent : left.exponent) + (Number.isFinite(power) ? Math.round(power) : 0);
  return timesTen(left.mantissa, exponent);
}

const sharedUnit: StructureRule = {
  name: 'list: shared unit',
  about: {
    en: 'Numbers parted by 、 or 和 take the unit that stands behind the last: 3、5、7所.',
    zh: '用顿号或“和”并列的数，共用最后一个数后面的单位：3、5、7所。',
  },
  apply(item, context) {
    if (item.dimension !== null || item.form === 'round' || item.form === 'year') return false;
    const giver = unitGiver(item, context);
    if (!giver || giver.form === 'fraction') return false;
    const scale = item.exponent === 0 && giver.exponent > 0 && item.value < 1000;
    item.value =
      scale || giver.dimension === 'ratio'
        ? shared({ ...item, mantissa: item.mantissa }, scaleOf(giver, item))
        : item.value;
    item.dimension = giver.dimension;
    item.unit = giver.unit;
    item.salience = giver.salience;
    return true;
  },
  examples: [
    { text: '分别新建小学、初中3、5所', quote: '3', finds: { value: 3, unit: '所' } },
    { text: '补助20和30万元', quote: '20', finds: { value: 200_000, unit: 'CNY' } },
  ],
  notExamples: ['1、加大投入3亿元', '分别为3亿元、5亿元'],
};

const points: StructureRule = {
  name: 'list: points',
  about: {
    en: '2.3个和3.1个百分点: 个 before the points of a list means points too.',
    zh: '2.3个和3.1个百分点：并列的“个”也是百分点。',
  },
  apply(item, context) {
    if (item.unit !== '个' || item.dimension !== 'count') return false;
    const other = next(item, context);
    if (!other || !listMarks.test(other.between) || other.item.unit !== '百分点') return false;
    item.dimension = other.item.dimension;
    item.unit = other.item.unit;
    return true;
  },
  examples: [
    { text: '分别提高2.3个和3.1个百分点', quote: '2.3个', finds: { value: 2.3, unit: '百分点', dimension: 'other' } },
  ],
  notExamples: ['建成2个和3个学校', '新建3个,提高2个百分点'],
};

/** A stand-in for the giver whose mantissa is above the taker's, so that the scale is always shared. */
const scaleOf = (giver: Candidate, item: Candidate): Candidate => ({
  ...giver,
  mantissa: String(Number(item.mantissa) + 1),
  value: timesTen(Number(item.mantissa) + 1, giver.exponent + (giver.dimension === 'ratio' ? -2 : 0)),
});

/** The candidate with a unit that ends the list this one stands in, or null. */
function unitGiver(item: Candidate, context: NumberContext): Candidate | null {
  let at = item;
  for (let steps = 0; steps < 20; steps++) {
    const other = next(at, context);
    if (!other || !listMarks.test(other.between)) return null;
    if (isListMark(item, context)) return null;
    if (other.item.dimension !== null) return other.item.dimension === 'duration' ? null : other.item;
    at = other.item;
  }
  return null;
}

/** 1、 at the start of a line marks a section. */
const isListMark = (item: Candidate, { text }: NumberContext): boolean =>
  item.start === 0 || text[item.start - 1] === '\n' || /[\n。][\s　]*[(（]?$/.test(wordsBefore(text, item.start, 6));

const hours: StructureRule = {
  name: 'hours over years',
  about: {
    en: '5年360学时 is one figure: 360 hours every five years.',
    zh: '“5年360学时”是一个数：每五年 360 学时。',
  },
  apply(item, context) {
    if (item.dimension !== 'duration') return false;
    const other = next(item, context);
    if (other?.between !== '' || other.item.unit !== '学时') return false;
    item.per = [context.text.slice(item.start, item.unitEnd).trim()];
    item.value = other.item.value;
    item.dimension = other.item.dimension;
    item.unit = other.item.unit;
    item.bound = other.item.bound;
    item.unitStart = other.item.unitStart;
    item.unitEnd = other.item.unitEnd;
    item.quoteEnd = other.item.quoteEnd;
    merge(other.item, 'merged: hours over years');
    return true;
  },
  examples: [{ text: '教师5年360学时培训', quote: '5年360学时', finds: { value: 360, unit: '学时', per: ['5年'] } }],
  notExamples: ['5年内完成360学时'],
};

const proportion: StructureRule = {
  name: 'ratio: a to b',
  about: {
    en: '生师比16:1, 1∶13.5, 3比1: the first number over the second.',
    zh: '生师比16:1、1∶13.5、3比1：前数比后数。',
  },
  apply(item, context) {
    if (item.dimension !== null) return false;
    const { text, candidates } = context;
    const right = candidates[item.index + 1];
    if (!right || right.start - item.end > 2 || right.rejected !== null || right.dimension !== null) return false;
    const gap = text.slice(item.end, right.start);
    const between = gap.trim();
    if (/[\n\t]/.test(gap)) return false;
    if (!/^[:：∶比]$/.test(between) || right.value === 0) return false;
    if (between === '比' ? isScoreline(text, item, right) : !asksForRatio(text, item, right)) return false;
    item.value = item.value / right.value;
    item.dimension = 'ratio';
    item.unit = '1';
    item.quoteEnd = item.unitEnd = right.end;
    item.unitStart = item.end;
    merge(right, 'merged: second part of a ratio');
    return true;
  },
  examples: [
    { text: '生师比达到16:1', quote: '16:1', finds: { value: 16, dimension: 'ratio' } },
    { text: '按照1:19(小学)的师生比核定', quote: '1:19' },
    { text: '师生比为1∶12.5', quote: '1∶12.5', finds: { value: 0.08 } },
  ],
  notExamples: ['15:56发布', '以3:1获胜'],
};

/** 以4比1战胜: the score of a game. */
const isScoreline = (text: string, item: Candidate, right: Candidate): boolean =>
  /比分|比赛|决赛|战胜|击败|主场|客场/.test(wordsBefore(text, item.start, 16)) ||
  /^[^,，。]{0,4}(?:战胜|击败|获胜|取胜|险胜|大胜|落败|领先|告负)/.test(wordsAfter(text, right.end, 8));

/** A word for a ratio before the pair in its sentence, or right behind it: 师生比为1:19, 按照1:19(小学)的师生比核定. */
function asksForRatio(text: string, item: Candidate, right: Candidate): boolean {
  const before = wordsBefore(text, item.start, 40);
  const sentence = before.slice(Math.max(before.lastIndexOf('。'), before.lastIndexOf('\n')) + 1);
  return (
    /比(?![如赛较方邻]|分(?!别))|比例/.test(sentence) ||
    /^[^。\n]{0,24}的标准[^。\n]{0,10}(?:编制|教职工|教师)/.test(wordsAfter(text, right.end, 40)) ||
    /^[^。\n]{0,30}(?:[生师机职教男女书车床户性球构收产]比|比例|的比)/.test(wordsAfter(text, right.end, 40))
  );
}

const slashed: StructureRule = {
  name: 'fraction: slash',
  about: {
    en: '2/3以上, 占1/4: two small numbers over a slash, where the words around ask for a share.',
    zh: '2/3以上、占1/4：斜线隔开的两个小数目，前后文说的是占比。',
  },
  apply(item, { text, candidates }) {
    const right = candidates[item.index + 1];
    if (item.dimension !== null || right?.start !== item.end + 1 || !'/／'.includes(text[item.end]!)) return false;
    if (right.rejected !== null || right.dimension !== null || !(item.value < right.value && right.value <= 20))
      return false;
    const asked = /(?:占|近|约|超|超过|不足|达到?|有)$/.test(wordsBefore(text, item.start, 3));
    if (!asked && !/^(?:的|以上|以下|左右|强|弱|多)/.test(wordsAfter(text, right.end, 2))) return false;
    item.value /= right.value;
    item.dimension = 'ratio';
    item.unit = '1';
    item.unitStart = item.end;
    item.unitEnd = item.quoteEnd = right.end;
    merge(right, 'merged: denominator');
    return true;
  },
  examples: [
    { text: '全县2/3以上的教师', quote: '2/3以上', finds: { value: 2 / 3, bound: 'at_least' } },
    { text: '占1/4。', quote: '1/4', finds: { value: 0.25 } },
  ],
  notExamples: ['血压120/80', '3/5日', '规格3/4英寸'],
};

/** More is no report but a slip. */
const mostDoublings = 20;

const doubling: StructureRule = {
  name: 'doubling',
  about: {
    en: '翻一番 is two times, 翻两番 four times.',
    zh: '翻一番是 2 倍，翻两番是 4 倍。',
  },
  apply(item, { text }) {
    if (text[item.end] !== '番' || !/翻了?(?:整整|近|将近|约|超)?$/.test(wordsBefore(text, item.start, 4)))
      return false;
    if (item.value > mostDoublings) return false;
    item.value = 2 ** item.value;
    item.dimension = 'multiple';
    item.unit = '1';
    item.quoteStart = text.lastIndexOf('翻', item.start);
    item.unitStart = item.end;
    item.unitEnd = item.quoteEnd = item.end + 1;
    return true;
  },
  examples: [{ text: '经费翻了一番', quote: '翻了一番', finds: { value: 2, dimension: 'multiple' } }],
  notExamples: ['一番努力'],
};

/** Joins neighbours. Ranges come before lists, since a list may hold ranges. */
export const structurePass: Pass<Candidate, NumberContext> = {
  name: 'structure',
  mode: 'first',
  rules: [doubling, hours, proportion, slashed, range],
};

/** Lists run after ranges, so that the unit at the end of a list is known. */
export const listPass: Pass<Candidate, NumberContext> = { name: 'lists', mode: 'first', rules: [sharedUnit, points] };

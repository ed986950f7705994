// What a number is counted per. A number without its denominator cannot be compared.
import type { Span } from '../../src/model/way-back.js';
import type { Pass, Rule } from '../engine/rule.js';
import { Trie } from '../engine/trie.js';
import { averages, spreading } from '../lexicon/denominators.js';
import { stageWords } from '../lexicon/stages.js';
import { type Candidate, clauseStart, type NumberContext, previousOf, wordsAfter } from './candidate.js';
import { eachBetween, nouns } from './each.js';
import { asListedAbove, pairedNames } from './paired-names.js';
import { topicAbove } from './topic-measure.js';

type PerRule = Rule<Candidate, NumberContext>;

const means = new Trie(Object.entries(averages));

const denominator: PerRule = {
  name: 'no figure: denominator',
  about: {
    en: 'The number behind 每 is a denominator: 每百名学生, 每12个班级.',
    zh: '“每”之后的数是分母：每百名学生、每12个班级。',
  },
  apply(item, { text }) {
    return (
      text[item.start - 1] === '每' ||
      (text[item.start - 1] === '/' && item.start > 1 && !/[\d\n\t]/.test(text[item.start - 2]!))
    );
  },
  examples: [{ text: '每12个班级配备1间音乐教室', quote: '12' }],
  notExamples: ['每校12个班级'],
};

/** Rules denominators out before ranges and lists are joined. */
export const denominatorPass: Pass<Candidate, NumberContext> = {
  name: 'denominator',
  mode: 'first',
  rejects: true,
  rules: [denominator],
};

const slash: PerRule = {
  name: 'per: behind the unit',
  about: {
    en: '元/生·年, 人/百名学生, 元每人每月.',
    zh: '元/生·年、人/百名学生、元每人每月：单位里带分母。',
  },
  apply(item, context) {
    const { text } = context;
    if (item.unitEnd !== item.quoteEnd || item.unitEnd === item.end) return false;
    let at = item.unitEnd;
    const per: string[] = [];
    while (per.length < 3) {
      const mark = text[at] ?? '';
      if (!(per.length === 0 ? '/／每' : '/／每·•・.').includes(mark || '\n')) break;
      const match = nouns.longest(text, at + 1) ?? hundred(text, at + 1);
      if (!match) break;
      per.push(match.value);
      at += 1 + match.length;
    }
    if (per.length === 0) return false;
    item.per.push(...per);
    item.quoteEnd = at;
    return true;
  },
  examples: [
    { text: '小学720元/生·年', quote: '720元/生·年', finds: { per: ['学生', '年'] } },
    { text: '补贴300元/月', quote: '300元/月', finds: { per: ['月'] } },
  ],
  notExamples: ['3所/5所'],
};

/** 百名学生, 百生 behind a slash. */
function hundred(text: string, at: number): { value: string; length: number } | null {
  const match = /^(?:百名学生|百生|百人|千人|万人|百平方公里|万平方公里)/.exec(wordsAfter(text, at, 5));
  return match ? { value: match[0] === '百生' ? '百名学生' : match[0], length: match[0].length } : null;
}

const before: PerRule = {
  name: 'per: before the number',
  about: {
    en: '每生每年…910元, 每百名学生拥有…8.5人, 生均…, in the same clause or, across 分别 and stages, in the one before.',
    zh: '每生每年……910元、每百名学生拥有……8.5人、生均……：在同一分句里，有“分别”和学段时也可在前一分句里。',
  },
  apply(item, context) {
    if (item.per.length > 0 || !divides(item)) return false;
    const { text } = context;
    const from = clauseStart(text, item.start);
    let per = perBetween(item, { start: from, end: item.start }, context);
    const name = per.length > 1 ? ownName(item, context) : null;
    const named = name ? perBetween(item, name, context) : [];
    if (named.length > 0) per = named;
    if (per.length === 0) per = perFromClauseBefore(item, from, context);
    if (per.length === 0) return false;
    item.per.push(...per);
    return true;
  },
  examples: [
    { text: '小学、初中生均公用经费分别为每生每年910元、1110元', quote: '1110元', finds: { per: ['学生', '年'] } },
    { text: '每百名学生拥有骨干教师2.7人', quote: '2.7人', finds: { per: ['百名学生'] } },
    { text: '城市每人每月746元、农村每人每年6876元', quote: '6876元', finds: { per: ['人', '年'] } },
    { text: '生均公用经费不低于8000元', quote: '不低于8000元', finds: { per: ['学生'] } },
    { text: '每年获专项资金500万元', quote: '500万元', finds: { per: ['年'] } },
    { text: '每10万人口在校生86人', quote: '86人', finds: { per: ['10万人口'] } },
    { text: '生均设备值:小学、初中分别达到2000元、2500元', quote: '2500元', finds: { per: ['学生'] } },
  ],
  notExamples: ['比例每年均保持在25%以上', '特殊教育生均公用经费按照标准的10倍拨付'],
};

const stageNames = [...stageWords.map(([word]) => word)].sort((a, b) => b.length - a.length).join('|');
const onlyStage = new RegExp(
  `^[,，、;；和](?:(?:${stageNames})[、和及与])*(?:${stageNames})(?:均|则|分别)*(?:为|达到?|是|由|从|(?:提高|提升|增加|上调|调整|下降|降低)[到至为])?(?:(?:19|20)\\d\\d年[底末初]?的?)?$`,
);

/** 760元提高到910元: what a change leads from and to is counted per the same. */
const onlyChange =
  /^(?:[,，]?[比较](?:于)?(?:上年|去年|前年|(?:19|20)\d\d年)(?:同期)?的?|(?:提高|提升|上升|增长|增加|扩大|下降|降低|减少|上调|下调|调整|升|降|增|减)(?:到了?|至|为)(?:(?:19|20)\d\d年[底末初]?的?)?)$/;

const asBefore: PerRule = {
  name: 'per: as the stage before',
  about: {
    en: '生均公用经费小学720元,初中940元: the number of the next stage is counted per the same.',
    zh: '生均公用经费小学720元,初中940元：下一学段的数沿用同一分母。',
  },
  apply(item, context) {
    if (item.per.length > 0) return false;
    const last = previousOf(item, context);
    if (!last || last.per.length === 0 || last.unit !== item.unit || last.dimension !== item.dimension) return false;
    const gap = context.text.slice(last.quoteEnd, item.quoteStart).trim();
    const goesOn = /^[、和及与]$/.test(gap) && last.rules.includes(asBefore.name);
    if (!onlyStage.test(gap) && !onlyChange.test(gap) && !goesOn) return false;
    item.per.push(...last.per);
    return true;
  },
  examples: [
    { text: '生均公用经费小学720元,初中940元', quote: '940元', finds: { per: ['学生'] } },
    { text: '小学生均公用经费由600元提高到700元,初中由800元提高到900元', quote: '900元', finds: { per: ['学生'] } },
    { text: '生均公用经费幼儿园600元,小学、初中分别提高到800元和1000元', quote: '1000元', finds: { per: ['学生'] } },
  ],
  notExamples: ['生均公用经费小学720元,初中校舍投资940元'],
};

const longestOwner = 40;

/** 全区小学、初中平均分别为; 最低的学校为: nothing but whose number it is. */
const ofWhom = new RegExp(
  `^[\\s　]*(?:[(（](?:[一二三四五六七八九十]{1,3}|\\d{1,2})[)）]|\\d{1,2}[.、．])?(?:其中)?(?:(?:全|我)[县市区省])?` +
    `(?:(?:(?:普通|公办|城区|农村|乡镇)?(?:${stageNames})(?:阶段|学校|学段|段)?[、和及与]?)+(?:平均值?|均值)?|平均值?|最[高低]的?(?:学校)?)` +
    '(?:分别|依次|均|都|各|已)*(?:不[低少小]于|为|是|达到?了?|有|[由从](?:(?:(?:19|20)\\d\\d|上|去|前)年[底末初]?的?)?)?$',
);

/** The rule's name, by which the subject is read from there too. */
export const topicRule = 'per: topic above';

const topic: PerRule = {
  name: topicRule,
  about: {
    en: '（三）生均校舍面积。小学为6.2平方米: the heading, or the words that open the paragraph, hold the denominator.',
    zh: '（三）生均校舍面积。小学为6.2平方米：分母在标题里，或在段首的词语里。',
  },
  apply(item, context) {
    if (item.per.length > 0 || item.dimension === 'ratio' || !divides(item)) return false;
    const { text, candidates } = context;
    const from = clauseStart(text, item.start);
    let first = item;
    for (let i = item.index - 1; i >= 0 && candidates[i]!.start >= from; i--)
      if (candidates[i]!.rejected === null && candidates[i]!.dimension !== null) first = candidates[i]!;
    if (first.quoteStart - from > longestOwner || !ofWhom.test(text.slice(from, first.quoteStart))) return false;
    const above = topicAbove(text, from);
    if (!above) return false;
    const per = eachBetween(text, above.start, above.end, context)
      .map((found) => found.per)
      .filter((found) => found.includes('学生'));
    for (const { value } of means.scan(text, above.start, above.end)) if (value === '学生') per.push(value);
    if (per.length === 0) return false;
    item.per.push(...new Set(per));
    return true;
  },
  examples: [
    {
      text: '（三）生均校舍面积。全区小学、初中平均为6.2平方米、8.1平方米',
      quote: '8.1平方米',
      finds: { per: ['学生'] },
    },
    { text: '三、生均公用经费支出\n（一）普通小学2436元', quote: '2436元', finds: { per: ['学生'] } },
  ],
  notExamples: ['（三）校舍面积。小学为6200平方米', '生均经费逐年增加。小学新建校舍6200平方米'],
};

const listAbove: PerRule = {
  name: 'per: measures listed above',
  about: {
    en: '初中上述三项指标分别为…: each number is counted per the same as the one in its place of the list before.',
    zh: '“初中上述三项指标分别为……”：各数与前一列举中同位的数分母相同。',
  },
  apply(item, context) {
    if (item.per.length > 0 || !divides(item)) return false;
    if (
      !'、和及'.includes(context.text[item.quoteStart - 1] ?? '\n') &&
      !'、和及'.includes(context.text[item.quoteEnd] ?? '\n')
    )
      return false;
    const list = listOf(item, context);
    const head = list[0]!;
    if (list.length < 2 || !asListedAbove(context.text.slice(clauseStart(context.text, head.start), head.start)))
      return false;
    const like = listBefore(head, list.length, context)?.[list.indexOf(item)];
    if (!like || like.per.length === 0 || like.unit !== item.unit) return false;
    item.per.push(...like.per);
    return true;
  },
  examples: [
    {
      text: '小学生均图书、用房面积两项指标分别为30册、6平方米；初中上述两项指标分别为41册、8平方米',
      quote: '8平方米',
      finds: { per: ['学生'] },
    },
  ],
  notExamples: ['上述经费分别为3亿元、5亿元'],
};

/** The numbers of the enumeration that `item` stands in, at most twelve on either side. */
function listOf(item: Candidate, context: NumberContext): Candidate[] {
  const list = [item];
  const joined = (left: Candidate, right: Candidate) =>
    /^[、和及]$/.test(context.text.slice(left.quoteEnd, right.quoteStart).trim());
  for (let at = item.index - 1; at >= 0 && at > item.index - 12; at--) {
    const other = context.candidates[at]!;
    if (other.rejected !== null || !joined(other, list[0]!)) break;
    list.unshift(other);
  }
  for (let at = item.index + 1; at < item.index + 12; at++) {
    const other = context.candidates[at];
    if (!other || other.rejected !== null || !joined(list.at(-1)!, other)) break;
    list.push(other);
  }
  return list;
}

/** The last enumeration of `count` numbers before `head`, within two sentences. */
function listBefore(head: Candidate, count: number, context: NumberContext): Candidate[] | null {
  for (let last = previousOf(head, context); last && head.start - last.end < 400; last = previousOf(last, context)) {
    const list = listOf(last, context);
    if (list.length === count) return list;
  }
  return null;
}

/** Where the name stands that 分别 pairs with this number of a list; null where it pairs none. */
function ownName(item: Candidate, context: NumberContext): Span | null {
  const list = listOf(item, context);
  if (list.length < 2) return null;
  const from = clauseStart(context.text, list[0]!.start);
  const words = context.text.slice(from, list[0]!.start);
  // 分别为每生每年910元、1110元: what stands right before the list is each one's.
  const name = /每[\u4e00-\u9fff]{1,6}$/.test(words) ? null : pairedNames(words, list.length)?.[list.indexOf(item)];
  return name ? { start: from + name.at, end: from + name.at + name.words.length } : null;
}

/** 安排生均公用经费3360万元: from here on an amount bears the measure's name and is what all pupils cost. */
const leastTotal = 1e6;

/** Multiples, coefficients and points are never per anything; shares only per year. */
const divides = (item: Candidate): boolean =>
  item.dimension !== 'multiple' &&
  item.dimension !== 'coefficient' &&
  !['百分点', '周岁', '岁', '℃', '度'].includes(item.unit);

function perBetween(item: Candidate, { start, end }: Span, context: NumberContext): string[] {
  const { text } = context;
  const all = eachBetween(text, start, end, context);
  const last = previousOf(item, context);
  const own = last ? all.filter((found) => found.at >= last.quoteEnd) : all;
  // 每生每天5元、全年200天; 每生每年1250元的基础上上浮20%: the denominator is that of the number before.
  const apart = item.dimension === 'duration' || (item.dimension === 'ratio' && last?.dimension !== 'ratio');
  const each = own.length > 0 || (apart && last && last.quoteEnd > start) ? own : all;
  const per = each.filter((found) => isDividing(item, text, found.end)).map((found) => found.per);
  if (item.dimension === 'ratio') return per.filter((word) => word === '年' || word === '学年');
  for (const match of means.scan(text, start, end)) {
    // 县均值 is the mean of the county's schools.
    if (/^(?:值|水平|差异)/.test(text.slice(match.at + match.length))) continue;
    if (match.value === '学生' && item.dimension === 'money' && item.value >= leastTotal) continue;
    if (!per.includes(match.value)) per.push(match.value);
    for (const time of ['年', '月'])
      if (match.value !== time && (text[match.at - 1] === time || text[match.at + match.length] === time))
        per.push(time);
  }
  return [...new Set(per)];
}

function isDividing(item: Candidate, text: string, end: number): boolean {
  const gap = text.slice(end, item.start);
  if (/^[^(（]*[)）]/.test(gap) || /共计|合计|总计|总额/.test(gap)) return false;
  if (item.dimension === 'ratio' && spreading.some((word) => gap.includes(word))) return false;
  return !spreading.some((word) => gap.startsWith(word));
}

/** What may stand between a measure that was named and the number of a stage: 小学、初中分别达到. */
const ofStages = new RegExp(
  `^(?:(?:其中|${stageNames})(?:阶段|学校|学段)?[、和及与]?)+(?:分别|均|都|各|应|须|要)*(?:不[低少小]于|为|是|达到?了?|有)?$`,
);

/** 小学生均公用经费最高,为3120元. */
const onlyLink = /^(?:仅|均|已|约)?(?:为|是|达到?了?)$/;

/**
 * 每百名学生拥有…教师数,小学、初中均达到0.9人; 生均…面积:小学、初中分别达到4.5平方米、5.8平方米: the clause before holds the
 * denominator and no number of its own.
 */
function perFromClauseBefore(item: Candidate, from: number, context: NumberContext): string[] {
  const { text, candidates } = context;
  if (item.dimension === 'ratio' || from === 0 || !'，,：:'.includes(text[from - 1]!)) return [];
  const opens = /^(?:全[县市区]|其中|分别|小学|初中|高中|幼儿园|均|达)/.test(wordsAfter(text, from, 3));
  let first = item;
  for (let i = item.index - 1; i >= 0 && candidates[i]!.start >= from; i--) first = candidates[i]!;
  const staged = ofStages.test(text.slice(from, first.quoteStart));
  const linked = onlyLink.test(text.slice(from, first.quoteStart));
  if (!staged && !linked && (!opens || '：:'.includes(text[from - 1]!))) return [];
  const start = clauseStart(text, from - 1);
  for (let i = first.index - 1; i >= 0 && candidates[i]!.start >= start; i--) {
    const { rejected, dimension } = candidates[i]!;
    if (rejected === null && dimension !== null) return [];
  }
  const each = eachBetween(text, start, from, context).filter((found) => found.per.includes('学生'));
  const per = each.map((found) => found.per);
  if (staged || linked) for (const { value } of means.scan(text, start, from)) if (value === '学生') per.push(value);
  return [...new Set(per)];
}

const cycle: PerRule = {
  name: 'per: cycle of training',
  about: {
    en: '5年一周期不少于360学时: teaching hours are counted per cycle.',
    zh: '5年一周期不少于360学时：学时按周期计。',
  },
  apply(item, { text }) {
    if (item.per.length > 0 || item.unit !== '学时') return false;
    const words = text.slice(clauseStart(text, item.start), item.start);
    const years = /((?:\d|[三四五六])年)(?:为)?一个?周期(?:内|累计|培训|不少于|不低于|至少)*$/.exec(words)?.[1];
    if (!years) return false;
    item.per.push(years);
    return true;
  },
  examples: [{ text: '落实5年一周期不少于360学时的培训', quote: '不少于360学时', finds: { per: ['5年'] } }],
  notExamples: ['每年不少于72学时'],
};

/** Finds denominators. */
export const perPass: Pass<Candidate, NumberContext> = {
  name: 'per',
  mode: 'first',
  rules: [slash, cycle, before, asBefore, topic, listAbove],
};

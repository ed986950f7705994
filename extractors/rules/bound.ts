// Qualifiers on both sides of a number: those that touch it join the quote, those further left in its clause only set the bound.
import type { Bound } from '../../src/model/record.js';
import type { Pass, Rule } from '../engine/rule.js';
import { Trie } from '../engine/trie.js';
import { distantPrefixes, notSuffixes, prefixes, suffixes } from '../lexicon/qualifiers.js';
import { type Candidate, clauseStart, type NumberContext, previousOf, wordsAfter, wordsBefore } from './candidate.js';

type BoundRule = Rule<Candidate, NumberContext>;

const touching = new Trie<Bound>(prefixes, true);
const distant = new Trie<Bound>(distantPrefixes);
const following = new Trie<Bound | null>([...suffixes, ...notSuffixes.map((word) => [word, null] as const)]);

const suffix: BoundRule = {
  name: 'bound: suffix',
  about: {
    en: '以上, 以内, 左右, 多 and their kin behind the unit.',
    zh: '单位之后的以上、以内、左右、多之类。',
  },
  apply(item, { text }) {
    let acted = false;
    for (let at = item.quoteEnd; ; at = item.quoteEnd) {
      const match = following.longest(text, at);
      if (!match?.value || !fits(item, text, at, match.length)) return acted;
      if (item.bound === 'exact' || !acted) item.bound = item.bound === 'exact' ? match.value : item.bound;
      item.quoteEnd = at + match.length;
      acted = true;
    }
  },
  examples: [
    { text: '比例保持在25%以上', quote: '25%以上', finds: { bound: 'at_least' } },
    { text: '参与率达到92%左右', quote: '92%左右', finds: { bound: 'about' } },
    { text: '是标准的两倍多', quote: '两倍多', finds: { value: 2, bound: 'over' } },
    { text: '占总支出的四分之一强。', quote: '四分之一强', finds: { value: 0.25, bound: 'over' } },
    { text: '班额45人以内', quote: '45人以内', finds: { bound: 'at_most' } },
  ],
  notExamples: ['3所多媒体教室', '5元起草', '100%强化管理'],
};

/** 多 and 余 bound a number only behind a multiple, a time or a share; 起 only behind money. */
function fits(item: Candidate, text: string, at: number, length: number): boolean {
  const word = text.slice(at, at + length);
  if (word === '多' || word === '余') return item.dimension !== 'count' || item.unitEnd === item.end;
  if (word === '强' || word === '弱')
    return item.dimension === 'ratio' && /^(?:[，,。；;、)）\n]|$)/.test(text.slice(at + 1, at + 2));
  if (word === '起' || word === '前后') return item.dimension === 'money' && word === '起';
  return true;
}

const prefix: BoundRule = {
  name: 'bound: prefix',
  about: {
    en: '不低于, 近, 约, 超过, 最高可达 and their kin right before the number.',
    zh: '紧靠数前的不低于、近、约、超过、最高可达之类。',
  },
  apply(item, { text }) {
    let acted = false;
    for (let steps = 0; steps < 2; steps++) {
      let at = item.quoteStart;
      if (text[at - 1] === ' ') at--;
      const match = touching.longest(text, at);
      if (!match || isInsideWord(text, at - match.length, match.length)) return acted;
      if (item.bound === 'exact' || !acted) item.bound = combine(item.bound, match.value, item.form);
      item.quoteStart = at - match.length;
      acted = true;
    }
    return acted;
  },
  examples: [
    { text: '吸引近100名教师', quote: '近100名', finds: { bound: 'under' } },
    { text: '比例不低于50%', quote: '不低于50%', finds: { bound: 'at_least' } },
    { text: '每月最高可达1000元', quote: '最高可达1000元', finds: { bound: 'at_most' } },
    { text: '总投资约1.2亿元', quote: '约1.2亿元', finds: { bound: 'about' } },
  ],
  notExamples: ['比例达不到3:1', '附近3所学校', '签约5个项目', '小满2名'],
};

/** The qualifier to the left rules one to the right, save that 数百 and its kin keep 近 and 约. */
function combine(own: Bound, left: Bound, form: Candidate['form']): Bound {
  return own === 'exact' || form !== 'round' || left === 'under' || left === 'about' ? left : own;
}

const beforeNear = ['附', '最', '邻', '临', '靠', '远', '贴', '亲', '就', '相'];
const beforeAbout = ['签', '节', '预', '契', '条', '公', '合', '集', '履', '违', '简', '大', '制'];
const beforeFull = ['圆', '小', '期', '届', '不', '未', '美', '爆', '充', '饱'];
const beforeOver = ['高', '赶', '反'];

/** 附近, 签约, 圆满: the qualifier is the tail of another word. */
function isInsideWord(text: string, at: number, length: number): boolean {
  if (length > 1) return text.startsWith('不到', at) && /[达做得看找想见办]$/.test(wordsBefore(text, at, 1));
  const before = text[at - 1] ?? '';
  switch (text[at]) {
    case '近':
      return beforeNear.includes(before);
    case '约':
      return beforeAbout.includes(before) || '谈见定束会请法'.includes(text[at + 1] ?? '\n');
    case '满':
      return beforeFull.includes(before);
    case '超':
      return beforeOver.includes(before);
    default:
      return false;
  }
}

const distantPrefix: BoundRule = {
  name: 'bound: distant prefix',
  about: {
    en: 'A qualifier earlier in the clause with no other number between: 不低于符合条件教师总数的10%, 至少配备2名.',
    zh: '分句中靠前的限定词，与数之间没有别的数：不低于符合条件教师总数的10%、至少配备2名。',
  },
  apply(item, context) {
    if (item.bound !== 'exact') return false;
    const { text } = context;
    const before = previousOf(item, context);
    const from = Math.max(clauseStart(text, item.quoteStart), before ? before.quoteEnd : 0);
    let bound: Bound | null = null;
    for (const match of distant.scan(text, from, item.quoteStart)) {
      if (text[match.at] === '约' && isInsideWord(text, match.at, 1)) continue;
      if (text[match.at] === '最' && !isLimited(item, text.slice(match.at + match.length, item.quoteStart))) continue;
      bound = match.value;
    }
    bound ??= asBeforeInList(item, before, text);
    if (bound === null || (bound === 'about' && item.quoteStart - from > 8)) return false;
    item.bound = bound;
    return true;
  },
  examples: [
    { text: '比例不低于符合条件教师总数的10%', quote: '10%', finds: { bound: 'at_least' } },
    { text: '每校至少配备2名校医', quote: '2名', finds: { bound: 'at_least' } },
    { text: '至少配备1名校医、2名保安', quote: '2名', finds: { bound: 'at_least' } },
  ],
  notExamples: ['最高气温38℃', '最高处1108米', '最高奖励者,另有2名'],
};

/** 至少配备1名校医、2名保安: what bounds the first number bounds the next of its list. */
const asBeforeInList = (item: Candidate, before: Candidate | undefined, text: string): Bound | null =>
  before !== undefined &&
  before.unit === item.unit &&
  (before.bound === 'at_least' || before.bound === 'at_most') &&
  before.rules.includes('bound: distant prefix') &&
  /^[\u4e00-\u9fa5]{1,8}、$/.test(text.slice(before.quoteEnd, item.quoteStart))
    ? before.bound
    : null;

/** What follows 最高 and 最低 where they limit: a verb of giving or taking. 最高气温, 最高处, 最低工资 name things. */
const limits =
  /^(?:不|可|能|达|为|仅|有|限|奖|补|给|资|支持|贷|授信|发|报销|减|免|额度|限额|上限|罚|判|优惠|享受|申|配|安排|设|建|容纳|提供|拨|投|增|按)/;

/** 最高处5万元罚款 limits a fine; 最高处1108米 is a place. */
const isLimited = (item: Candidate, words: string): boolean =>
  limits.test(words) || (words.startsWith('处') && item.dimension === 'money');

const asFirstOfList: BoundRule = {
  name: 'bound: as the first of a list',
  about: {
    en: '分别不超过45人、50人: the qualifier before the first number holds for the others of its list.',
    zh: '分别不超过45人、50人：第一个数前的限定词管到并列各数。',
  },
  apply(item, context) {
    if (item.bound !== 'exact') return false;
    const { text } = context;
    const last = previousOf(item, context);
    if (!last || last.unit !== item.unit || last.dimension !== item.dimension) return false;
    if (!/^[、和及]$/.test(text.slice(last.quoteEnd, item.quoteStart))) return false;
    const led = last.rules.includes('bound: as the first of a list') || last.quoteStart < last.start;
    if (!led || (last.bound !== 'at_least' && last.bound !== 'at_most')) return false;
    if (!text.slice(clauseStart(text, item.quoteStart), item.quoteStart).includes('分别')) return false;
    item.bound = last.bound;
    return true;
  },
  examples: [{ text: '班额分别不超过45人、50人', quote: '50人', finds: { bound: 'at_most' } }],
  notExamples: ['班额不超过45人、50人', '分别达到45人以上、50人'],
};

const within: BoundRule = {
  name: 'bound: under control',
  about: {
    en: '控制在…以内 with the number between; 达到…以上 needs no rule of its own.',
    zh: '“控制在……以内”，数在其间。',
  },
  apply(item, { text }) {
    if (item.bound !== 'exact') return false;
    if (!/控制在(?:小学|初中)?$/.test(wordsBefore(text, item.quoteStart, 5))) return false;
    if (
      !/^(?:[、和](?:小学|初中)?\d{1,4}[\u4e00-\u9fa5])?.{0,6}(?:以内|之内|以下)/.test(
        wordsAfter(text, item.quoteEnd, 16),
      )
    )
      return false;
    item.bound = 'at_most';
    return true;
  },
  examples: [
    { text: '班额控制在45人的标准以内', quote: '45人', finds: { bound: 'at_most' } },
    { text: '班额控制在小学45人、初中50人以内', quote: '45人', finds: { bound: 'at_most' } },
  ],
  notExamples: ['控制在45人'],
};

/** The longest time that something may take from a day on. */
export const withinTime: BoundRule = {
  name: 'bound: within a time',
  about: {
    en: '印发后3个月内, 之日起15个工作日内: the longest time that something may take.',
    zh: '印发后3个月内、之日起15个工作日内：最长的期限。',
  },
  apply(item, { text }) {
    if (item.dimension !== 'duration' || item.bound !== 'exact') return false;
    const inside = /^之?内/.exec(wordsAfter(text, item.quoteEnd, 2))?.[0];
    const answers =
      /^之?内(?:予以|给予|作出|做出|书面|一次性)?(?:答复|回复|答疑|反馈|办结|办理|完成|报送|上报|受理|公示|公布|处理|整改|退还|提出)/;
    if (
      !/[后起](?:的)?$/.test(wordsBefore(text, item.quoteStart, 2)) &&
      !answers.test(wordsAfter(text, item.quoteEnd, 8))
    )
      return false;
    if (!inside) return false;
    item.bound = 'at_most';
    item.quoteEnd += inside.length;
    return true;
  },
  examples: [
    { text: '印发后3个月内制定方案', quote: '3个月内', finds: { value: 3, bound: 'at_most' } },
    { text: '收到的意见,5个工作日内答复', quote: '5个工作日内', finds: { value: 5, bound: 'at_most' } },
    { text: '开学后30日内提出申请', quote: '30日内', finds: { value: 30, unit: '天', bound: 'at_most' } },
  ],
  notExamples: ['近三年内', '任教满三年后'],
};

/** A number that limits the things counted beside it. */
export const threshold: BoundRule = {
  name: 'bound: limit of a kind',
  about: {
    en: '3所学校超过2000人, 56人以上大班额: the number says which things are counted and is none of their counts.',
    zh: '3所学校超过2000人、56人以上大班额：这个数说明计的是哪一类，本身不是计数。',
  },
  apply(item, context) {
    if (item.bound === 'exact' || item.bound === 'about' || item.dimension !== 'count' || item.salience === 'minor')
      return false;
    const { text } = context;
    const kind = /^(?:的)?(?:超?大班额|班级|大校额|教学班|村小|教学点)/.test(wordsAfter(text, item.quoteEnd, 6));
    const before = kind ? undefined : previousOf(item, context);
    const counted =
      before?.dimension === 'count' &&
      before.quoteEnd >= clauseStart(text, item.quoteStart) &&
      '所个家班'.includes(before.unit) &&
      /^[\u4e00-\u9fa5]{2,10}$/.test(text.slice(before.quoteEnd, item.quoteStart)) &&
      !/[、和]|其中|共|有$|配/.test(text.slice(before.quoteEnd, item.quoteStart));
    if (!kind && !counted && !limitsNext(item, context)) return false;
    item.salience = 'minor';
    return true;
  },
  examples: [
    { text: '仍有3所学校规模超过2000人', quote: '超过2000人', finds: { salience: 'minor' } },
    { text: '消除56人以上大班额23个', quote: '56人以上', finds: { salience: 'minor' } },
    { text: '在校生不足100人的有31所', quote: '不足100人', finds: { salience: 'minor' } },
  ],
  notExamples: ['班额控制在45人以内', '8所学校共有教师超过200人'],
};

/** 不足100人的有31所, 50人以下的学校17所: it says which schools the next number counts. */
function limitsNext(item: Candidate, { text, candidates }: NumberContext): boolean {
  const next = candidates[item.index + 1];
  return (
    next?.dimension === 'count' &&
    next.unit !== item.unit &&
    '所个家班'.includes(next.unit) &&
    /^的(?:学校|班级|班|小学|教学点|村小|幼儿园)?(?:共|还|仍|约|尚|已)?有?$/.test(
      text.slice(item.quoteEnd, next.quoteStart),
    )
  );
}

/** Sets bounds and grows quotes. */
export const boundPass: Pass<Candidate, NumberContext> = {
  name: 'bound',
  mode: 'all',
  rules: [suffix, prefix, distantPrefix, asFirstOfList, within, withinTime, threshold],
};

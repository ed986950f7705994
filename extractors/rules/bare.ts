// Numbers without a unit that are figures all the same, because their head noun says what they measure.
import type { Pass, Rule } from '../engine/rule.js';
import { Trie } from '../engine/trie.js';
import { coefficientHeads, countHeads, moneyHeads, shareHeads } from '../lexicon/heads.js';
import { clauseMarks, sentenceEnds } from '../lexicon/punctuation.js';
import { type Candidate, clauseStart, type NumberContext, wordsAfter } from './candidate.js';

type BareRule = Rule<Candidate, NumberContext>;

const coefficients = new Trie(coefficientHeads.map((word) => [word, true] as const));
const shares = new Trie(
  shareHeads.map((word) => [word, true] as const),
  true,
);
const moneys = new Trie(
  moneyHeads.map((word) => [word, true] as const),
  true,
);
const counts = new Trie(Object.entries(countHeads), true);

/** Words that may stand between the head noun and its number. */
const links = new Trie(
  [
    '为',
    '是',
    '达',
    '达到',
    '达到了',
    '有',
    '共',
    '约',
    '近',
    '超',
    '超过',
    '突破',
    '约为',
    '共有',
    '分别为',
    '分别达到',
    '至',
    '降至',
    '增至',
    '增加到',
    '控制在',
    '低于',
    '高于',
    '不低于',
    '不高于',
    '仅为',
    '只有',
    '：',
    ':',
    '(',
    '（',
    ' ',
  ].map((word) => [word, true] as const),
  true,
);

/** Where the head noun ends: before the link words to the left of the number. */
function headEnd(text: string, at: number): number {
  let end = at;
  for (let steps = 0; steps < 3; steps++) {
    const match = links.longest(text, end);
    if (!match) break;
    end -= match.length;
  }
  return end;
}

const boundaries = `${sentenceEnds}${clauseMarks})）(（”“"和及与至到-—~～以左上下余多 　`;

/** The number ends its phrase: what follows is punctuation, a list word or nothing. */
const endsPhrase = (text: string, at: number): boolean =>
  at >= text.length || text.startsWith('大关', at) || boundaries.includes(text[at]!);

function complete(item: Candidate, dimension: NonNullable<Candidate['dimension']>, unit: string): boolean {
  item.dimension = dimension;
  item.unit = unit;
  return true;
}

/** Where the clause begins, or the two before it in the same sentence: 差异系数,小学为0.38,初中为0.32. */
function headClauseStart(text: string, at: number): number {
  let start = clauseStart(text, at);
  for (let steps = 0; steps < 2 && start > 0 && ',，:：'.includes(text[start - 1]!); steps++)
    start = clauseStart(text, start - 1);
  return start;
}

const coefficient: BareRule = {
  name: 'bare: coefficient',
  about: {
    en: 'A decimal number in a clause whose head is a coefficient.',
    zh: '分句说的是系数，其中的小数。',
  },
  apply(item, { text, candidates }) {
    if (item.dimension !== null || item.exponent !== 0 || item.value > 100) return false;
    if (!endsPhrase(text, item.end) && !/^的(?:国家|省|市|规定|标准|要求|限)/.test(wordsAfter(text, item.end, 3)))
      return false;
    if (!text.slice(item.start, item.end).includes('.') && item.value !== 0 && item.value !== 1) return false;
    for (const _ of coefficients.scan(text, headClauseStart(text, item.start), item.start))
      return complete(item, 'coefficient', '1');
    const before = candidates[item.index - 1];
    return before?.dimension === 'coefficient' &&
      item.start - before.end < 12 &&
      !/[\n\t]/.test(text.slice(before.end, item.start))
      ? complete(item, 'coefficient', '1')
      : false;
  },
  examples: [
    {
      text: '综合差异系数初中为0.50,小学为0.55',
      quote: '0.50',
      finds: { value: 0.5, dimension: 'coefficient', unit: '1' },
    },
    { text: '综合差异系数初中为0.50,小学为0.55', quote: '0.55', finds: { value: 0.55, dimension: 'coefficient' } },
    { text: '差异系数均低于0.65和0.55的标准', quote: '0.55', finds: { value: 0.55, dimension: 'coefficient' } },
  ],
  notExamples: ['版本为0.50'],
};

const bareShare: BareRule = {
  name: 'bare: share',
  about: {
    en: 'A number from 0 to 1 behind 占比, 比例 or a rate.',
    zh: '“占比”“比例”或某率之后 0 到 1 之间的数。',
  },
  apply(item, { text, candidates }) {
    if (
      item.dimension !== null ||
      item.value > 1 ||
      item.exponent !== 0 ||
      (item.form === 'chinese' && item.value !== 0)
    )
      return false;
    if (!endsPhrase(text, item.end)) return false;
    if (item.value === 0 && followsShare(item, text, candidates)) return complete(item, 'ratio', '1');
    const end = headEnd(text, item.start);
    return end < item.start && shares.longest(text, end) ? complete(item, 'ratio', '1') : false;
  },
  examples: [
    { text: '民办学校学生占比为0。', quote: '0', finds: { value: 0, dimension: 'ratio', unit: '1' } },
    { text: '贫困发生率由11.8%降至0', quote: '0', finds: { value: 0, dimension: 'ratio' } },
  ],
  notExamples: ['编号为0'],
};

/** 由11.8%降至0. */
function followsShare(item: Candidate, text: string, candidates: readonly Candidate[]): boolean {
  const before = candidates[item.index - 1];
  return (
    before?.dimension === 'ratio' &&
    /^[^,，。；;\n]{0,4}[降减缩归][到至为]$/.test(text.slice(before.quoteEnd, item.start))
  );
}

const bareMoney: BareRule = {
  name: 'bare: money',
  about: {
    en: 'A number with 万 or 亿 and no unit behind a word for money.',
    zh: '说钱的词之后，带万、亿而没有单位的数。',
  },
  apply(item, { text, candidates }) {
    if (item.dimension !== null || item.exponent < 4 || !endsPhrase(text, item.end)) return false;
    const end = headEnd(text, item.start);
    if (counts.longest(text, end)) return false;
    if (!moneys.longest(text, end) && !speaksOfMoney(item, text, candidates)) return false;
    return complete(item, 'money', 'CNY');
  },
  examples: [
    { text: '补助1.2亿元,配套4800万', quote: '4800万', finds: { value: 48_000_000, unit: 'CNY' } },
    { text: '统筹资金1.2个亿。', quote: '1.2个亿', finds: { value: 120_000_000 } },
    { text: '累计投入3.6亿,新建学校', quote: '3.6亿', finds: { value: 360_000_000, dimension: 'money', unit: 'CNY' } },
  ],
  notExamples: ['粉丝3.6亿', '投资3亿元,新增学位1.2万'],
};

/** 补助1.2亿元,配套4800万,共计1.68亿: the amount before it in the sentence was money, and no noun says otherwise. */
function speaksOfMoney(item: Candidate, text: string, candidates: readonly Candidate[]): boolean {
  for (let i = item.index - 1; i >= 0 && i > item.index - 4; i--) {
    const before = candidates[i]!;
    if (item.start - before.end > 40 || /[。\n]/.test(text.slice(before.end, item.start))) return false;
    if (before.rejected === null && before.dimension !== null) return before.dimension === 'money';
  }
  return false;
}

const bareCount: BareRule = {
  name: 'bare: count',
  about: {
    en: 'A number without measure word behind the noun it counts: 总人口82.09万, 学位1.2万.',
    zh: '所计的名词之后、没有量词的数：总人口82.09万、学位1.2万。',
  },
  apply(item, { text }) {
    if (item.dimension !== null || item.form === 'chinese' || !endsPhrase(text, item.end)) return false;
    const end = headEnd(text, item.start);
    const head = counts.longest(text, end);
    if (!head || (item.exponent === 0 && !Number.isInteger(item.value))) return false;
    if (item.exponent === 0 && end === item.start && item.value < 1000) return false;
    return complete(item, 'count', head.value);
  },
  examples: [
    { text: '全县总人口82.09万。', quote: '82.09万', finds: { value: 820_900, unit: '人', dimension: 'count' } },
    { text: '新增学位1.2万,', quote: '1.2万', finds: { value: 12_000, unit: '个' } },
  ],
  notExamples: ['教师2', '学生1、'],
};

/** Completes numbers that no unit follows. */
export const barePass: Pass<Candidate, NumberContext> = {
  name: 'bare number',
  mode: 'first',
  rules: [coefficient, bareShare, bareCount, bareMoney],
};

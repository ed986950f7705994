// What is ruled out last: numbers that found no unit, articles (一所学校), and durations that are time words and no norm.
import type { Pass, Rule } from '../engine/rule.js';
import { type Candidate, clauseStart, type NumberContext } from './candidate.js';

type NoFigure = Rule<Candidate, NumberContext>;

const withoutUnit: NoFigure = {
  name: 'no figure: no unit',
  about: 'A number that neither a unit nor its head noun explains.',
  apply: (item) => item.dimension === null,
  examples: [{ text: '浏览次数1284563', quote: '1284563' }],
  notExamples: ['浏览1284563次'],
};

const article: NoFigure = {
  name: 'no figure: article',
  about: '一 before a measure word is an article unless something bounds or divides it.',
  apply(item, { text }) {
    if (item.form !== 'chinese' || item.value !== 1 || item.max !== null) return false;
    if (!['count', 'duration', 'area', 'length', 'other'].includes(item.dimension ?? '')) return false;
    if (item.end - item.start !== 1) return false;
    return item.bound === 'exact' && !/每[^,，。；;]{0,8}$/.test(text.slice(clauseStart(text, item.start), item.start));
  },
  examples: [{ text: '建成一所学校', quote: '一' }],
  notExamples: ['每校至少一名', '投资一亿元'],
};

/** Words before a duration that make it a norm or a length of its own. */
const normHeads =
  /(?:服务期|任期|聘期|学制|期限|有效期|时间|时长|周期|工期|年限|工龄|教龄|工作|任教|活动|锻炼|睡眠|不少于|不超过|不低于|至少|累计|期)[^,，。；;、]{0,3}$/;
const timeWords =
  /(?:近|过去|未来|前|后|最近|今后|连续|经过|历时|历经|用|这|上|下|头|为期|随后|提前|通过|利用|约|持续)$/;

const timeWord: NoFigure = {
  name: 'no figure: time word',
  about: 'A duration that only says when: 近三年, 三年来, 连续两年, 5天后.',
  apply(item, { text }) {
    if (item.dimension !== 'duration' || item.unit === '周岁' || item.unit === '周年') return false;
    if (
      /^(?:来|以来|前|后|内|间|期间|之内|之后|以后|以前)/.test(text.slice(item.quoteEnd, item.quoteEnd + 2)) ||
      /以来$/.test(text.slice(item.quoteStart, item.quoteEnd))
    )
      return true;
    const before = text.slice(Math.max(0, item.quoteStart - 8), item.quoteStart);
    const quoted = text.slice(item.quoteStart, item.start);
    if (timeWords.test(before) || /^(?:近|约|将近|接近)/.test(quoted)) return true;
    return item.bound === 'exact' && item.per.length === 0 && !normHeads.test(before);
  },
  examples: [
    { text: '近三年投入资金', quote: '三' },
    { text: '连续两年获评先进', quote: '两' },
    { text: '2014-2016年三年补充教师', quote: '三' },
  ],
  notExamples: ['服务期不少于5年', '每天活动不少于2小时'],
};

/** Rules out what is no figure after all. */
export const leftoverPass: Pass<Candidate, NumberContext> = {
  name: 'leftover',
  mode: 'first',
  rejects: true,
  rules: [withoutUnit, article, timeWord],
};

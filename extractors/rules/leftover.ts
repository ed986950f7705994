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
  /(?:服务期|任期|聘期|学制|期限|时限|有效期|时间|时长|时数|天数|日数|年数|周期|工期|寿命|年限|工龄|教龄|军龄|学龄|党龄|车程|路程|工作|任教|支教|挂职|活动|锻炼|运动|睡眠|徒刑|拘役|不少于|不超过|不低于|不高于|至少|至多|最长|最短|累计|总计|平均|达到?|缩短|压缩|延长|减少|减至|降至|增至|改为|由|从|每[周天日年月生人学期]{1,2}|期)(?:达到?|到|至|为|约|近|超过?|[^,，。；;、]{0,3})$/;

/** A length too exact or too long for a time word. */
const isMeasured = (item: Candidate): boolean =>
  (['小时', '分钟', '秒'].includes(item.unit) && (item.value >= 100 || !Number.isInteger(item.value))) ||
  (item.unit === '天' && item.value >= 100) ||
  item.unit === '工作日' ||
  item.unit === '学时';
const timeWords =
  /(?:近|过去|未来|前|后|最近|今后|连续|经过|历时|历经|用|这|上|下|头|为期|随后|提前|通过|利用|约|持续)$/;

/** What a duration behind which they stand is the length of: 90分钟车程, 3年试用期. */
const lengthNouns = /^的?(?:车程|路程|试用期|服务期|学制|工期|睡眠|有期徒刑|时长|以上工作|以上教学|以上工龄|以上教龄)/;

const timeWord: NoFigure = {
  name: 'no figure: time word',
  about: 'A duration that only says when: 近三年, 三年来, 连续两年, 5天后.',
  apply(item, { text }) {
    if (item.dimension !== 'duration' || item.unit === '周岁' || item.unit === '周年') return false;
    if (isMeasured(item) && !/^(?:前|后|之后|以后|以前)/.test(text.slice(item.quoteEnd, item.quoteEnd + 2)))
      return false;
    if (
      /^(?:来|以来|前|后|内|间|期间|之内|之后|以后|以前)/.test(text.slice(item.quoteEnd, item.quoteEnd + 2)) ||
      /以来$/.test(text.slice(item.quoteStart, item.quoteEnd))
    )
      return true;
    const before = text.slice(Math.max(0, item.quoteStart - 8), item.quoteStart);
    const quoted = text.slice(item.quoteStart, item.start);
    if (lengthNouns.test(text.slice(item.quoteEnd, item.quoteEnd + 4))) return false;
    if (timeWords.test(before) || /^(?:近|约|将近|接近)/.test(quoted)) return true;
    return (
      item.bound === 'exact' &&
      item.per.length === 0 &&
      !normHeads.test(before) &&
      (item.max === null || item.unit === '年')
    );
  },
  examples: [
    { text: '近三年投入资金', quote: '三' },
    { text: '连续两年获评先进', quote: '两' },
    { text: '2014-2016年三年补充教师', quote: '三' },
  ],
  notExamples: [
    '服务期不少于5年',
    '每天活动不少于2小时',
    '办理时限由15天压缩至3天',
    '约90分钟车程',
    '优良天数达到265天',
  ],
};

/** Rules out what is no figure after all. */
export const leftoverPass: Pass<Candidate, NumberContext> = {
  name: 'leftover',
  mode: 'first',
  rejects: true,
  rules: [withoutUnit, article, timeWord],
};

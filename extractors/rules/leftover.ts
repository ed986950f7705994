// What is ruled out last: numbers that found no unit, articles (一所学校), durations that are time words and no norm, grades
// and editions, numerals inside dictionary words.
import nodejieba from 'nodejieba';
import type { Pass, Rule } from '../engine/rule.js';
import { withinTime } from './bound.js';
import { type Candidate, clauseStart, type NumberContext, standsAlone, wordsAfter, wordsBefore } from './candidate.js';

type NoFigure = Rule<Candidate, NumberContext>;

const withoutUnit: NoFigure = {
  name: 'no figure: no unit',
  about: {
    en: 'A number that neither a unit nor its head noun explains.',
    zh: '既没有单位、也没有中心词可以说明的数。',
  },
  apply: (item) => item.dimension === null,
  examples: [{ text: '浏览次数1284563', quote: '1284563' }],
  notExamples: ['浏览1284563次'],
};

/** 中学一所、学生四十人: behind its noun 一 counts; before one it is an article. */
const isPostposed = (item: Candidate, text: string): boolean =>
  item.dimension === 'count' &&
  '所名位人座栋幢处台间家户套册件辆块张艘架门部支项场'.includes(item.unit) &&
  (item.quoteEnd === text.length || /[、，,。；;)）\n]/.test(text[item.quoteEnd]!)) &&
  /[\u4e00-\u9fa5]/.test(text[item.start - 1] ?? '') &&
  !'这那某另同再又新下上每任哪第有了是为成'.includes(text[item.start - 1]!);

const article: NoFigure = {
  name: 'no figure: article',
  about: {
    en: '一 before a measure word is an article unless something bounds or divides it.',
    zh: '量词前的“一”不算数，除非带有限定或比例。',
  },
  apply(item, { text }) {
    if (item.form !== 'chinese' || item.value !== 1 || item.max !== null) return false;
    if (!['count', 'duration', 'area', 'length', 'other'].includes(item.dimension ?? '')) return false;
    if (isPostposed(item, text)) return false;
    if (item.end - item.start !== 1 || standsAlone(text, item.quoteStart, item.quoteEnd)) return false;
    return item.bound === 'exact' && !/每[^,，。；;]{0,8}$/.test(text.slice(clauseStart(text, item.start), item.start));
  },
  examples: [{ text: '建成一所学校', quote: '一' }],
  notExamples: ['每校至少一名', '投资一亿元', '设中学一所、小学三所'],
};

/** Words before a duration that make it a norm or a length of its own. */
const normHeads =
  /(?:服务期|任期|聘期|学制|期限|时限|有效期|时间|时长|时数|天数|日数|年数|周期|工期|寿命|年限|工龄|教龄|军龄|学龄|党龄|车程|路程|工作|任教|支教|挂职|课间|午休|休息|活动|锻炼|运动|睡眠|徒刑|拘役|需要?|耗时|用时|不少于|不超过|不低于|不高于|至少|至多|最长|最短|累计|总计|平均|达到?|缩短|压缩|延长|减少|减至|降至|增至|改为|由|从|每[周天日年月生人学期]{1,2}|期|按照?|(?:连续|持续)[\u4e00-\u9fa5]{2})(?:达到?|到|至|为|约|近|超过?|[^,，。；;、]{0,3})$/;

/** A length too exact or too long for a time word. */
const isMeasured = (item: Candidate): boolean =>
  (['小时', '分钟', '秒'].includes(item.unit) && (item.value >= 100 || !Number.isInteger(item.value))) ||
  (item.unit === '天' && item.value >= 100) ||
  item.unit === '工作日' ||
  item.unit === '学时';
const timeWords =
  /(?:近|过去|未来|前|后|最近|今后|连续|经过|历时|历经|用|这|上|下|头|为期|随后|提前|通过|利用|约|持续)$/;

/** 不少于5年, 3年以上, 超过8小时 limit a duration; 30余年 and 约三年 only tell it roughly. */
const isBounded = (item: Candidate): boolean =>
  item.bound === 'at_least' || item.bound === 'at_most' || (item.bound !== 'exact' && item.quoteStart < item.start);

/** What a duration behind which they stand is the length of: 90分钟车程, 3年试用期. */
const lengthNouns =
  /^的?(?:免费教育|历史|车程|路程|试用期|服务期|学制|工期|睡眠|有期徒刑|时长|以上工作|以上教学|以上工龄|以上教龄)/;

const timeWord: NoFigure = {
  name: 'no figure: time word',
  about: {
    en: 'A duration that only says when: 近三年, 三年来, 连续两年, 5天后.',
    zh: '只说明时间的时长：近三年、三年来、连续两年、5天后。',
  },
  apply(item, { text }) {
    if (item.rules.includes(withinTime.name)) return false;
    if (item.dimension !== 'duration' || ['周岁', '岁', '周年'].includes(item.unit)) return false;
    if (isMeasured(item) && !/^(?:前|后|之后|以后|以前)/.test(wordsAfter(text, item.quoteEnd, 2))) return false;
    if (
      /^(?:来|以来|前|后|内|间|期间|之内|之后|以后|以前)/.test(wordsAfter(text, item.quoteEnd, 2)) ||
      /以来$/.test(text.slice(item.quoteStart, item.quoteEnd))
    )
      return true;
    if (standsAlone(text, item.quoteStart, item.quoteEnd)) return false;
    const before = wordsBefore(text, item.quoteStart, 8);
    const quoted = text.slice(item.quoteStart, item.start);
    if (lengthNouns.test(wordsAfter(text, item.quoteEnd, 4))) return false;
    if (timeWords.test(before) || /^(?:近|约|将近|接近)/.test(quoted)) return true;
    return (
      !isBounded(item) && item.per.length === 0 && !normHeads.test(before) && (item.max === null || item.unit === '年')
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

const insideWord: NoFigure = {
  name: 'no figure: inside a word',
  about: {
    en: 'A numeral in characters that a dictionary word holds whole with more around it: 五花八门, 两条腿.',
    zh: '汉字数字只是词典中某个词的一部分：五花八门、两条腿。',
  },
  apply(item, { text }) {
    if (
      item.form !== 'chinese' ||
      item.exponent > 0 ||
      item.end - item.start > 4 ||
      !['count', 'duration', 'length', 'other'].includes(item.dimension!)
    )
      return false;
    const left = wordsBefore(text, item.start, 6);
    let at = item.start - left.length;
    const window = left + text.slice(item.start, item.unitEnd) + wordsAfter(text, item.unitEnd, 6);
    for (const word of nodejieba.cut(window)) {
      const end = at + word.length;
      if (end > item.start)
        return at < item.start ? /^\p{Script=Han}+$/u.test(word) : end > item.unitEnd && end > item.end + 1;
      at = end;
    }
    return false;
  },
  examples: [
    { text: '活动内容五花八门', quote: '八' },
    { text: '坚持两条腿走路', quote: '两' },
  ],
  notExamples: ['新建三所学校', '十二个乡镇', '占九成以上'],
};

/** 二类园, 二层: what is counted is 两; 二 alone names the second. */
const isSecond = (item: Candidate, text: string): boolean =>
  item.dimension === 'count' &&
  item.end - item.start === 1 &&
  text[item.start] === '二' &&
  !'人名位金银铜'.includes(item.unit);

const enumerator: NoFigure = {
  name: 'no figure: grade or edition',
  about: {
    en: '三级医院, 6级地震, 二期工程, 十四届人大: the number names, it does not count.',
    zh: '三级医院、6级地震、二期工程、十四届人大：数用来称名，不计数量。',
  },
  apply(item, { text }) {
    const { unit } = item;
    const after = wordsAfter(text, item.unitEnd, 4);
    const before = wordsBefore(text, item.start, 6);
    if (isSecond(item, text)) return true;
    if (unit === '级')
      return (
        item.unitStart === item.unitEnd ||
        !/^(?:网络|体系|联动|联创|培养|考核|管理|书记|机制|目标|平台|架构|责任|贯通|服务|教研|师训|培训|调研|督导|评价)/.test(
          after,
        )
      );
    if (unit === '届') return !/(?:共|连续|已|举办|举行|了|承办)$/.test(before);
    if (unit === '期') return /^(?:工程|项目|建设|课改|规划|改造|用地|扩建|学员|党校)/.test(after) && item.value < 10;
    if (unit === '路') return item.value < 100;
    if (unit === '页') return /^[,，、\s]*第/.test(after);
    if (unit === '位') return /^小数/.test(after);
    return false;
  },
  examples: [
    { text: '发生6级地震', quote: '6' },
    { text: '推进三期工程建设', quote: '三' },
    { text: '乘坐12路公交', quote: '12' },
    { text: '评定二类园', quote: '二' },
  ],
  notExamples: ['构建三级网络', '举办培训班12期', '连续举办六届', '新增监控320路'],
};

/** Rules out what is no figure after all. */
export const leftoverPass: Pass<Candidate, NumberContext> = {
  name: 'leftover',
  mode: 'first',
  rejects: true,
  rules: [withoutUnit, article, timeWord, enumerator, insideWord],
};

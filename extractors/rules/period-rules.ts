// The time words of policy texts, each a pattern with what it resolves to and examples.
import { planPeriods } from '../lexicon/time.js';
import { monthRules } from './period-months.js';
import {
  countOf,
  example,
  monthsOf,
  pad,
  part,
  plan,
  point,
  type TimeRule,
  year,
  yearByName,
  yearOf,
  yearShifts,
} from './time-words.js';

/** Every rule, for one pass each over the text. */
export const periodRules: readonly TimeRule[] = [
  {
    name: 'time: plan period',
    about: {
      en: '“十三五”以来 runs to the document’s date, 期间 over the plan’s five years, 末 is its last year.',
      zh: '“十三五”以来算到成文日期，期间为规划的五年，末为最后一年。',
    },
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
    about: {
      en: '2016年以来, 自2012年9月起: to the document’s date.',
      zh: '2016年以来、自2012年9月起：算到成文日期。',
    },
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
    name: 'time: since something began',
    about: {
      en: '自2021年9月推行课后服务以来: from then to the document’s date.',
      zh: '自2021年9月推行课后服务以来：从那时算到成文日期。',
    },
    pattern: new RegExp(
      `[自从]${year}年(?:(?<month>\\d{1,2})月|(?:春|秋)季?(?:学期)?)?(?=[\\u4e00-\\u9fa5“”]{2,24}以来)`,
      'g',
    ),
    resolve: ({ year: words, month }, reference) =>
      reference && {
        period: { from: yearOf(words!) + (month ? `-${pad(month)}` : ''), to: reference.month },
        kind: 'since',
      },
    examples: [example('自2015年9月推行课后服务以来,开设课程', '自2015年9月', '2015-09', '2017-08')],
    notExamples: ['自2015年9月推行课后服务,开设课程'],
  },
  {
    name: 'time: years to come',
    about: {
      en: '今后三年, 未来五年: from the document’s year on.',
      zh: '今后三年、未来五年：从成文之年算起。',
    },
    pattern:
      /(?:(?:今后|未来|接下来的?)(?<count>[一两二三四五六七八九十]|\d{1,2})个?年(?:内|间|里)?|(?<=将|拟|计划|力争|争取|准备)[在用](?<within>[一两二三四五六七八九十]|\d{1,2})年(?:之?内|(?:左右的?)?时间))/g,
    resolve: ({ count, within }, reference) =>
      reference && {
        period: { from: String(reference.year), to: String(reference.year + countOf((count ?? within)!)) },
        kind: 'deadline',
      },
    examples: [
      example('今后三年,计划投资', '今后三年', '2017', '2020'),
      example('将在三年内新增编制', '在三年内', '2017', '2020'),
      example('计划用5年时间改造旱厕', '用5年时间', '2017', '2022'),
    ],
    notExamples: ['今后几年', '在三年内完成了'],
  },
  {
    name: 'time: whole year',
    about: {
      en: '全年 is the year that the text tells of; else the one that is over or nearly so at its date.',
      zh: '“全年”是文中所说的那一年；没有说，就是成文时已经或将要过完的一年。',
    },
    pattern: /(?<![今去前明当本上\d年])全年(?!\d+天)(?=(?:[,，]|[^按免制无天日停休营开平])[^。]{2})/g,
    resolve: (_, reference) =>
      reference && {
        ...point(String(reference.year - (Number(reference.month.slice(5) || 12) > 9 ? 0 : 1))),
        yearless: true,
      },
    examples: [example('全年教育支出5.1亿元', '全年', '2016')],
    notExamples: ['今年全年', '全年按200天计算', '全年200天计算', '2016年全年'],
  },
  {
    name: 'time: within the year',
    about: {
      en: '年内, 年底前: the document’s year.',
      zh: '年内、年底前：成文之年。',
    },
    pattern: /(?<![今去前明当本上同半近多几\d年一二两三四五六七八九十])(?:年内|年底前|年底之前)/g,
    resolve: (_, reference) => reference && point(String(reference.year)),
    examples: [example('年底前更新校车', '年底前', '2017')],
    notExamples: ['今年内', '2018年底前', '三年内'],
  },
  {
    name: 'time: school year',
    about: {
      en: '2023—2024学年 runs from September to August.',
      zh: '2023—2024学年：从9月到次年8月。',
    },
    pattern: /(?<year>20\d\d)(?:(?:年)?[-—–~至到](?<next>20\d\d|\d\d))?学年度?/g,
    resolve: ({ year: first }) => ({ period: { from: `${first}-09`, to: `${Number(first) + 1}-08` }, kind: 'span' }),
    examples: [
      example('2015-2016学年', '2015-2016学年', '2015-09', '2016-08'),
      example('2016学年招生1200人', '2016学年', '2016-09', '2017-08'),
    ],
    notExamples: ['2015-2016年'],
  },
  {
    name: 'time: school term',
    about: {
      en: '上学期, 本学期: the term before, or of, the document’s date; September to January, and February to July.',
      zh: '上学期、本学期：成文日期之前或当时的学期，9月至次年1月，2月至7月。',
    },
    pattern: /(?<![年级一二三学每])(?<which>上|本|这)个?学期(?!间)/g,
    resolve({ which }, reference) {
      const month = Number(reference?.month.slice(5));
      if (!reference || !month) return null;
      // Terms are counted by halves of the years: 2 a year, spring first.
      const now = 2 * reference.year + (month === 1 ? -1 : month < 8 ? 0 : 1);
      const term = which === '上' ? now - 1 : now;
      const at = Math.floor(term / 2);
      const [from, to] = term % 2 === 0 ? [`${at}-02`, `${at}-07`] : [`${at}-09`, `${at + 1}-01`];
      return { period: { from, to }, kind: 'span' };
    },
    examples: [
      example('上学期减免费用', '上学期', '2017-02', '2017-07'),
      example('本学期开设课程', '本学期', '2017-09', '2018-01'),
    ],
    notExamples: ['上学期间', '七年级上学期', '每学期', '2017年上学期'],
  },
  ...monthRules,
  {
    name: 'time: span of years',
    about: {
      en: '2014-2017年, 2014年至2016年: both ends included.',
      zh: '2014-2017年、2014年至2016年：首尾两年都算。',
    },
    pattern:
      /(?<year>(?:19|20)\d\d)年?(?:[-—–~～至到]|——)(?<next>(?:19|20)\d\d)年(?:(?:[一两二三四五六七八九十]|\d)年)?(?:间|期间)?/g,
    resolve: ({ year: first, next }) => ({ period: { from: first!, to: next! }, kind: 'span' }),
    examples: [example('2014-2016年三年补充教师', '2014-2016年三年', '2014', '2016')],
    notExamples: ['2014-2016学年'],
  },
  {
    name: 'time: deadline',
    about: {
      en: '到2025年, 截至2016年底: a point at the end of that year.',
      zh: '到2025年、截至2016年底：当年年末这一时点。',
    },
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
    name: 'time: part of a year',
    about: {
      en: '2016年上半年, 今年前三季度, 去年1至9月, 二季度: the months from the first to the last.',
      zh: '2016年上半年、今年前三季度、去年1至9月、二季度：从首月到末月。',
    },
    pattern: new RegExp(`(?:(?:${year}年|(?<name>今年|去年|本年|本年度|当年|上年|明年))的?)?${part}`, 'g'),
    resolve(groups, reference) {
      const months = monthsOf(groups);
      if (!months) return null;
      const at = groups.year ? Number(yearOf(groups.year)) : yearByName(groups.name, months.to, reference);
      if (at === null) return null;
      const [from, to] = [months.from, months.to].map((month) => `${at}-${pad(String(month))}`);
      const kind = groups.name === '明年' ? ('deadline' as const) : ('span' as const);
      return { period: { from: from!, to: to! }, kind, yearless: !groups.year && !groups.name };
    },
    examples: [
      example('今年上半年完成投资', '今年上半年', '2017-01', '2017-06'),
      example('2016年前三季度支出', '2016年前三季度', '2016-01', '2016-09'),
      example('去年二季度', '去年二季度', '2016-04', '2016-06'),
      example('1至6月,全县教育支出', '1至6月', '2017-01', '2017-06'),
    ],
    notExamples: ['2016年秋季', '1-6年级', '每季度'],
  },
  {
    name: 'time: date or year',
    about: {
      en: '2016年, 2021年秋季, 2024年9月, 2024年9月3日.',
      zh: '2016年、2021年秋季、2024年9月、2024年9月3日。',
    },
    pattern: new RegExp(
      `${year}年(?:(?<month>\\d{1,2})月(?:份|底|初|(?<day>\\d{1,2})日)?|度|底|末|初|全年|(?:春|秋|暑|寒)[季期假]?(?:学期)?)?`,
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
    about: {
      en: '今年以来 runs from January to the document’s date.',
      zh: '今年以来：从1月算到成文日期。',
    },
    pattern: /今年以来|年初以来|本学年以来/g,
    resolve: (_, reference) =>
      reference && { period: { from: String(reference.year), to: reference.month }, kind: 'since' },
    examples: [example('今年以来,组织报告会', '今年以来', '2017', '2017-08')],
    notExamples: ['今年,'],
  },
  {
    name: 'time: since last year',
    about: {
      en: '去年以来, 去年起, 去年9月起: from January, or the month, of last year to the document’s date.',
      zh: '去年以来、去年起、去年9月起：从上年1月（或所说的月份）算到成文日期。',
    },
    pattern: /[自从]?去年(?:(?<month>\d{1,2})月)?(?:以来|起(?![点步草伏])|开始)/g,
    resolve: ({ month }, reference) =>
      reference && {
        period: { from: String(reference.year - 1) + (month ? `-${pad(month)}` : ''), to: reference.month },
        kind: 'since',
      },
    examples: [
      example('去年以来,已组织', '去年以来', '2016', '2017-08'),
      example('从去年9月起,每月发放', '从去年9月起', '2016-09', '2017-08'),
    ],
    notExamples: ['去年,'],
  },
  {
    name: 'time: year by name',
    about: {
      en: '今年, 去年, 明年, 本年度 are calendar years; a holiday or season of them counts as the year.',
      zh: '今年、去年、明年、本年度是自然年；其中的假期、季节按全年计。',
    },
    pattern:
      /(?<name>今年|去年|明年|前年|本年度|当年|上年|本年)(?:(?<month>\d{1,2})月(?:份|底|初)?|暑假|寒假|春季|秋季|全年|底|初|年初)?/g,
    resolve({ name, month }, reference) {
      if (!reference) return null;
      const at = String(reference.year + (yearShifts[name!] ?? 0)) + (month ? `-${pad(month)}` : '');
      return point(at, name === '明年' ? 'deadline' : 'point');
    },
    examples: [
      example('今年招聘教师464人', '今年', '2017'),
      example('今年暑假,组织', '今年暑假', '2017'),
      example('去年投入', '去年', '2016'),
      example('去年9月启用', '去年9月', '2016-09'),
    ],
    notExamples: ['近年来'],
  },
  {
    name: 'time: now',
    about: {
      en: '目前, 现有, 截至目前: the document’s month.',
      zh: '目前、现有、截至目前：成文当月。',
    },
    pattern: /截至目前|截止目前|到目前为止|目前|如今|现有|当前|现已有|现拥有|现共有|现设有?|现辖/g,
    resolve: (_, reference) => reference && point(reference.month, 'now'),
    examples: [example('目前,拥有名师18名', '目前', '2017-08'), example('现有学校138所', '现有', '2017-08')],
    notExamples: ['呈现有序'],
  },
  {
    name: 'time: last years',
    about: {
      en: '近三年, 过去五年: the years before the document’s date, at the precision of the year.',
      zh: '近三年、过去五年：成文日期之前的几年，精确到年。',
    },
    pattern:
      /(?!过去一年(?!来))(?:近|最近|过去|(?<!学|以|目|之)前)(?<count>[一两二三四五六七八九十]|\d{1,2})个?年(?:来|间|以来|多来)?/g,
    resolve: ({ count }, reference) =>
      reference && {
        period: { from: String(reference.year - countOf(count!)), to: String(reference.year) },
        kind: 'since',
      },
    examples: [example('近三年,投入资金', '近三年', '2014', '2017')],
    notExamples: ['三年来', '学前三年毛入园率'],
  },
  {
    name: 'time: years ago',
    about: {
      en: '三年前 at the opening of a clause: the year so many before the document’s.',
      zh: '分句开头的“三年前”：成文之年往前数的那一年。',
    },
    pattern: /(?<=^|[。；;，,\n“：:])(?<count>[一两二三四五六七八九十]|\d{1,2})年前(?=[,，]|的[今这])/g,
    resolve: ({ count }, reference) => reference && point(String(reference.year - countOf(count!))),
    examples: [example('三年前,公办园占比还不到三成', '三年前', '2014')],
    notExamples: ['比三年前增加'],
  },
  {
    name: 'time: years up to now',
    about: {
      en: '三年来, 五年以来.',
      zh: '三年来、五年以来。',
    },
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
    name: 'time: past year',
    about: {
      en: '过去一年 is the calendar year before; at the end of a year that year.',
      zh: '过去一年：上一自然年；年末成文的，就是当年。',
    },
    pattern: /过去的?(?:这)?一年(?!来)/g,
    resolve: (_, reference) =>
      reference && point(String(reference.year - (Number(reference.month.slice(5) || 1) > 10 ? 0 : 1))),
    examples: [example('过去一年,全县新增学位', '过去一年', '2016')],
    notExamples: ['过去一年来'],
  },
  {
    name: 'time: undated',
    about: {
      en: '近年来, 一直以来 give no date and end the reach of the dates before them.',
      zh: '近年来、一直以来：没有确切时间，前面的时间到此为止。',
    },
    pattern: /近年来|近些年来?|近几年来?|一直以来|多年来|长期以来|历年来/g,
    resolve: () => ({ period: null, kind: 'undated' }),
    examples: [{ text: '近年来,我县', quote: '近年来', finds: { period: null } }],
    notExamples: ['近三年来'],
  },
];

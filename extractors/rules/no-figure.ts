// Numbers that measure nothing, told by where they stand: titles, dates, ordinals, codes, quoted names, words that hold a
// numeral. Runs before units are looked for. Precision is lost here by every peer, so each kind has its own named rule.
import type { Pass, Rule } from '../engine/rule.js';
import { Trie } from '../engine/trie.js';
import { namesWithNumerals, sloganTails } from '../lexicon/names.js';
import { type Candidate, type NumberContext, spanAround, wordsAfter, wordsBefore } from './candidate.js';
import { unitAt } from './unit.js';

type NoFigure = Rule<Candidate, NumberContext>;

const names = new Trie(namesWithNumerals.map((word) => [word, true] as const));
const longestName = Math.max(...namesWithNumerals.map((word) => word.length));
const dashes = '-—–~～至到―－';
const letters = /[A-Za-zＡ-Ｚａ-ｚ]/;
const unitLetters =
  /^(?:m²|m2|m³|m3|㎡|mm|cm|km|kg|mg|g|m|MM|CM|KM|M|G|T|L|ml|mL|Mbps|Gbps|GB|MB|TB|KB|PB|km²|km2|kWh|mAh|dB|lx|KWh|kW|MW|GW|kV)(?![A-Za-z0-9])/;

/** Four digits that name a year of our time. */
function isYear(item: Candidate): boolean {
  return (
    item.form === 'year' ||
    (item.form === 'arabic' &&
      item.exponent === 0 &&
      item.end - item.start === 4 &&
      item.value >= 1900 &&
      item.value <= 2100)
  );
}

const inTitle: NoFigure = {
  name: 'no figure: title',
  about: {
    en: 'Inside 《…》: the title of a document.',
    zh: '在《……》之内，是文件名称的一部分。',
  },
  apply: (item, { titles }) => spanAround(titles, item.start) !== null,
  examples: [{ text: '印发《学校建设三年行动计划(2022—2025)》', quote: '2022' }],
  notExamples: ['《方案》提出新建12所学校'],
};

const date: NoFigure = {
  name: 'no figure: date',
  about: {
    en: 'Years, year spans, dates and clock times.',
    zh: '年份、起止年份、日期和钟点。',
  },
  apply(item, { text, candidates }) {
    const after = text[item.end] ?? '';
    if (isYear(item)) {
      if ('年届级版/.'.includes(after || '\n') || text.startsWith('学年', item.end)) return true;
      const next = candidates[item.index + 1];
      if (next && isYear(next) && next.start - item.end <= 2 && dashes.includes(after || '\n')) return true;
      const before = candidates[item.index - 1];
      if (before && isYear(before) && item.start - before.end <= 3 && dashes.includes(text[item.start - 1]!))
        return true;
      if ('(（〔[［﹝'.includes(text[item.start - 1] ?? '\n') && ')）〕]］﹞-—'.includes(after || '\n')) return true;
    }
    if (after === '月' || (after === '日' && text[item.start - 1] === '月')) return true;
    if (after === '年' && item.form !== 'round' && isDatedYear(text, item)) return true;
    return isDottedDate(text, item);
  },
  examples: [
    { text: '自2016年以来', quote: '2016' },
    { text: '二〇一七年八月', quote: '二〇一七' },
    { text: '2014-2017年完成投资', quote: '2014' },
    { text: '2024-05-21 15:56发布', quote: '2024' },
  ],
  notExamples: ['新增学位2016个', '服务期不少于5年'],
};

/** 17年9月, 十八年前: a short year with a month behind it. */
function isDatedYear(text: string, item: Candidate): boolean {
  return /^年(?:\d{1,2}|[一二三四五六七八九十]{1,2})月/.test(wordsAfter(text, item.end, 4));
}

const isDateMark = (text: string, at: number): boolean => at >= 0 && at < text.length && '-/.:：'.includes(text[at]!);

/** 2024-05-21, 2017/8/2, 15:56:22. */
function isDottedDate(text: string, item: Candidate): boolean {
  if (
    item.form !== 'arabic' ||
    !(isDateMark(text, item.start - 1) || isDateMark(text, item.end) || item.mantissa.includes('.'))
  )
    return false;
  const around = text.slice(Math.max(0, item.start - 11), item.end + 11);
  const at = item.start - Math.max(0, item.start - 11);
  for (const match of around.matchAll(
    /(?:19|20)\d\d[-/.]\d{1,2}(?:[-/.]\d{1,2})?(?!\d)|\d{1,2}[:：]\d{2}(?:[:：]\d{2})?(?!\d|\.\d)/g,
  )) {
    if (match.index <= at && at < match.index + match[0].length) {
      const clock = /[:：]/.test(match[0]);
      const oneDot = /^\d+\.\d+$/.test(match[0]);
      if (oneDot && (unitAt(text, item.end) !== null || /[万亿余多]/.test(text[item.end] ?? '') || item.exponent > 0))
        return false;
      if (!clock || isClock(match[0], around, match.index)) return true;
    }
  }
  return false;
}

/** 16:10 after a date or alone, but not behind a word that asks for a ratio. */
function isClock(words: string, around: string, at: number): boolean {
  const [hours = 99, minutes = 99] = words.split(/[:：]/).map(Number);
  return (
    hours < 25 &&
    minutes < 60 &&
    words.split(/[:：]/)[1]!.length === 2 &&
    !/(?:[比例为达按照]|小学|初中|高中)\s*$/.test(around.slice(0, at))
  );
}

const ordinalName = 'no figure: ordinal';

const ordinal: NoFigure = {
  name: ordinalName,
  about: {
    en: 'Behind 第, its list (第5、6节) included, behind 其, or in 之一.',
    zh: '在“第”之后（连同第5、6节这样的并列），在“其”之后，或在“之一”中。',
  },
  apply(item, { text, candidates }) {
    const before = text[item.start - 1];
    if (before === '第' || (item.form === 'chinese' && (before === '其' || before === '之'))) return true;
    const last = candidates[item.index - 1];
    if (last?.rejected !== ordinalName || item.start - last.end > 2) return false;
    return /^[、,，和及与至到~～—–-]+$/.test(text.slice(last.end, item.start)) && text[item.start - 1] !== '，';
  },
  examples: [
    { text: '位列全省第3名', quote: '3' },
    { text: '第十三个五年规划', quote: '十三' },
    { text: '下午第5、6节', quote: '6' },
  ],
  notExamples: ['共3名', '其中3、5、7所'],
};

const rank: NoFigure = {
  name: 'no figure: rank',
  about: {
    en: '前20名, 前三位, 前十: a place in an order, not a count.',
    zh: '前20名、前三位、前十：是名次，不是数量。',
  },
  apply(item, { text }) {
    if (/(?:排名|排在|位列|列)(?:最|末|倒数)?后$|倒数$/.test(wordsBefore(text, item.start, 5)))
      return item.exponent === 0 && /^[名位]/.test(wordsAfter(text, item.end, 1));
    if (text[item.start - 1] !== '前' || notRank.includes(text[item.start - 2] ?? '')) return false;
    return item.exponent === 0 && /^(?:名|位|强|列|甲|茅|[,，。、；;)）\n]|$)/.test(wordsAfter(text, item.end, 1));
  },
  examples: [
    { text: '综合考核进入全省前20名', quote: '20' },
    { text: '质量位居全市前三', quote: '三' },
    { text: '对排名后3位的单位约谈', quote: '3' },
  ],
  notExamples: ['目前20名教师', '学前3名教师', '此前5名'],
};
const notRank = [...'目此之以当学年日先提月后向课饭餐面空会战生产婚事'];

const classNumber: NoFigure = {
  name: 'no figure: class or grade',
  about: {
    en: '三年级(2)班, 二年级三班, 高一(3)班, 初三, 高二: the name of a class.',
    zh: '三年级(2)班、二年级三班、高一(3)班、初三、高二：是班级年级的名称。',
  },
  apply(item, { text }) {
    const before = wordsBefore(text, item.start, 4);
    const after = wordsAfter(text, item.end, 3);
    if (/年级[(（]?$/.test(before) && /^[)）]?班/.test(after)) return true;
    if (/[初高大][一二三四][(（]?$/.test(before) && /^[)）]?班/.test(after)) return true;
    if (/[一二三四五六七八九\d][(（]$/.test(before) && /^[)）]班/.test(after)) return true;
    if (/^[(（]\d{1,2}[)）]班/.test(wordsAfter(text, item.end, 6))) return true;
    return (
      item.form === 'chinese' &&
      item.value < 4 &&
      /(?:^|[^提最更新较增升年月周])[初高]$/.test(before) &&
      !/^[所个名位家座栋届次批万亿千百余多成倍]/.test(after)
    );
  },
  examples: [
    { text: '三年级(2)班的学生', quote: '2' },
    { text: '二年级三班夺冠', quote: '三' },
    { text: '面向高一新生', quote: '一' },
  ],
  notExamples: ['初中三班倒', '三年级2个班', '产量提高三成'],
};

const proportions: NoFigure = {
  name: 'no figure: proportion of several',
  about: {
    en: '6:3:1, 5比3比2: three parts and more are no single value.',
    zh: '6:3:1、5比3比2：三项以上的比，不是一个值。',
  },
  apply(item, { text }) {
    const before = /(?:\d[:：∶]|[\d一二三四五六七八九]比){1,2}$/.exec(wordsBefore(text, item.start, 8))?.[0] ?? '';
    const after =
      /^(?:[:：∶]\d+(?:\.\d+)?|比[\d一二三四五六七八九]+){1,2}/.exec(wordsAfter(text, item.end, 10))?.[0] ?? '';
    const parts = (words: string): number => words.match(/[:：∶比]/g)?.length ?? 0;
    return parts(before) + parts(after) >= 2;
  },
  examples: [
    { text: '高级、中级、初级教师比为1:6:3', quote: '6' },
    { text: '按5:3:2的比例分担', quote: '5' },
    { text: '三类学校之比为5比3比2', quote: '2' },
  ],
  notExamples: ['生师比达到16:1', '教师与学生比为1:12.5'],
};

const pageCounter: NoFigure = {
  name: 'no figure: page counter',
  about: {
    en: '浏览:1234次, 点击: 547次: what the site counts about the page.',
    zh: '浏览:1234次、点击: 547次：是网站对网页的计数。',
  },
  apply: (item, { text }) =>
    /(?:浏览|点击|阅读|访问|下载|点赞|评论|转发|收藏|人气)(?:次数|数|量)?\s*[:：]\s*$/.test(
      wordsBefore(text, item.start, 10),
    ),
  examples: [{ text: '浏览:1234次', quote: '1234' }],
  notExamples: ['全年阅读1234次', '图书馆:藏书1234册'],
};

/** 笔试成绩×40%: the weight of a mark. */
const weighs = (text: string, item: Candidate): boolean =>
  /(?:成绩|得分|分数|折算分|分)[×xX*]$/.test(wordsBefore(text, item.start, 4)) &&
  /^[%％]/.test(wordsAfter(text, item.end, 1));

const code: NoFigure = {
  name: 'no figure: code',
  about: {
    en: 'Joined to letters, plus signs or further digits: A4, 1+N, 5+2, 0531-51756531, 12355热线.',
    zh: '与字母、加号或其他数字相连：A4、1+N、5+2、电话号码、12355热线。',
  },
  apply(item, { text }) {
    const before = text[item.start - 1] ?? '';
    const after = text[item.end] ?? '';
    if (weighs(text, item)) return false;
    if ('+＋×*#@&_'.includes(before || '\n') || '+＋×*#@&_'.includes(after || '\n')) return true;
    if (letters.test(before)) return true;
    if (/^\s{0,2}(?:mm|cm|m|毫米|厘米|米)?\s?[×xX*]\s?\d/.test(wordsAfter(text, item.end, 9))) return true;
    if (text.startsWith('一式', item.start - 2)) return true;
    if (letters.test(after) && !unitLetters.test(wordsAfter(text, item.end, 6))) return true;
    if (item.form !== 'arabic') return false;
    const digits = /^[\d０-９.．,，]*/.exec(text.slice(item.start, item.end))![0];
    if (digits.length > 1 && digits[0] === '0' && digits[1] !== '.' && digits[1] !== '．') return true;
    if (
      /^[-—]\d{5,}/.test(wordsAfter(text, item.end, 7)) ||
      (/\d{3,}[-—]$/.test(wordsBefore(text, item.start, 5)) && digits.length > 5)
    )
      return true;
    return /^(?:热线|平台|工程|计划|行动|模式|机制|号)/.test(wordsAfter(text, item.end, 2));
  },
  examples: [
    { text: '推进5+2课后服务', quote: '5' },
    { text: '电话:0531-51756531', quote: '0531' },
    { text: '曲政办字〔2024〕17号', quote: '17' },
    { text: '开通12355热线', quote: '12355' },
    { text: '展板1200mm×800mm', quote: '1200' },
  ],
  notExamples: ['建筑面积500m2'],
};

/** What a quotation before it is the name of. */
const namedThings = /^(?:系列)?(?:工程|行动|计划|活动|战略|模式|机制|体系|思路|布局|专项|课堂|评选|培养|项目)/;

const quotedName: NoFigure = {
  name: 'no figure: quoted name',
  about: {
    en: 'A short quotation that holds a numeral is a name: “三通两平台”, “1530”, “十四五”.',
    zh: '引号内含数字的短语是名称：“三通两平台”“1530”“十四五”。',
  },
  apply(item, { text, quotations }) {
    const span = spanAround(quotations, item.start);
    if (!span || span.end - span.start > 18) return false;
    if (/[+＋]/.test(text.slice(span.start, span.end))) return true;
    if (item.form !== 'arabic' || namedThings.test(wordsAfter(text, span.end, 4))) return true;
    const rest = text.slice(item.end, span.end - 1);
    return !/^(?:[余多]?[万亿]?元|%|％|[余多]?[万亿]?(?:名|人|所|个)|平方米)/.test(rest);
  },
  examples: [
    { text: '落实“1530”安全机制', quote: '1530' },
    { text: '实施“5个100”工程', quote: '5' },
    { text: '推行“1名校长+2名教师”模式', quote: '1' },
    { text: '“三通两平台”建设', quote: '三' },
  ],
  notExamples: ['荣获“先进单位”称号3所'],
};

const nameWord: NoFigure = {
  name: 'no figure: name with a numeral',
  about: {
    en: 'A word that holds a numeral and measures nothing: 九年一贯制, 三农, 队伍, 四川, 统一.',
    zh: '词中含数字而不计量：九年一贯制、三农、队伍、四川、统一。',
  },
  apply(item, { text }) {
    if (item.form === 'arabic') return isTermOfYears(text, item);
    if (item.form === 'round' && /[近超上逾约过数几不]/.test(text.slice(item.start - 1, item.start + 1))) return false;
    for (let from = Math.max(0, item.start - longestName + 1); from <= item.start; from++) {
      const match = names.longest(text, from);
      if (match && covers(item, from, from + match.length)) return true;
    }
    return isSlogan(text, item) || isTermOfYears(text, item);
  },
  examples: [
    { text: '完善队伍建设', quote: '伍' },
    { text: '九年一贯制学校', quote: '九' },
    { text: '每生一人一档', quote: '一' },
    { text: '制定三年行动计划', quote: '三' },
  ],
  notExamples: ['新建三所学校', '近百家企业', '三公里'],
};

/** The name holds the whole numeral and at least one character more: 四百名 holds no 百名校. */
const covers = (item: Candidate, from: number, to: number): boolean =>
  to >= item.end && (from < item.start || to > item.end);

/** 一人一档, 一校一策. */
const isPair = (text: string, at: number): boolean =>
  text[at] === '一' && (text[at + 2] === '一' || text[at - 2] === '一');

/** 四个自信, 三个坚持. */
function isSlogan(text: string, item: Candidate): boolean {
  if (item.form === 'chinese' && item.end - item.start === 1 && isPair(text, item.start)) return true;
  const at = text[item.end] === '个' || text[item.end] === '项' ? item.end + 1 : item.end;
  return item.form === 'chinese' && at > item.end && sloganTails.some((tail) => text.startsWith(tail, at));
}

/** 三年行动, 3年行动计划, 五年规划. */
function isTermOfYears(text: string, item: Candidate): boolean {
  return /^个?年(?:行动|规划|计划|攻坚|提升|目标|巩固率|发展规划|建设规划|制|一贯|义务|级)/.test(
    wordsAfter(text, item.end, 6),
  );
}

/** Rules numbers out by where they stand. */
export const noFigurePass: Pass<Candidate, NumberContext> = {
  name: 'no figure',
  mode: 'first',
  rejects: true,
  rules: [inTitle, ordinal, rank, classNumber, proportions, pageCounter, quotedName, code, nameWord, date],
};

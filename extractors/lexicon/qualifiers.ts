// Words that bound a number. None of them is ever matched and dropped: each sets the bound of its figure.
import type { Bound } from '../../src/model/record.js';

const table = (bound: Bound, words: string): [string, Bound][] => words.split(/\s+/).map((word) => [word, bound]);

/** Touch the number from the left and belong to the quote. */
export const prefixes: readonly [string, Bound][] = [
  ...table(
    'at_least',
    '不低于 不少于 不小于 不得低于 不得少于 不能低于 不能少于 至少 最少 最低 起码 至少有 至少达到 不低于每 大于等于 大于或等于 高于或等于 ≥ ≧ 满 不下 不下于 下限为 不低于人均',
  ),
  ...table(
    'at_most',
    '不超过 不高于 不大于 不多于 不得超过 不得高于 不得多于 不能超过 不超出 最高 最高可 最高可达 最高达 最高达到 最高为 最多 最多可 最多可达 至多 上限为 小于等于 小于或等于 低于或等于 ≤ ≦',
  ),
  ...table('over', '超过 超 逾 突破 多于 高于 大于 远超 远超过 超出 不止 早已超过 > ＞'),
  ...table('under', '近 将近 接近 不足 不到 未满 低于 少于 小于 不满 几近 < ＜'),
  ...table('about', '约 大约 大概 约为 约有 约达 约计 大致 左右约 平均约 ≈ 约合'),
];

/** Bound a number further on in the same clause (不低于符合条件教师总数的10%, 至少配备2名). Not part of the quote. */
export const distantPrefixes: readonly [string, Bound][] = [
  ...table('at_least', '不低于 不少于 不小于 不得低于 不得少于 不能低于 不能少于 至少 最少 最低 下限'),
  ...table('at_most', '不超过 不高于 不大于 不多于 不得超过 不得高于 不得多于 不能超过 最高 最多 至多 上限'),
  ...table('about', '大约 约'),
];

/** Touch the unit from the right and belong to the quote. */
export const suffixes: readonly [string, Bound][] = [
  ...table('at_least', '以上 及以上 (含)以上 （含）以上 (含)及以上 （含）及以上 之上 起 起步'),
  ...table('at_most', '以内 之内 以下 及以下 (含)以下 （含）以下 (含)以内 （含）以内 封顶'),
  ...table('about', '左右 上下 前后'),
  ...table('over', '多 余 有余 开外 强'),
  ...table('under', '弱'),
];

/** 以上 and its kin in another meaning: 起来, 以下简称, 以内涵. */
export const notSuffixes = [
  '起来',
  '起点',
  '起始',
  '起草',
  '起到',
  '以下简称',
  '以下几',
  '以下方面',
  '以下措施',
  '以内涵',
  '强化',
  '强调',
  '强校',
  '强势',
  '弱化',
  '弱势',
  '多元',
  '多样',
  '多媒体',
  '多功能',
  '多种',
  '多个',
  '多校',
  '多方',
  '多层',
  '多学科',
  '多渠道',
  '多平台',
  '余下',
  '余额',
  '多彩',
  '起重',
  '前后端',
];

// Time words of policy texts and the plan periods they name. Years of the five-year plans: 国民经济和社会发展五年规划,
// one every five years since 1953; 十三五 is 2016-2020.

/** First year of each plan; the last is four years later. */
export const planPeriods: Readonly<Record<string, number>> = {
  八五: 1991,
  九五: 1996,
  十五: 2001,
  十一五: 2006,
  十二五: 2011,
  十三五: 2016,
  十四五: 2021,
  十五五: 2026,
  十六五: 2031,
};

/** Begin a sentence that leaves the time of the one before. */
export const timeBreaks = [
  '同时',
  '此外',
  '另外',
  '近年来',
  '近些年',
  '一直以来',
  '多年来',
  '长期以来',
  '下一步',
  '今后',
  '接下来',
  '一是',
  '二是',
  '三是',
  '四是',
  '五是',
  '六是',
  '七是',
  '八是',
  '第一',
  '第二',
  '第三',
  '第四',
  '其次',
  '再次',
];

/** Begin a sentence that goes on with the one before. */
export const continuations = ['其中', '其余', '另有', '并', '包括', '分别'];

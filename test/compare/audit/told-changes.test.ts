// Changes told as an amount or a multiple, beside the two values that the words name; and rates between two named values.
import { describe, expect, it } from 'vitest';
import { checkGrowth } from '../../../src/compare/audit/growth.js';
import { checkToldChanges } from '../../../src/compare/audit/told-changes.js';
import type { StoredFigure } from '../../../src/model/cell.js';
import { invented } from './invented.js';

type Fields = Record<string, Partial<StoredFigure>>;
const doubling = { m: { dimension: 'multiple', unit: '1', value: 2, bound: 'exact' } } as const;
const points = { d: { dimension: 'other', unit: '百分点', value: 8 } } as const;
const told = (text: string, fields: Fields = {}) =>
  checkToldChanges(invented(text, fields).figures).map(({ kind, verdict, computed }) => [kind, verdict, computed]);

describe('an amount of change', () => {
  it.each<[string, string, string, Fields?]>([
    ['体育教师{a:210人},比2019年的{b:150人}增加{d:60人}。', 'holds', '210人 − 150人 = 60人'],
    ['体育教师{a:210人},比2019年的{b:150人}增加{d:70人}。', 'overstated', '210人 − 150人 = 60人'],
    ['学校由2020年的{a:120所}减少到2023年的{b:96所},减少{d:24所}。', 'holds', '120所 − 96所 = 24所'],
    ['学校由2020年的{a:120所}减少到2023年的{b:96所},减少{d:20所}。', 'understated', '120所 − 96所 = 24所'],
    ['在校生{a:3.2万人},比上年的{b:3.1万人}增加{d:800人}。', 'rounds', '3.2万人 − 3.1万人 = 1000人'],
    ['本科率达到{a:90%},比2022年的{b:82%}提高{d:8个百分点}。', 'holds', '90% − 82% = 8个百分点', points],
    ['本科率由{a:82%}提高到{b:88%},提高{d:8个百分点}。', 'overstated', '88% − 82% = 6个百分点', points],
    ['小学{a:58所},比初中的{b:21所}多{d:37所}。', 'holds', '58所 − 21所 = 37所'],
  ])('%s', (text, verdict, computed, fields) => {
    expect(told(text, fields)).toEqual([['growth', verdict, computed]]);
  });

  it.each([
    ['an average', '在校生{a:3300人},比2020年的{b:3000人}年均增加{d:100人}。'],
    ['a part', '在校生由{a:3000人}增加到{b:3300人},其中新增{d:120人}。'],
    ['other things', '在校生{a:3300人},比教师的{b:300人}增加{d:100所}。'],
    ['another sentence', '在校生由{a:3000人}增加到{b:3300人}。教师增加{d:120人}。'],
    ['a list', '小学{a:58所}、初中{b:21所},新增{d:3所}。'],
  ])('says nothing of %s', (_name, text) => {
    expect(told(text)).toEqual([]);
  });
});

describe('a multiple of a value that the words name', () => {
  it.each<[string, string, string, Fields?]>([
    [
      '工作室由{a:30个}增加到{b:66个},是原来的{m:两倍多}。',
      'holds',
      '66个 ÷ 30个 = 2.2',
      { m: { dimension: 'multiple', unit: '1', value: 2, bound: 'over' } },
    ],
    [
      '工作室从{a:30个}增加到{b:40个},是2020年的{m:两倍}。',
      'overstated',
      '40个 ÷ 30个 = 1.33',
      { m: { dimension: 'multiple', unit: '1', value: 2, bound: 'exact' } },
    ],
    ['新增学位{a:12600个},是前三年{b:6000个}的{m:两倍多}。', 'holds', '1.26万个 ÷ 6000个 = 2.1'],
    ['新增学位{a:11000个},是前三年{b:6000个}的{m:两倍多}。', 'overstated', '1.1万个 ÷ 6000个 = 1.83'],
    ['改扩建学校{a:18所},是原计划{b:9所}的{m:2倍}。', 'holds', '18所 ÷ 9所 = 2'],
    ['灯光球场{a:15个},较2019年的{b:5个}增长{m:2倍}。', 'holds', '15个 ÷ 5个 = 3'],
    ['灯光球场{a:10个},较2019年的{b:5个}增长{m:2倍}。', 'overstated', '10个 ÷ 5个 = 2'],
    ['幼儿由{a:3200人}增加到{b:6400人},{m:翻了一番}。', 'holds', '6400人 ÷ 3200人 = 2', doubling],
    ['投入{a:4.5亿元},比上一轮的{b:2亿元}{m:翻了一番}还多。', 'rounds', '4.5亿元 ÷ 2亿元 = 2.25', doubling],
    ['投入{a:1.60亿元},比上一轮的{b:1.00亿元}{m:翻了一番}。', 'overstated', '1.6亿元 ÷ 1亿元 = 1.6', doubling],
    ['投入{a:5.80亿元},比上一轮的{b:2.00亿元}{m:翻了一番}。', 'understated', '5.8亿元 ÷ 2亿元 = 2.9', doubling],
  ])('%s', (text, verdict, computed, fields) => {
    expect(told(text, fields)).toEqual([['multiple', verdict, computed]]);
  });

  it.each([
    ['of another thing', '教师{a:300人},是学校{b:60所}的{m:2倍}。'],
    ['of a standard', '生均面积{a:9平方米},达到国家标准的{m:2倍}。'],
    ['of nothing named', '招生{a:900人},报名人数{b:1200人},增长{m:2倍}。'],
  ])('says nothing %s', (_name, text) => {
    expect(told(text)).toEqual([]);
  });
});

describe('a rate between two named values', () => {
  const rates = (text: string, fields: Fields = {}) =>
    checkGrowth(invented(text, fields).figures).map(({ verdict, computed }) => [verdict, computed]);

  it.each([
    ['总投入{a:8.4亿元},比2021年的{b:7亿元}增长{r:20%}。', 'holds', '8.4亿元 ÷ 7亿元 − 1 = 20%'],
    ['总投入{a:8.40亿元},比2021年的{b:7.00亿元}增长{r:25%}。', 'overstated', '8.4亿元 ÷ 7亿元 − 1 = 20%'],
    ['总投入{a:8.4亿元},比2021年的{b:7亿元}增长{r:25%}。', 'rounds', '8.4亿元 ÷ 7亿元 − 1 = 20%'],
    ['面积由2020年的{a:52万元}增加到2023年的{b:65万元},增长{r:25%}。', 'holds', '65万元 ÷ 52万元 − 1 = 25%'],
    ['教师由{a:150人}增加到{b:210人},增加{d:60人},增长{r:30%}。', 'understated', '210人 ÷ 150人 − 1 = 40%'],
    ['教师{a:210人},比2019年的{b:150人}增加{d:60人},增幅达到{r:40%}。', 'holds', '210人 ÷ 150人 − 1 = 40%'],
  ])('%s', (text, verdict, computed) => {
    expect(rates(text)).toEqual([[verdict, computed]]);
  });

  it.each([
    ['a change of two shares, which may be a rate or points', '达标率由{a:80%}提高到{b:92%},提高{r:15%}。'],
    ['an average over years', '教师由{a:150人}增加到{b:210人},年均增长{r:12%}。'],
    ['a share', '教师{a:210人},比2019年的{b:150人}多,占{r:40%}。'],
  ])('says nothing of %s', (_name, text) => {
    expect(rates(text)).toEqual([]);
  });

  it('the year before by the short name of the same indicator in the same text', () => {
    const year = (number: number) => ({ from: String(number), to: String(number) });
    const fields: Fields = {
      a: { subject: '教育总投入', indicator: 'spending', period: year(2022) },
      b: { subject: '投入', indicator: 'spending', period: year(2023) },
    };
    const text = '2022年教育总投入{a:8.4亿元}。2023年投入{b:9.24亿元},同比增长{r:15%}。';
    expect(rates(text, fields)).toEqual([['overstated', '9.24亿元 ÷ 8.4亿元 − 1 = 10%']]);
    expect(rates(text, { ...fields, b: { ...fields.b, indicator: null } })).toEqual([]);
  });
});

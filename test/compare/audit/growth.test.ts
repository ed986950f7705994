// Rates of growth recomputed from the two values that a text, or two documents of a county, give.
import { describe, expect, it } from 'vitest';
import { checkGrowth } from '../../../src/compare/audit/growth.js';
import type { StoredFigure } from '../../../src/model/cell.js';
import { invented } from './invented.js';

const year = (number: number) => ({ from: String(number), to: String(number) });
const pupils = (number: number): Partial<StoredFigure> => ({
  subject: '在校生',
  indicator: 'enrolment',
  period: year(number),
});
const fields = { a: pupils(2022), b: pupils(2023) };
const check = (text: string, more: Record<string, Partial<StoredFigure>> = fields) =>
  checkGrowth(invented(text, more).figures);

describe('growth behind a share of the same amount', () => {
  it.each([
    ['教育支出{a:9亿元},占财政支出的{s:20%},比上年的{b:8亿元}增长{r:12.5%}。', 'holds'],
    ['教育支出{a:9亿元},占财政支出的{s:20%},比上年的{b:8亿元}增长{r:40%}。', 'overstated'],
  ])('%s', (text, verdict) => {
    const [finding, ...others] = check(text, {}).filter(({ kind }) => kind === 'growth');
    expect(finding).toMatchObject({ verdict, computed: '9亿元 ÷ 8亿元 − 1 = 12.5%' });
    expect(others).toEqual([]);
  });

  it('takes the amount for what grew over the year before', () => {
    const text = '2022年在校生{a:3000人}。2023年在校生{b:3300人},占总人口的{s:15%},比上年增长{r:10%}。';
    expect(check(text)).toMatchObject([{ verdict: 'holds', computed: '3300人 ÷ 3000人 − 1 = 10%' }]);
  });
});

describe('growth over the year before', () => {
  it.each([
    ['2022年在校生{a:3000人}。2023年在校生{b:3300人},比上年增长{r:10%}。', 'holds', '3300人 ÷ 3000人 − 1 = 10%'],
    ['2022年在校生{a:3000人}。2023年在校生{b:3310人},同比增长{r:10.3%}。', 'holds', '3310人 ÷ 3000人 − 1 = 10.3%'],
    ['2022年在校生{a:3000人}。2023年在校生{b:2700人},较上年减少{r:10%}。', 'holds', '1 − 2700人 ÷ 3000人 = 10%'],
    [
      '2022年在校生{a:3000人}。2023年在校生{b:3300人},比去年同期增加{r:15%}。',
      'overstated',
      '3300人 ÷ 3000人 − 1 = 10%',
    ],
    ['2022年在校生{a:3000人}。2023年在校生{b:3600人}(同比提高{r:12%})。', 'understated', '3600人 ÷ 3000人 − 1 = 20%'],
  ])('%s', (text, verdict, computed) => {
    expect(check(text)).toMatchObject([{ kind: 'growth', verdict, computed, figures: ['1-003', '1-002', '1-001'] }]);
  });

  it('by the two ends that the words name, without a year', () => {
    expect(check('在校生由{a:3000人}增加到{b:3300人},增长{r:12%}。', {})).toMatchObject([{ verdict: 'overstated' }]);
    expect(check('在校生由{a:3000人}减少到{b:2400人},下降{r:20%}。', {})).toMatchObject([{ verdict: 'holds' }]);
  });

  it.each([
    [
      'another thing',
      '2022年教师{a:3000人}。2023年在校生{b:3300人},比上年增长{r:15%}。',
      { a: { ...pupils(2022), subject: '教师', indicator: null }, b: pupils(2023) },
    ],
    [
      'another year',
      '2020年在校生{a:3000人}。2023年在校生{b:3300人},比上年增长{r:15%}。',
      { a: pupils(2020), b: pupils(2023) },
    ],
    [
      'a goal',
      '2022年在校生{a:3000人}。2023年在校生{b:3300人},比上年增长{r:15%}。',
      { ...fields, r: { status: 'target' as const } },
    ],
    ['another base', '2022年在校生{a:3000人}。2023年在校生{b:3300人},比2019年增长{r:15%}。', fields],
    ['a share of it', '2022年在校生{a:3000人}。2023年在校生{b:3300人},占总人口的{r:15%}。', fields],
  ])('says nothing of %s', (_name, text, more) => {
    expect(check(text, more)).toEqual([]);
  });

  it('of two documents is a conflict to look at, never graver than low', () => {
    const old = invented('2022年在校生{a:3000人}。', { a: pupils(2022) }, { id: 1 });
    const text = '2023年在校生{b:3300人},比上年增长{r:15%}。';
    const figures = [...old.figures, ...invented(text, { b: pupils(2023) }, { id: 2 }).figures];
    expect(checkGrowth(figures)).toEqual([]);
    expect(checkGrowth(figures, true)).toMatchObject([{ verdict: 'conflicts', severity: 'low', documents: [2, 1] }]);
  });

  it('several values of the year before decide nothing', () => {
    const text = '2022年在校生{a:3000人},年末在校生{c:3100人}。2023年在校生{b:3300人},比上年增长{r:15%}。';
    expect(check(text, { ...fields, c: pupils(2022) })).toEqual([]);
  });
});

// A figure right behind the number of its item, as pdf files have it, and decimals that are none of that.
import { describe, expect, it } from 'vitest';
import { scanNumerals } from '../../../extractors/rules/numeral.js';

const numbersIn = (lines: readonly string[]) => {
  const text = lines.join('\n');
  return scanNumerals(text).map(({ start, end }) => text.slice(start, end));
};

describe('the number of an item', () => {
  it('is no part of the figure behind it, where the items beside it are numbered too', () => {
    expect(numbersIn(['1.8所教学点并入中心校。', '2.新建小学2所。', '3.60名教师参加交流。'])).toEqual([
      '8',
      '2',
      '2',
      '60',
    ]);
    expect(numbersIn(['1.新建校舍。', '2.3200万元用于改造食堂。'])).toEqual(['1', '3200万']);
    expect(numbersIn(['9．全县推进。', '10．12所学校达标。'])).toEqual(['9', '12']);
  });

  it('is told from a decimal that begins a line', () => {
    const slogans = ['3.2亿元投入学校建设。', '4.5万平方米校舍交付使用。'];
    expect(numbersIn(slogans)).toEqual(['3.2亿', '4.5万']);
    expect(numbersIn(['1.8万名学生受益。', '全县共有学校2.'])).toEqual(['1.8万', '2']);
    expect(numbersIn(['1.1总体目标', '1.2主要任务', '2.1保障措施'])).toEqual(['1.1', '1.2', '2.1']);
    expect(numbersIn(['1.8', '2.新建'])).toEqual(['1.8', '2']);
    expect(numbersIn(['共1.8所。', '2.新建'])).toEqual(['1.8', '2']);
  });
});

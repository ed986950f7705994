import { describe, expect, it } from 'vitest';
import { findDates, labelledDate } from '../../src/reading/dates.js';

const iso = (text: string) => findDates(text).map((date) => date.iso);

describe('findDates', () => {
  const shapes: [printed: string, iso: string][] = [
    ['2024-05-21 15:56', '2024-05-21T15:56'],
    ['2017/8/2 15:23:22', '2017-08-02T15:23:22'],
    ['2020年12月23日 14:19', '2020-12-23T14:19'],
    ['2011年10月10', '2011-10-10'],
    ['2019.3.5', '2019-03-05'],
    ['二〇一七年八月', '2017-08'],
    ['二○二四年八月二十日', '2024-08-20'],
    ['二零一九年十二月三十一日', '2019-12-31'],
    ['2022 07/13 10:20:30', '2022-07-13T10:20:30'],
    ['2021-03-05 下午 3:20', '2021-03-05T15:20'],
    ['2024-05-21T15:56:00', '2024-05-21T15:56:00'],
    ['Tue Aug 27 09:15:00 CST 2024', '2024-08-27T09:15:00'],
  ];
  for (const [printed, want] of shapes) it(printed, () => expect(iso(`时间:${printed} 来源`)).toEqual([want]));

  it('turns a zone into Beijing time', () => {
    expect(iso('2022-05-05T01:30:00+00:00')).toEqual(['2022-05-05T09:30:00']);
  });

  it('passes over what is no date', () => {
    expect(iso('2023-2024学年,电话2012-3456789,第13-25页,2024-13-01,2023-02-30')).toEqual([]);
  });

  it('knows figures as dates only behind a label', () => {
    expect(iso('20240521')).toEqual([]);
    expect(labelledDate('20240521155600')?.iso).toBe('2024-05-21T15:56:00');
    expect(labelledDate('1716278160')?.iso).toBe('2024-05-21T15:56:00');
    expect(labelledDate('1716278160000')?.iso).toBe('2024-05-21T15:56:00');
  });
});

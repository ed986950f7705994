// What charts draw is what the comparison says: the same values, every county with its row, and why one has no point.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chartRows } from '../../src/charts/data.js';
import { domainOf, ticksOf } from '../../src/charts/domain.js';
import { yearly } from '../../src/charts/series.js';
import { comparisonOf, figure } from './comparison.js';

describe('rows of charts', () => {
  it('keep every county in its order, with a point or a reason', () => {
    const [row] = chartRows(
      comparisonOf([
        [figure({ value: 12 })],
        [],
        [figure({ value: 30, status: 'target' })],
        [figure({ value: 5, unit: '亩' })],
      ]),
      'zh',
    );
    expect(row!.counties.map(({ code, chief, missing }) => [code, chief?.value ?? null, missing])).toEqual([
      ['990101', 12, null],
      ['990102', null, '未提及'],
      ['990103', 30, null],
      ['990104', null, '不可比'],
    ]);
    expect(row!.drawn).toBe(2);
    expect(row!.counties[2]!.chief!.isActual).toBe(false);
  });

  it('draw only values of the unit and denominator that most counties use, and name the other', () => {
    const [row] = chartRows(
      comparisonOf([[figure({ value: 3 })], [figure({ value: 4 })], [figure({ value: 9, per: ['乡镇'] })]]),
      'en',
    );
    expect(row!.counties.map(({ chief }) => chief?.value ?? null)).toEqual([3, 4, null]);
    expect(row!.counties[2]!.missing).toBe('not comparable 9所/乡镇');
  });

  it('take a second number for a rival only where words and time are the same', () => {
    const period = { from: '2023', to: '2023' };
    const rivals = (other: object) =>
      chartRows(
        comparisonOf([[figure({ value: 12, period }), figure({ value: 13, period, id: '2-001', ...other })]]),
        'zh',
      )[0]!.counties[0]!.rivals.length;
    expect(rivals({})).toBe(1);
    expect(rivals({ value: 12 })).toBe(0);
    expect(rivals({ subject: '农村小学' })).toBe(0);
    expect(rivals({ period: { from: '2022', to: '2022' } })).toBe(0);
    expect(rivals({ period: null })).toBe(0);
    expect(rivals({ status: 'planned' })).toBe(0);
  });

  it('carry one value a year, in order of time, and none without a time', () => {
    const year = (value: number, at: string) =>
      figure({ value, id: `1-${value}`, period: { from: at, to: at }, subject: `数${value}` });
    const [row] = chartRows(
      comparisonOf([[year(30, '2023'), year(10, '2020'), year(11, '2020'), figure({ value: 99, id: '9' })]]),
      'zh',
    );
    const { series } = row!.counties[0]!;
    expect(series.map(({ year: at }) => at)).toEqual([2020, 2023]);
    expect(series.map(({ value }) => value)).not.toContain(99);
    expect(row!.years).toEqual({ all: 2, most: 2 });
    expect(yearly(row!.counties[0]!).map((point) => point?.year ?? null)).toEqual([2020, null, null, 2023]);
  });

  it('are none where no county has a figure', () => {
    expect(chartRows(comparisonOf([[], []]), 'zh')).toEqual([]);
  });
});

describe('the range of an axis', () => {
  it('holds every value and standard, and never turns round', () => {
    const values = fc.array(fc.oneof(fc.integer({ min: 0, max: 1e9 }), fc.double({ min: 0, max: 1, noNaN: true })), {
      minLength: 1,
      maxLength: 8,
    });
    fc.assert(
      fc.property(values, fc.constantFrom('count', 'ratio', 'money'), (all, dimension) => {
        const [row] = chartRows(comparisonOf(all.map((value) => [figure({ value })])), 'zh');
        const [least, most] = domainOf({ ...row!, dimension });
        expect(most).toBeGreaterThan(least);
        for (const value of all) {
          expect(value).toBeGreaterThanOrEqual(least);
          expect(value).toBeLessThanOrEqual(most);
        }
      }),
      {
        examples: [
          [[5e-324], 'ratio'],
          [[0, 5e-324], 'money'],
          [[1], 'ratio'],
          [[0], 'count'],
        ],
      },
    );
  });

  it('has whole ticks for what is counted', () => {
    const scale = { ticks: () => [1, 1.5, 2] };
    expect(ticksOf(scale, 'count', 3)).toEqual([1, 2]);
    expect(ticksOf(scale, 'ratio', 3)).toEqual([1, 1.5, 2]);
  });
});

// Derived values: what they are divided by, where they come from, and when there is none.
import { describe, expect, it } from 'vitest';
import { normalise, writeDerived, yearsIn } from '../../src/compare/normalise.js';
import type { StoredFigure } from '../../src/model/cell.js';
import { figure } from './figure.js';

const money = (fields: Partial<StoredFigure> = {}) =>
  figure({
    dimension: 'money',
    unit: 'CNY',
    value: 8e8,
    stage: ['compulsory'],
    period: { from: '2020', to: '2023' },
    ...fields,
  });
const pupils = (value: number, stage: StoredFigure['stage'], fields: Partial<StoredFigure> = {}) =>
  figure({
    indicator: 'enrolled_students',
    unit: '人',
    value,
    stage,
    accrual: 'stock',
    period: { from: '2023', to: '2023' },
    ...fields,
  });
const reason = (result: ReturnType<typeof normalise>) => (result.derived ? null : result.reason);

describe('by the year', () => {
  it('counts both ends, to the month', () => {
    expect(yearsIn({ from: '2014', to: '2017' })).toBe(4);
    expect(yearsIn({ from: '2016', to: '2024-05' })).toBeCloseTo(8 + 5 / 12);
    expect(yearsIn({ from: '2023-09', to: '2024-08' })).toBe(1);
    expect(yearsIn({ from: '2023-05-03', to: '2023-05-20' })).toBeCloseTo(1 / 12);
  });

  it('a sum over years, with the figure it came from', () => {
    const sum = money();
    const { derived } = normalise(sum, 'per_year', []);
    expect(derived).toMatchObject({
      value: 2e8,
      unit: 'CNY',
      per: ['年'],
      figures: [sum.id],
      how: '8亿元 ÷ 4年',
      bound: 'exact',
    });
    expect(writeDerived(derived!)).toBe('2亿元/年');
    expect(sum).toMatchObject({ value: 8e8, per: [] });
  });

  it('keeps the bound and the range', () => {
    const { derived } = normalise(money({ bound: 'over', valueMax: 9e8 }), 'per_year', []);
    expect(derived).toMatchObject({ bound: 'over', value: 2e8, valueMax: 2.25e8 });
  });

  it.each<[string, Partial<StoredFigure>, string]>([
    ['one year', { period: { from: '2023', to: '2023' } }, 'one_year'],
    ['part of a year is not blown up', { period: { from: '2024-01', to: '2024-05' } }, 'one_year'],
    ['yearly already', { accrual: 'annual' }, 'one_year'],
    ['no time', { period: null }, 'no_period'],
    ['a state', { accrual: 'stock' }, 'rate'],
    ['a share', { dimension: 'ratio', unit: '1' }, 'rate'],
    ['by pupil already', { per: ['学生', '年'] }, 'rate'],
  ])('%s: none', (_name, fields, expected) => {
    expect(reason(normalise(money(fields), 'per_year', []))).toBe(expected);
  });
});

describe('by pupil and school', () => {
  it('divides by the pupils of the same stage and year', () => {
    const sum = money();
    const all = pupils(40_000, ['compulsory']);
    expect(normalise(sum, 'per_pupil', [all]).derived).toMatchObject({
      value: 20_000,
      per: ['学生'],
      figures: [sum.id, all.id],
      how: '8亿元 ÷ 4万人',
    });
  });

  it('adds primary and junior where no sum is told', () => {
    const [primary, junior] = [pupils(30_000, ['primary']), pupils(10_000, ['junior'])];
    expect(normalise(money(), 'per_pupil', [primary, junior]).derived).toMatchObject({
      value: 20_000,
      figures: [expect.any(String), primary.id, junior.id],
      how: '8亿元 ÷ (3万人 + 1万人)',
    });
    expect(reason(normalise(money(), 'per_pupil', [primary]))).toBe('no_divisor');
  });

  it('divides by schools', () => {
    const schools = pupils(80, ['compulsory'], { indicator: 'school_count', unit: '所' });
    expect(writeDerived(normalise(money(), 'per_school', [schools]).derived!)).toBe('1000万元/校');
  });

  it.each<[string, Partial<StoredFigure>, StoredFigure, string]>([
    ['another year', {}, pupils(40_000, ['compulsory'], { period: { from: '2022', to: '2022' } }), 'no_divisor'],
    ['planned pupils', {}, pupils(40_000, ['compulsory'], { status: 'planned' }), 'no_divisor'],
    ['about so many pupils', {}, pupils(40_000, ['compulsory'], { bound: 'over' }), 'no_divisor'],
    ['pupils of another stage', {}, pupils(40_000, ['primary']), 'no_divisor'],
    ['money of all stages', { stage: ['all'] }, pupils(40_000, ['compulsory']), 'other_scope'],
    ['money of an open stage', { stage: [] }, pupils(40_000, ['compulsory']), 'other_scope'],
    ['a rate', { per: ['学生'] }, pupils(40_000, ['compulsory']), 'rate'],
    ['the pupils themselves', { indicator: 'enrolled_students' }, pupils(40_000, ['compulsory']), 'rate'],
  ])('%s: none', (_name, fields, divisor, expected) => {
    expect(reason(normalise(money(fields), 'per_pupil', [divisor]))).toBe(expected);
  });
});

it('writes 亩 in square metres, and leaves base units alone', () => {
  const land = figure({ dimension: 'area', unit: '亩', value: 30 });
  expect(normalise(land, 'base_unit', []).derived).toMatchObject({ value: 20_000, unit: 'm2', figures: [land.id] });
  expect(reason(normalise(money(), 'base_unit', []))).toBe('base_already');
});

// A value beside a standard: met, short, undecided or not applicable, and what a school threshold, a target and a quotation are.
import { describe, expect, it } from 'vitest';
import {
  chiefStanding,
  isInForce,
  type StandardSketch,
  standingsOf,
  writeStandard,
  writeStanding,
} from '../../src/compare/standards.js';
import type { StoredFigure } from '../../src/model/cell.js';
import { figure } from './figure.js';

const share: StandardSketch = {
  indicator: 'share',
  stage: 'compulsory',
  operator: '>=',
  value: 0.85,
  unit: '1',
  appliesTo: 'county',
  document: '评估办法',
  number: '教督〔2017〕6号',
  from: 2017,
  certainty: 'read',
};
const classSize: StandardSketch = {
  ...share,
  indicator: 'size',
  stage: 'primary',
  operator: '<=',
  value: 45,
  unit: '人',
  appliesTo: 'school',
};
const told = (value: number, fields: Partial<StoredFigure> = {}) =>
  figure({ indicator: 'share', dimension: 'ratio', unit: '1', value, period: { from: '2023', to: '2023' }, ...fields });
const size = (value: number, fields: Partial<StoredFigure> = {}) =>
  told(value, { indicator: 'size', dimension: 'count', unit: '人', ...fields });
const relation = (value: StoredFigure, standard: StandardSketch) =>
  standingsOf(value, standard.stage, [standard]).map((standing) => standing.relation)[0];

describe('the relation of a value to its standard', () => {
  it.each<[string, StoredFigure, StandardSketch, string]>([
    ['reaches it', told(0.85), share, 'met'],
    ['falls short', told(0.8), share, 'short'],
    ['at least more', told(0.9, { bound: 'at_least' }), share, 'met'],
    ['at least less: may be more', told(0.8, { bound: 'at_least' }), share, 'undecided'],
    ['just under it', told(0.9, { bound: 'under' }), share, 'undecided'],
    ['at most less', told(0.8, { bound: 'at_most' }), share, 'short'],
    ['a range across it', told(0.8, { valueMax: 0.9 }), share, 'undecided'],
    ['a range above it', told(0.86, { valueMax: 0.9 }), share, 'met'],
    ['a ceiling kept', size(42), classSize, 'met'],
    ['a ceiling passed', size(48), classSize, 'short'],
    ['more than a value under the ceiling', size(42, { bound: 'over' }), classSize, 'undecided'],
    ['at most the ceiling', size(45, { bound: 'at_most' }), classSize, 'met'],
  ])('%s', (_name, value, standard, expected) => {
    expect(relation(value, standard)).toBe(expected);
  });

  it('gives the margin with its sign: positive is better', () => {
    expect(standingsOf(told(0.9), 'compulsory', [share])[0]!.margin).toBeCloseTo(0.05);
    expect(standingsOf(size(48), 'primary', [classSize])[0]!.margin).toBe(-3);
  });

  it('does not apply before it was in force, after it ended, or to another unit', () => {
    const before = standingsOf(told(0.9, { period: { from: '2015', to: '2015' } }), 'compulsory', [share])[0];
    expect(before).toMatchObject({ relation: 'not_applicable', reason: 'not_in_force', margin: null });
    expect(relation(told(0.9), { ...share, to: 2021 })).toBe('not_applicable');
    expect(standingsOf(told(0.9, { unit: 'CNY' }), 'compulsory', [share])[0]).toMatchObject({ reason: 'other_unit' });
  });

  it('a standard of compulsory education holds for its stages, one of a stage for that stage alone', () => {
    expect(standingsOf(told(0.9), 'primary', [share])).toHaveLength(1);
    expect(standingsOf(told(0.9), '', [share])).toHaveLength(1);
    expect(standingsOf(told(0.9), 'senior', [share])).toEqual([]);
    expect(standingsOf(size(40), 'junior', [classSize])).toEqual([]);
    expect(standingsOf(size(40), '', [classSize])).toEqual([]);
  });
});

describe('what a value is', () => {
  it('a target equal to its standard is a target, no achievement', () => {
    const [target] = standingsOf(told(0.85, { status: 'target' }), 'compulsory', [share]);
    expect(target).toMatchObject({ nature: 'target', isCopy: true });
    expect(writeStanding(target!, 'zh')).toBe('◇ ≥85% +0% 目标等于标准');
    const [higher] = standingsOf(told(0.9, { status: 'planned' }), 'compulsory', [share]);
    expect(writeStanding(higher!, 'en')).toBe('◇ ≥85% +5% target');
    const [quoted] = standingsOf(told(0.85, { status: 'standard' }), 'compulsory', [share]);
    expect(writeStanding(quoted!, 'en')).toBe('◇ ≥85% +0% standard quoted');
  });

  it('a county value beside a threshold for each school is marked', () => {
    const [mean] = standingsOf(size(42), 'primary', [classSize]);
    expect(mean!.isCountyMean).toBe(true);
    expect(writeStanding(mean!, 'zh')).toBe('▲ ≤45 +3 校级门槛');
    expect(writeStandard(classSize, 'count', 'en')).toBe('≤45 each school 教督〔2017〕6号');
  });

  it('the standard that applied is the chief one', () => {
    const old = { ...share, value: 0.8, to: 2016, from: 2012, number: '教督〔2012〕3号' };
    const standings = standingsOf(told(0.9), 'compulsory', [old, share]);
    expect(chiefStanding(standings)!.standard).toBe(share);
    expect(writeStanding(standings[0]!, 'zh')).toBe('– ≥80% 当时未施行');
    expect(chiefStanding([])).toBeNull();
  });
});

it('dates compare at the precision that both have', () => {
  expect(isInForce({ from: '2012-01-20', to: 2021 }, '2012')).toBe(true);
  expect(isInForce({ from: '2012-01-20', to: 2021 }, '2012-01-19')).toBe(false);
  expect(isInForce({ from: '2012-01-20', to: 2021 }, '2021-12-31')).toBe(true);
  expect(isInForce({ from: 2017, to: 2021 }, '2022-01')).toBe(false);
  expect(isInForce({ from: 2017, to: 2021 }, null)).toBe(false);
  expect(isInForce({ from: 2017 }, null)).toBe(true);
});

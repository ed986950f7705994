// What may stand in one cell, which figure is chosen, and why a cell has none.
import { describe, expect, it } from 'vitest';
import { compareFigures, type IndicatorSketch, stagesOf } from '../../src/compare/cells.js';
import { writePeriod } from '../../src/compare/wording.js';
import type { CompareQuery, StoredFigure } from '../../src/model/cell.js';
import { figure } from './figure.js';

const places: IndicatorSketch = {
  id: 'places',
  dimensions: ['count'],
  units: ['个'],
  stages: ['all', 'primary', 'junior'],
};
const share: IndicatorSketch = { id: 'share', dimensions: ['ratio'], units: ['1'], stages: ['compulsory'] };

function compare(figures: StoredFigure[], query: CompareQuery = {}, documents: [string, number][] = [['990101', 1]]) {
  return compareFigures({
    figures,
    counties: ['990101', '990102'],
    indicators: [places, share],
    read: new Set(documents.filter(([, count]) => count > 0).map(([place]) => place)),
    query,
  });
}

describe('the choice among several figures', () => {
  it('takes the latest period and keeps the others in sight', () => {
    const old = figure({ period: { from: '2022', to: '2022' } });
    const late = figure({ period: { from: '2023', to: '2023-06' } });
    const [cell] = compare([old, late]).cells[0]!;
    expect(cell).toMatchObject({ chosen: { id: late.id }, choice: 'period', others: [{ id: old.id }], missing: null });
  });

  it('takes what a change arrived at, not what it began with', () => {
    const sentence = '学位由1200个增加到1800个。';
    const before = figure({ value: 1200, quote: '1200个', sentence });
    const after = figure({ value: 1800, quote: '1800个', sentence });
    expect(compare([before, after]).cells[0]![0]).toMatchObject({ chosen: { id: after.id }, choice: 'change' });
  });

  it('prefers a whole to its part and a known period to none', () => {
    const part = figure({ accrual: 'stock', whole: '1-999', period: { from: '2024', to: '2024' } });
    const whole = figure({ accrual: 'stock' });
    expect(compare([part, whole]).cells[0]![0]).toMatchObject({ chosen: { id: whole.id }, choice: 'whole' });
    const dated = figure({ period: { from: '2020', to: '2020' } });
    expect(compare([whole, dated]).cells[0]![0]!.chosen!.id).toBe(dated.id);
  });

  it('never takes a sum of unknown years for what is dated, though the dated one is a part of it or older', () => {
    const sum = figure({ value: 900, salience: 'core' });
    for (const annual of [
      figure({ accrual: 'annual', whole: sum.id, period: { from: '2019', to: '2019' }, salience: 'minor' }),
      figure({ accrual: 'flow', whole: sum.id, period: { from: '2023', to: '2023' }, documentDate: '2020-01-01' }),
    ])
      expect(compare([sum, annual]).cells[0]![0]).toMatchObject({ chosen: { id: annual.id }, choice: 'dated' });
    expect(compare([sum]).cells[0]![0]!.chosen!.id).toBe(sum.id);
  });

  it('takes the year before a sum of several years that ends with it, and keeps the whole period of a sum in sight', () => {
    const sum = figure({ value: 900, period: { from: '2019', to: '2023' } });
    const year = figure({ value: 200, period: { from: '2023', to: '2023' } });
    expect(compare([sum, year]).cells[0]![0]).toMatchObject({ chosen: { id: year.id }, choice: 'period' });
    expect(writePeriod(compare([sum]).cells[0]![0]!.chosen!)).toBe('2019–2023');
  });

  it('never takes a target for an achievement', () => {
    const target = figure({ status: 'target' });
    const cell = compare([target]).cells[0]![0]!;
    expect(cell).toMatchObject({ chosen: null, missing: 'target_only', others: [{ id: target.id }] });
    expect(compare([target], { statuses: ['target'] }).cells[0]![0]!.chosen!.id).toBe(target.id);
  });
});

describe('a cell without a value has a reason', () => {
  it('not crawled, not mentioned', () => {
    const { cells } = compare([figure({})]);
    expect(cells[0]![1]!.missing).toBe('not_crawled');
    expect(compare([figure({})], {}, [['990102', 4]]).cells[0]![1]!.missing).toBe('not_mentioned');
  });

  it('another unit is not comparable', () => {
    const cell = compare([figure({ unit: '平米' }), figure({ place: '990102' })]).cells[0]![0]!;
    expect(cell).toMatchObject({ chosen: null, missing: 'not_comparable' });
    expect(cell.others).toHaveLength(1);
  });

  it('another year is not comparable, and is not filled in', () => {
    const only = figure({ period: { from: '2022', to: '2022' } });
    const { cells } = compare([only], { period: '2023', indicators: ['places'] });
    expect(cells[0]![0]).toMatchObject({ chosen: null, missing: 'not_comparable', others: [{ id: only.id }] });
  });

  it('another year is filled in where that is asked: the nearest, and the cell says so', () => {
    const [older, later, target] = [
      figure({ period: { from: '2019', to: '2019' } }),
      figure({ period: { from: '2025', to: '2025' } }),
      figure({ period: { from: '2023', to: '2023' }, status: 'target' }),
    ];
    const undated = figure({ place: '990102' });
    const { cells } = compare([older, later, target, undated], { period: '2023', fill: 'nearest' }, [
      ['990101', 1],
      ['990102', 1],
    ]);
    expect(cells[0]![0]).toMatchObject({ chosen: { id: later.id }, choice: 'other_period', missing: null });
    expect(cells[0]![0]!.others.map(({ id }) => id)).toEqual([older.id, target.id]);
    expect(cells[0]![1]).toMatchObject({ chosen: null, missing: 'not_comparable' });
    const own = figure({ period: { from: '2023', to: '2023' } });
    expect(compare([later, own], { period: '2023', fill: 'nearest' }).cells[0]![0]).toMatchObject({
      chosen: { id: own.id },
      choice: 'only',
    });
    expect(compare([older, later], { period: '2023' }).cells[0]![0]!.chosen).toBeNull();
  });

  it('an indicator that was asked for keeps its row when nobody reports it', () => {
    const { rows, cells } = compare([], { indicators: ['share'] }, [['990101', 2]]);
    expect(rows).toEqual([{ indicator: 'share', stage: 'compulsory', dimension: 'ratio' }]);
    expect(cells[0]!.map((cell) => cell.missing)).toEqual(['not_mentioned', 'not_crawled']);
  });
});

describe('periods', () => {
  it('a sum over years answers only a question that holds them all; a state answers for its end', () => {
    const sum = figure({ accrual: 'flow', period: { from: '2016', to: '2024-05' } });
    expect(compare([sum], { period: '2024' }).cells[0]![0]!.chosen).toBeNull();
    expect(compare([sum], { period: '2016..2024' }).cells[0]![0]!.chosen!.id).toBe(sum.id);
    const state = figure({ accrual: 'stock', period: { from: '2023-09', to: '2024-05' } });
    expect(compare([state], { period: '2024' }).cells[0]![0]!.chosen!.id).toBe(state.id);
  });

  it('refuses what is no period', () => {
    for (const period of ['24', '2024-13', '2024..2022', '2022..2023..2024', ''])
      expect(() => compare([], { period }), period).toThrow(/cannot be read/);
  });
});

describe('stages', () => {
  it('a share told for two stages holds for each, a sum over both is one for compulsory education', () => {
    const both = figure({ stage: ['primary', 'junior'] });
    expect(stagesOf(both, places)).toEqual(['compulsory']);
    expect(stagesOf({ ...both, dimension: 'ratio' }, places)).toEqual(['primary', 'junior']);
    expect(stagesOf({ ...both, per: ['学生'] }, places)).toEqual(['primary', 'junior']);
    expect(stagesOf({ ...both, per: ['年'] }, places)).toEqual(['compulsory']);
  });

  it('without a stage a figure takes the only one its indicator has', () => {
    expect(stagesOf(figure({}), share)).toEqual(['compulsory']);
    expect(stagesOf(figure({}), places)).toEqual(['']);
  });
});

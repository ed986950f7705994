// One county over time, two versions of a document, and plans beside results.
import { describe, expect, it } from 'vitest';
import { changesOverTime, checkPlans, compareVersions } from '../../src/compare/changes.js';
import type { StoredFigure } from '../../src/model/cell.js';
import { figure } from './figure.js';

const indicators = new Map([
  ['places', { id: 'places', stages: ['compulsory'] }],
  ['share', { id: 'share', stages: ['compulsory'] }],
]);
const year = (number: number) => ({ from: String(number), to: String(number) });
const share = (value: number, at: number, fields: Partial<StoredFigure> = {}) =>
  figure({ indicator: 'share', dimension: 'ratio', unit: '1', value, accrual: 'stock', period: year(at), ...fields });
const kinds = (changes: ReturnType<typeof compareVersions>) =>
  changes.map(({ kind, before, after }) => [kind, before?.value ?? null, after?.value ?? null]);

describe('two versions of one document', () => {
  it('raised, lowered, same, new, no longer told', () => {
    const before = [
      share(0.8, 2023),
      figure({ value: 300 }),
      figure({ indicator: null, subject: '录播教室', value: 12 }),
    ];
    const after = [
      share(0.85, 2023),
      figure({ value: 200 }),
      figure({ indicator: null, subject: '创客教室', value: 5 }),
    ];
    expect(kinds(compareVersions(before, after, indicators))).toEqual([
      ['raised', 0.8, 0.85],
      ['lowered', 300, 200],
      ['gone', 12, null],
      ['new', null, 5],
    ]);
    expect(kinds(compareVersions(before, before, indicators)).map(([kind]) => kind)).toEqual(['same', 'same', 'same']);
  });

  it('lays items of one indicator beside each other by their nouns', () => {
    const before = [figure({ subject: '城区学位', value: 300 }), figure({ subject: '乡镇学位', value: 100 })];
    const after = [figure({ subject: '乡镇学位', value: 150 }), figure({ subject: '城区学位', value: 300 })];
    expect(kinds(compareVersions(before, after, indicators))).toEqual([
      ['same', 300, 300],
      ['raised', 100, 150],
    ]);
  });

  it('a plan that was told as reached is another claim', () => {
    const changes = compareVersions([share(0.9, 2023, { status: 'target' })], [share(0.9, 2023)], indicators);
    expect(kinds(changes)).toEqual([
      ['gone', 0.9, null],
      ['new', null, 0.9],
    ]);
  });

  it('a range that was widened counts by its end', () => {
    const changes = compareVersions(
      [share(0.8, 2023, { valueMax: 0.85 })],
      [share(0.8, 2023, { valueMax: 0.9 })],
      indicators,
    );
    expect(changes[0]!.kind).toBe('raised');
  });
});

describe('one county over time', () => {
  it('from one period to the next, the latest document of each', () => {
    const changes = changesOverTime(
      [
        share(0.9, 2024),
        share(0.7, 2022),
        share(0.8, 2023),
        share(0.82, 2023, { documentDate: '2024-06-01', documentId: 2 }),
      ],
      indicators,
    );
    expect(kinds(changes)).toEqual([
      ['raised', 0.7, 0.82],
      ['raised', 0.82, 0.9],
    ]);
  });

  it('sums of overlapping years are not compared, those of unequal length are marked', () => {
    const sum = (value: number, from: string, to: string) => figure({ value, period: { from, to } });
    expect(changesOverTime([sum(500, '2020', '2022'), sum(700, '2021', '2023')], indicators)).toEqual([]);
    const [change] = changesOverTime([sum(500, '2020', '2022'), sum(300, '2023', '2023')], indicators);
    expect(change).toMatchObject({ kind: 'lowered', isUneven: true });
    const [even] = changesOverTime([sum(500, '2022', '2022'), sum(300, '2023', '2023')], indicators);
    expect(even).toMatchObject({ kind: 'lowered', isUneven: false, difference: -200 });
  });

  it('no time, plans, parts and other units stay out', () => {
    const others = [
      share(0.9, 2024, { period: null }),
      share(0.9, 2024, { status: 'target' }),
      share(0.9, 2024, { whole: '1-999' }),
    ];
    expect(changesOverTime([share(0.8, 2023), ...others], indicators)).toEqual([]);
  });
});

describe('plans', () => {
  const plan = share(0.9, 2023, { status: 'target', documentId: 9 });
  const outcome = (...results: StoredFigure[]) =>
    checkPlans([plan, ...results], indicators, () => false).map(({ outcome, result }) => [
      outcome,
      result?.value ?? null,
    ]);

  it('kept, not kept, reached later, open', () => {
    expect(outcome(share(0.92, 2023))).toEqual([['kept', 0.92]]);
    expect(outcome(share(0.85, 2023))).toEqual([['not_kept', 0.85]]);
    expect(outcome(share(0.85, 2023), share(0.95, 2024))).toEqual([['later', 0.95]]);
    expect(outcome(share(0.95, 2022))).toEqual([['open', null]]);
    expect(outcome()).toEqual([['open', null]]);
  });

  it('its own document proves nothing', () => {
    expect(outcome(share(0.92, 2023, { documentId: 9 }))).toEqual([['open', null]]);
  });

  it('less may be better', () => {
    expect(checkPlans([plan, share(0.85, 2023)], indicators, () => true)[0]!.outcome).toBe('kept');
  });

  it('a plan that sets a ceiling is kept below it', () => {
    const ceiling = share(0.05, 2023, { status: 'target', bound: 'at_most', documentId: 9 });
    const check = (value: number) => checkPlans([ceiling, share(value, 2023)], indicators, () => false)[0]!.outcome;
    expect([check(0.03), check(0.05), check(0.08)]).toEqual(['kept', 'kept', 'not_kept']);
  });

  it('what is done in other years answers no plan for a year', () => {
    const building = figure({ status: 'planned', value: 500, period: year(2023), documentId: 9 });
    const done = (from: string, to: string) => figure({ value: 800, period: { from, to } });
    const check = (result: StoredFigure) => checkPlans([building, result], indicators, () => false)[0]!.outcome;
    expect(check(done('2019', '2023'))).toBe('open');
    expect(check(done('2023', '2023'))).toBe('kept');
  });
});

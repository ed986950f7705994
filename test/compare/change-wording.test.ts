// Differences as people read them.
import { describe, expect, it } from 'vitest';
import { writeDifference } from '../../src/compare/change-wording.js';
import type { StoredFigure } from '../../src/model/cell.js';
import { figure } from './figure.js';

const change = (before: Partial<StoredFigure>, after: Partial<StoredFigure>, isUneven = false) => {
  const [a, b] = [figure(before), figure(after)];
  return {
    kind: 'raised' as const,
    indicator: 'x',
    stage: '',
    before: a,
    after: b,
    difference: b.value - a.value,
    isUneven,
  };
};

describe('a difference', () => {
  it('of shares is in percentage points, without a binary remainder', () => {
    const ratio = { dimension: 'ratio' as const, unit: '1' };
    const shares = change({ ...ratio, value: 0.851 }, { ...ratio, value: 0.9 });
    expect(writeDifference(shares, 'zh')).toBe('+4.9个百分点');
    expect(writeDifference(shares, 'en')).toBe('+4.9 points');
  });

  it('of other values has their unit and its sign', () => {
    expect(writeDifference(change({ value: 320, unit: '个' }, { value: 200, unit: '个' }), 'zh')).toBe('-120个');
    const money = { dimension: 'money' as const, unit: 'CNY' };
    expect(writeDifference(change({ ...money, value: 1e8 }, { ...money, value: 1.25e8 }), 'zh')).toBe('+2500万元');
  });

  it('of bounds is about, never at least', () => {
    const more = change({ value: 200, unit: '个', bound: 'over' }, { value: 300, unit: '个', bound: 'over' });
    expect(writeDifference(more, 'zh')).toBe('+≈100个');
  });

  it('between periods of different length says so, and is empty with one side', () => {
    expect(writeDifference(change({ value: 1, unit: '个' }, { value: 2, unit: '个' }, true), 'zh')).toContain(
      '长短不同',
    );
    expect(writeDifference({ ...change({}, {}), before: null, difference: null }, 'zh')).toBe('');
  });
});

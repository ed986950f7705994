// Values as people read them: no digit lost, no digit invented.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { writeNumber, writePeriod, writeValue } from '../../src/compare/wording.js';

const base = { value: 1, valueMax: null, unit: '个', bound: 'exact', per: [] as string[], dimension: 'count' };

describe('writeValue', () => {
  it.each([
    [{ value: 0.25, dimension: 'ratio', unit: '1', bound: 'at_least' }, '≥25%'],
    [{ value: 0.383, dimension: 'ratio', unit: '1' }, '38.3%'],
    [{ value: 0.6, valueMax: 0.7, dimension: 'ratio', unit: '1' }, '60%–70%'],
    [{ value: 7_318_000_000, dimension: 'money', unit: 'CNY' }, '73.18亿元'],
    [{ value: 20_000, valueMax: 30_000, dimension: 'money', unit: 'CNY' }, '2–3万元'],
    [{ value: 910, dimension: 'money', unit: 'CNY', per: ['学生', '年'] }, '910元/学生·年'],
    [{ value: 40_000, unit: '名', bound: 'over' }, '>4万名'],
    [{ value: 76_878, unit: '人' }, '76878人'],
    [{ value: 292_000, unit: 'm2', dimension: 'area' }, '29.2万平方米'],
    [{ value: 2, unit: '1', dimension: 'multiple', bound: 'over' }, '>2倍'],
    [{ value: 0.55, unit: '1', dimension: 'coefficient' }, '0.55'],
  ])('%j', (fields, written) => {
    expect(writeValue({ ...base, ...fields })).toBe(written);
  });

  it('shifting the point there and back gives the number', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 10 ** 9 }),
        fc.constantFrom(0, 2, 4),
        fc.constantFrom(-2, 0, 4, 8),
        (n, d, scale) => {
          const value = Number(`${n}e-${d}`);
          expect(Number(`${writeNumber(value, scale)}e${scale}`)).toBeCloseTo(value, 9);
        },
      ),
    );
  });

  it('writes a point, a span and no period', () => {
    expect(writePeriod({ period: { from: '2024', to: '2024' } })).toBe('2024');
    expect(writePeriod({ period: { from: '2016', to: '2024-05' } })).toBe('2016–2024-05');
    expect(writePeriod({ period: null })).toBe('—');
  });
});

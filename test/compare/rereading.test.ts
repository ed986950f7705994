// The same words are the same figure, whatever its number; what is read otherwise is told field by field.
import { describe, expect, it } from 'vitest';
import { figureChanges } from '../../src/compare/rereading.js';
import { figureOf } from '../conformance/samples.js';

describe('figures read again', () => {
  it('are the same where only their numbers, rules and confidence differ', () => {
    const before = [figureOf(1, 1), figureOf(1, 2)];
    const after = [figureOf(1, 1, { id: '1-004', rules: ['other'], confidence: 0.5 }), figureOf(1, 2, { id: '1-009' })];
    expect(figureChanges(before, after)).toEqual([]);
    expect(figureChanges([], [])).toEqual([]);
  });

  it('are told field by field where they are read otherwise', () => {
    const after = figureOf(1, 1, { value: 13, stage: 'primary' });
    expect(figureChanges([figureOf(1, 1)], [after])).toEqual([
      {
        kind: 'changed',
        figure: '1-001',
        quote: '12所',
        sentence: '全县新建学校12所。',
        fields: [
          { field: 'value', before: 12, after: 13 },
          { field: 'stage', before: null, after: 'primary' },
        ],
      },
    ]);
  });

  it('are known again by their words where the text before them grew, and by their place where the quote grew', () => {
    const moved = figureOf(1, 1, { start: 900, end: 903 });
    expect(figureChanges([figureOf(1, 1)], [moved])).toEqual([]);
    const longer = figureOf(1, 1, { start: 9, quote: '约12所', bound: 'about' });
    expect(figureChanges([figureOf(1, 1)], [longer])).toMatchObject([
      { kind: 'changed', fields: [{ field: 'quote', before: '12所', after: '约12所' }, { field: 'bound' }] },
    ]);
  });

  it('are added and removed one by one where equal words stand several times', () => {
    const same = (number: number) => figureOf(1, number);
    expect(figureChanges([same(1), same(2), same(3)], [same(1), same(3)])).toMatchObject([
      { kind: 'removed', figure: '1-002' },
    ]);
    expect(figureChanges([same(1)], [same(1), same(2)])).toMatchObject([{ kind: 'added', figure: '1-002' }]);
  });
});

// An explanation names every rule that made a figure, or the one that ruled a number out.
import { describe, expect, it } from 'vitest';
import { type ExplainNode, explainAt, printExplanation } from '../../../extractors/figures/explain.js';
import { WayBack } from '../../../src/model/way-back.js';
import { documentOf } from './document.js';

const labels = (tree: ExplainNode): string[] => [tree.label, ...tree.children.flatMap(labels)];
const text = '2023年,青禾县投资1.5亿至2亿元新建小学3所(十四五规划项目),其中县城1所。';

describe('explainAt', () => {
  it('shows the rules of a figure and its frame', () => {
    const tree = explainAt(documentOf(text), text.indexOf('1.5亿'));
    expect(tree.label).toBe('figure 1.5亿至2亿元 = 150000000 to 200000000 CNY, money, exact');
    expect(labels(tree)).toEqual(
      expect.arrayContaining([
        'quantity',
        'numeral: arabic',
        'range',
        'merged: end of a range',
        'period 2023 to 2023, from 2023年',
      ]),
    );
  });

  it('finds the figure from any place of its quote', () => {
    const at = text.indexOf('亿元');
    expect(explainAt(documentOf(text), at).label).toContain('1.5亿至2亿元');
  });

  it('names the figure of which one is a part', () => {
    expect(labels(explainAt(documentOf(text), text.lastIndexOf('1所')))).toContain('part of 3所');
  });

  it('says which rule ruled a number out, and what that rule is for', () => {
    const printed = printExplanation(explainAt(documentOf(text), 0));
    expect(printed).toMatch(/^no figure: 2023 at 0–4\n/);
    expect(printed).toContain('└─ no figure: date (');
  });

  it('says where no numeral stands', () => {
    expect(labels(explainAt(documentOf(text), text.indexOf('青禾')))).toEqual([
      `no numeral at ${text.indexOf('青禾')}`,
      'the nearest is 2023 at 0–4',
    ]);
    expect(explainAt(documentOf('没有数'), 1).label).toBe('no numeral at 1, and none in the document');
  });

  it('takes offsets of the original, or of the text where asked', () => {
    const document = {
      ...documentOf('新建3所'),
      wayBack: new WayBack([{ text: 0, length: 4, original: 100, width: 4 }]),
    };
    expect(explainAt(document, 102).label).toContain('3所');
    expect(explainAt(document, 2, { in: 'text' }).label).toContain('3所');
    expect(explainAt(document, 2).label).toContain('no numeral');
  });
});

describe('printExplanation', () => {
  it('draws the tree', () => {
    const leaf = (label: string): ExplainNode => ({ label, children: [] });
    const tree = { label: 'a', children: [{ label: 'b', about: 'why', children: [leaf('c')] }, leaf('d')] };
    expect(printExplanation(tree)).toBe('a\n├─ b (why)\n│  └─ c\n└─ d');
  });
});

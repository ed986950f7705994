// Which paragraphs are headings, and of which level.
import { describe, expect, it } from 'vitest';
import { readText } from '../../src/reading/index.js';

const headings = (source: string) => {
  const document = readText(source, { origin: 'x' });
  return document.blocks
    .filter((block) => block.kind === 'heading')
    .map((block) => `${block.level}${block.inline ? 'i' : ''} ${document.text.slice(block.start, block.end)}`);
};
const lines = (...all: string[]) => ['青阳县教育工作情况', ...all].join('\n');
const long = '全县新建学校12所,新增学位5130个,投入资金1.7亿元,办学条件明显改善。';

describe('headings', () => {
  it('levels by number', () => {
    const source = lines(
      '一、主要做法',
      '(一)加大投入',
      `1.改善条件。${long}`,
      `2.配齐设备。${long}`,
      '(二)建强队伍',
      long,
      '二、下步打算',
      long,
    );
    expect(headings(source)).toEqual([
      '1 一、主要做法',
      '2 (一)加大投入',
      '3i 1.改善条件',
      '3i 2.配齐设备',
      '2 (二)建强队伍',
      '1 二、下步打算',
    ]);
  });

  it('a missing level leaves no gap', () => {
    expect(headings(lines('一、主要做法', `1.改善条件。${long}`, '二、打算', long))).toEqual([
      '1 一、主要做法',
      '2i 1.改善条件',
      '1 二、打算',
    ]);
  });

  it('一是 stands below what encloses it, and heads nothing in the middle of a paragraph', () => {
    const source = lines(
      '一、存在问题',
      `一是资源不均衡。${long}`,
      `二是队伍结构不合理。${long}`,
      `工作中还有不足:一是投入不够。二是管理不细。${long}`,
    );
    expect(headings(source)).toEqual(['1 一、存在问题', '2i 一是资源不均衡', '2i 二是队伍结构不合理']);
  });

  it('a numbered sentence with a figure is text, a numbered list is a list', () => {
    const source = lines(
      '一、基本情况',
      `1、全县有学校138所,在校学生41200人。${long}`,
      '二、参会人员',
      '1.各学校校长',
      '2.各股室负责人',
      '3.督学',
      long,
    );
    expect(headings(source)).toEqual(['1 一、基本情况', '1 二、参会人员']);
  });

  it('a heading that lost its stop ends before the next verb', () => {
    const source = lines(
      '一、做法',
      `(一)推进集团办学。${long}`,
      `(二)强化教研引领推进成果转化,${long}`,
      `(三)落实减负政策。${long}`,
    );
    expect(headings(source)).toEqual([
      '1 一、做法',
      '2i (一)推进集团办学',
      '2i (二)强化教研引领',
      '2i (三)落实减负政策',
    ]);
  });

  it('short lines before paragraphs where nothing is numbered', () => {
    const source = lines(
      long,
      '加大投入,改善条件',
      long,
      `补强薄弱环节。${long}`,
      `健全培训体系。${long}`,
      '建强队伍,提升质量',
      long,
    );
    expect(headings(source)).toEqual([
      '1 加大投入,改善条件',
      '2i 补强薄弱环节',
      '2i 健全培训体系',
      '1 建强队伍,提升质量',
    ]);
  });

  it('markup', () => {
    expect(
      headings(`<h1>青阳县教育工作情况</h1><p>${long}</p><h2>改善条件</h2><p>${long}</p><h3>校舍</h3><p>${long}</p>`),
    ).toEqual(['1 改善条件', '2 校舍']);
  });
});

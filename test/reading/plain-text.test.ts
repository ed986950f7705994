// Lines of text files: numbers of items that a tab sets off, and rows of tables.
import { describe, expect, it } from 'vitest';
import { readText } from '../../src/reading/index.js';

const read = (lines: readonly string[]) => {
  const original = ['关于学校布局调整的通知', '', '现将有关事项通知如下。', ...lines].join('\n');
  return { original, ...readText(original, { origin: 'a.txt' }) };
};

describe('a tab', () => {
  it('behind the number of an item makes no table of the items', () => {
    const { text, blocks } = read([
      '一、\t总体目标',
      '（一）\t布局调整',
      '1.\t8所教学点并入中心校。',
      '2.\t新建小学2所。',
      '●\t明确责任。',
    ]);
    expect(text.split('\n').slice(1)).toEqual([
      '一、 总体目标',
      '（一） 布局调整',
      '1. 8所教学点并入中心校。',
      '2. 新建小学2所。',
      '● 明确责任。',
    ]);
    expect(blocks.filter(({ kind }) => kind === 'cell')).toEqual([]);
    expect(blocks.filter(({ kind }) => kind === 'heading')).toMatchObject([{ level: 1 }, { level: 2 }]);
  });

  it('leaves every character in its place', () => {
    const { original, text, wayBack } = read(['1.\t8所教学点并入中心校。', '2.\t新建小学2所。']);
    const start = text.indexOf('8所');
    const place = wayBack.original({ start, end: start + 2 });
    expect(original.slice(place.start, place.end)).toBe('8所');
  });

  it('parts the cells of a table whose first column numbers its rows', () => {
    const { blocks } = read(['序号\t学校\t人数', '1.\t第一小学\t1200', '2.\t第二小学\t860']);
    expect(blocks.filter(({ kind }) => kind === 'cell')).not.toEqual([]);
  });
});

// Text placed on printed pages: what gaps between its pieces mean, and signs that only print uses.
import { describe, expect, it } from 'vitest';
import { textOfPages } from '../../src/reading/page-lines.js';

/** Pieces of one line at a height, each at its place, ten points a character. */
const line = (y: number, ...pieces: [x: number, text: string][]) =>
  pieces.map(([x, text]) => ({ x, y, width: text.length * 10, size: 10, text }));

describe('printed pages', () => {
  it('rows of a table: cells under their columns, centred heads, blanks kept', () => {
    const page = [
      ...line(20, [60, '青阳县学校情况如下。']),
      ...line(40, [10, '学校'], [130, '学生数'], [250, '教师数']),
      ...line(60, [10, '一中'], [100, '812'], [255, '56']),
      ...line(80, [10, '二中'], [250, '41']),
      ...line(100, [10, '三中'], [100, '640'], [250, '38']),
    ];
    expect(textOfPages([page]).split('\n')).toEqual([
      '青阳县学校情况如下。',
      '学校\t学生数\t教师数',
      '一中\t812\t56',
      '二中\t\t41',
      '三中\t640\t38',
    ]);
  });

  it('the number of an item and a figure behind it are two numbers where a gap parts them, digits of one number are not', () => {
    expect(textOfPages([line(20, [10, '1.'], [33, '8所教学点撤并。'])])).toBe('1. 8所教学点撤并。');
    expect(textOfPages([line(20, [10, '生均3.'], [52, '5平方米。'])])).toBe('生均3.5平方米。');
  });

  it('two columns of running text are read one after the other', () => {
    const left = [
      '全县小学开展课后服务以来',
      '参加学生已有八成以上家',
      '长普遍满意社团有三百个',
      '今后还要增加新的社团。',
    ];
    const right = ['为此县里每年安排三百万', '元用于购买服务和器材并', '对教师给予补助各校开支', '每学期公示一次。'];
    const rows = left.map((text, i) => line(40 + i * 20, [10, `${text}啊啊`], [170, `${right[i]}呀呀呀`]));
    const text = textOfPages([[...line(10, [100, '教育简报']), ...rows.flat()]]);
    expect(text.indexOf('新的社团')).toBeLessThan(text.indexOf('为此县里'));
    expect(text.split('\n')[0]).toBe('教育简报');
  });

  it('radicals that print puts for characters, and a wide gap in a line', () => {
    const page = [...line(20, [10, '⻘阳县⼩学⽣⼀共'], [90, '812⼈。']), ...line(40, [10, '表1'], [38, '经费'])];
    expect(textOfPages([page])).toBe('青阳县小学生一共812人。表1 经费');
  });
});

// Speeches and reports: the lines below their title tell when, where and by whom they were given, and are neither title nor text.
import { describe, expect, it } from 'vitest';
import { readText } from '../../src/reading/index.js';

const read = (...lines: string[]) => readText(`${lines.join('\n')}\n`, { origin: 'a.txt' });
const body = [
  '各位代表:',
  '现在,我代表县人民政府向大会报告工作,请予审议。',
  '一、去年工作',
  '全县教育支出12.6亿元,增长5.1%。',
];

describe('reports and speeches', () => {
  it('title alone, then the occasion behind a dash, then the speaker', () => {
    const occasion = '——2031年3月15日在松江县第十七届人民代表大会第二次会议上';
    const document = read('政府工作报告', '', occasion, '', '松江县人民政府县长 陈某某', '', ...body);
    expect(document).toMatchObject({
      title: '政府工作报告',
      signed: '2031年3月15日',
      signedIso: '2031-03-15',
      author: '陈某某',
      addressees: [],
      genre: 'work_report',
    });
    expect(document.text).toBe(body.join('\n'));
  });

  it('the occasion in brackets', () => {
    const title = '关于松江县财政预算执行情况的报告';
    const document = read(title, '(2031年1月10日在松江县第十七届人民代表大会第一次会议上)', '财政局局长 李某', ...body);
    expect(document).toMatchObject({ title, signedIso: '2031-01-10', author: '李某', genre: 'work_report' });
    expect(document.text.startsWith('各位代表:')).toBe(true);
  });

  it('a speech at a meeting is no report to a congress', () => {
    const title = '凝心聚力办好每一所学校';
    const document = read(title, '——在全县教育工作会议上的讲话', '(2031年2月21日)', '同志们:', ...body.slice(1));
    expect(document).toMatchObject({ title, genre: 'other' });
    expect(document.signedIso ?? document.publishedIso).toBe('2031-02-21');
  });

  it.each(['2031年11月', '(2031年11月)', '二〇三一年十一月'])(
    '%s alone below the title is when the text was given',
    (month) => {
      const document = read('松江县义务教育发展报告', month, ...body.slice(3));
      expect(document).toMatchObject({ title: '松江县义务教育发展报告', signedIso: '2031-11', publishedIso: null });
      expect(document.text).not.toContain(month);
    },
  );

  it('a month with other words, or behind the first sentence, is text', () => {
    const document = read('松江县义务教育发展报告', ...body.slice(3), '2031年11月起,全县再增学位900个。', '2031年12月');
    expect(document.text).toContain('2031年11月起');
    expect(document.signedIso).not.toBe('2031-11');
  });

  it('a day on which something happened at a meeting is text', () => {
    const sentence = '2031年3月15日在县城召开的会议上,县教育局通报了去年新增学位1200个的情况。';
    const document = read('松江县新增学位1200个', sentence, '今年还将新增学位900个。');
    expect(document.text.split('\n')[0]).toBe(sentence);
    expect(document.signedIso).toBeNull();
  });
});

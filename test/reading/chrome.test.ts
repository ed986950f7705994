// Lines that belong to the page and not to its article, told by their words.
import { describe, expect, it } from 'vitest';
import { lineKind } from '../../src/reading/chrome.js';

describe('a row of page numbers', () => {
  it.each([
    '上一页 1 2 3 … 12 下一页',
    '首页 上一页 1 2 3 下一页 尾页 跳转到 页',
    '共12页 到第3页 转到',
    '余下全文 1/3页',
  ])('%s is a pager', (line) => {
    expect(lineKind(line)).toBe('pager');
  });

  it.each([
    ['a number too long for a page', `首页${'9'.repeat(40)}新闻动态页`],
    ['the same words again and again', `${'转到'.repeat(50)}此页面`],
  ])('that is none is passed by at once: %s', (_, line) => {
    const begun = process.cpuUsage();
    expect(lineKind(line)).not.toBe('tool');
    const { user, system } = process.cpuUsage(begun);
    expect((user + system) / 1000).toBeLessThan(1000);
  });
});

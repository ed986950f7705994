// Lines that belong to the page and not to its article, told by their words.
import { describe, expect, it } from 'vitest';
import { lineKind } from '../../src/reading/chrome.js';
import { readText } from '../../src/reading/index.js';

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
    expect(millisecondsSince(begun)).toBeLessThan(1000);
  });
});

describe('keywords in a row below a text', () => {
  const article = '今年以来,青禾县新建学校三所,新增学位一千二百个,各项工程进展顺利。';
  const page = (below: string) =>
    `<html><head><title>青禾县新建学校三所</title></head><body><h1>青禾县新建学校三所</h1><div class="content"><p>${article}</p><p>${article}</p><p>${below}</p></div></body></html>`;

  it('are left out', () => {
    expect(readText(page('20240926 | 教育 | 均衡'), { origin: 'http://a.example/1.html' }).text).not.toContain('均衡');
  });

  it('that are none are passed by at once', () => {
    const begun = process.cpuUsage();
    expect(readText(page(`${'学 | '.repeat(19)};`), { origin: 'http://a.example/1.html' }).text).toContain(article);
    expect(millisecondsSince(begun)).toBeLessThan(2000);
  });
});

function millisecondsSince(begun: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(begun);
  return (user + system) / 1000;
}

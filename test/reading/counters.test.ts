// How often a page was looked at is no part of its article, wherever the counter stands: a page that was only visited again reads the
// same.
import { describe, expect, it } from 'vitest';
import { lineKind } from '../../src/reading/chrome.js';
import { readPage } from '../../src/reading/index.js';

const origin = 'https://www.a.gov.cn/1.html';
const paragraph = (n: number) => `<p>今年春天,县里第${n}批公办幼儿园投入使用,新增学位810个,招收教师64名。</p>`;
const page = (below: string, within = '') =>
  `<html><head><title>县里添了三所幼儿园</title></head><body><h1>县里添了三所幼儿园</h1><p>发布时间:2024-03-02 来源:教育局</p>
<div class="content">${[1, 2, 3].map(paragraph).join('')}${within}${[4, 5].map(paragraph).join('')}${below}</div><div>ICP备00000000号</div></body></html>`;

const textOf = async (html: string) => (await readPage({ bytes: Buffer.from(html), origin })).text;

const counters: [name: string, counter: (visits: number) => string][] = [
  ['访问 N 次', (n) => `<p>访问 ${n} 次</p>`],
  ['阅读量', (n) => `<p>阅读量：${n}</p>`],
  ['浏览', (n) => `<p>浏览：${n}</p>`],
  ['with its label inline', (n) => `<div>浏览次数：<span id="hits">${n}</span>次</div>`],
  ['with its number on a line of its own', (n) => `<div>阅读量</div><div>${n}</div>`],
  ['in words', (n) => `<p>本文已被浏览 ${n} 次</p>`],
  ['number first', (n) => `<p>${n}人阅读</p>`],
  ['in brackets', (n) => `<p>【点击数：${n}】</p>`],
  ['grouped digits', (n) => `<p>点击：1,0${n}次</p>`],
];

describe('a counter', () => {
  it.each(counters)('%s: below the text, below a pager, and between paragraphs it is no text', async (_, counter) => {
    const bare = await textOf(page(''));
    expect(bare.split('\n')).toHaveLength(5);
    const pager = '<div class="page"><b>1</b> <a href="1_2.html">2</a> <a href="1_2.html">下一页</a></div>';
    for (const visits of [12, 13]) {
      expect(await textOf(page(counter(visits)))).toBe(bare);
      expect(await textOf(page(`${pager}${counter(visits)}`))).toBe(bare);
      expect(await textOf(page('', counter(visits)))).toBe(bare);
    }
  });

  it.each(['浏览次数:', '阅读 (35)', '点击率：--', '此信息浏览量: 3.4万', 'Hits: 1204'])(
    'is known alone on a line: %s',
    (line) => {
      expect(lineKind(line)).toBe('tool');
    },
  );

  it.each([
    '阅读',
    '关注',
    '阅读12本',
    '阅读50万字',
    '访问困难家庭36户',
    '走访120人',
    '关注留守儿童120人',
    '网站访问量120万人次，比上年增长两成。',
  ])('is not seen in other words: %s', (line) => {
    expect(lineKind(line)).not.toBe('tool');
  });
});

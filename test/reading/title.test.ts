// Titles as sites glue them into <title>, with nothing on the page that shows them alone.
import { describe, expect, it } from 'vitest';
import { readText } from '../../src/reading/index.js';

const title = '全县新增学位五千个';
const paragraph = `<p>${'近日,青阳县教育局召开会议,对校园安全作出安排,今年全县新改扩建幼儿园6所。'.repeat(4)}</p>`;
const read = (head: string, body: string) =>
  readText(`<html><head><title>${head}</title></head><body>${body}</body></html>`, { origin: 'x' }).title;

const glued = [
  `${title}_青阳网`,
  `${title}-青阳县教育局`,
  `青阳县教育局-${title}`,
  `青阳县教育局 ${title}`,
  `${title} | 教育 | 青阳网`,
  `${title}-要闻-青阳县人民政府门户网站`,
  `青阳县人民政府 要闻 ${title}`,
  `${title}——青阳网`,
  `${title}·青阳网`,
  `${title}>>青阳网`,
  `首页>新闻>${title}`,
  `通知公告 - ${title}`,
  `${title}丨青阳县融媒体中心`,
  `青阳县教育局--新闻--${title}`,
  `${title}_学校_青阳第一中学官网`,
];

describe('titles', () => {
  for (const head of glued) it(head, () => expect(read(head, paragraph)).toBe(title));

  it('a shown line that the head confirms wins over a heading that names the site', () => {
    const body = `<h1>青阳县教育局</h1><div><p><b>${title}</b></p>${paragraph}<p><b>一、加大投入</b></p>${paragraph}</div>`;
    for (const head of glued) expect(read(head, body)).toBe(title);
  });

  it('a head that welcomes visitors is no title', () => {
    expect(read('欢迎光临青阳网', paragraph)).toBe(null);
  });

  it('parts of a title that itself holds a dash stay together', () => {
    const long = '“双减”在青阳——县城小学课后服务见闻';
    expect(read(`${long}_青阳网`, `<h1>${long}</h1>${paragraph}`)).toBe(long);
  });
});

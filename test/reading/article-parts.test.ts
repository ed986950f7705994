// Which page holds the next part of an article, and which its first; the addresses are of the shapes that content systems give.
import { describe, expect, it } from 'vitest';
import { readText } from '../../src/reading/index.js';

const host = 'https://www.a.gov.cn';
const body =
  '<h1>两年改造一百所学校</h1><p>全县两年来改造义务教育学校一百所，新建校舍面积三万平方米，惠及学生四万名。</p>';

/** The parts of a page at `path` with the links `[words, address]` in a pager below its text. */
function parts(path: string, links: [string, string][], more = '') {
  const pager = links.map(([words, href]) => `<a href="${href}">${words}</a>`).join(' ');
  const page = `<html><body>${body}<div class="page">${pager}</div>${more}</body></html>`;
  const { nextPart, firstPart } = readText(page, { origin: `${host}${path}` });
  const short = (url: string | null) => url?.replace(host, '') ?? null;
  return { next: short(nextPart), first: short(firstPart) };
}

describe('parts of an article', () => {
  it('counts from 0: the second page is _1', () => {
    const links: [string, string][] = [
      ['2', 't_1.html'],
      ['3', 't_2.html'],
      ['下一页', 't_1.html'],
    ];
    expect(parts('/x/t.html', links)).toEqual({ next: '/x/t_1.html', first: null });
    expect(
      parts('/x/t_1.html', [
        ['1', 't.html'],
        ['3', 't_2.html'],
        ['下一页', 't_2.html'],
      ]),
    ).toEqual({
      next: '/x/t_2.html',
      first: '/x/t.html',
    });
    expect(
      parts('/x/t_2.html', [
        ['上一页', 't_1.html'],
        ['1', 't.html'],
        ['2', 't_1.html'],
      ]),
    ).toEqual({
      next: null,
      first: '/x/t.html',
    });
  });

  it('counts from 1, behind a hyphen and in a query', () => {
    expect(
      parts('/n1/c10-345.html', [
        ['【2】', 'c10-345-2.html'],
        ['下一页', 'c10-345-2.html'],
      ]).next,
    ).toBe('/n1/c10-345-2.html');
    expect(
      parts('/show-8-91-1.html', [
        ['2', 'show-8-91-2.html'],
        ['下一页', 'show-8-91-2.html'],
      ]),
    ).toEqual({
      next: '/show-8-91-2.html',
      first: null,
    });
    expect(
      parts('/show-8-91-2.html', [
        ['1', 'show-8-91-1.html'],
        ['3', 'show-8-91-3.html'],
      ]),
    ).toEqual({
      next: '/show-8-91-3.html',
      first: '/show-8-91-1.html',
    });
    expect(
      parts('/v.jsp?id=7', [
        ['2', '?id=7&page=2'],
        ['下一页', '?id=7&page=2'],
      ]).next,
    ).toBe('/v.jsp?id=7&page=2');
    expect(
      parts('/v.jsp?id=7&page=2', [
        ['1', '?id=7'],
        ['上一页', '?id=7'],
      ]),
    ).toEqual({
      next: null,
      first: '/v.jsp?id=7',
    });
  });

  it('reads the pager that TRS writes by a script', () => {
    const script = (page: number) => `<script>createPageHTML(3, ${page}, "t2020_77", "html");</script>`;
    expect(parts('/zw/t2020_77.html', [], script(0))).toEqual({ next: '/zw/t2020_77_1.html', first: null });
    expect(parts('/zw/t2020_77_2.html', [], script(2))).toEqual({ next: null, first: '/zw/t2020_77.html' });
    expect(parts('/zw/t2020_78.html', [], '<script>createPageHTML(30, 0, "index", "html");</script>').next).toBeNull();
  });

  it('takes no other article for a part', () => {
    expect(parts('/content_123.html', [['下一页', 'content_124.html']])).toEqual({ next: null, first: null });
    expect(parts('/info_12.html', [['下一页', 'info_13.html']])).toEqual({ next: null, first: null });
    expect(
      parts('/a/12.html', [
        ['下一页', '13.html'],
        ['下一篇', '13.html'],
      ]),
    ).toEqual({ next: null, first: null });
    expect(
      parts('/a/t.html', [
        ['2', 'https://b.gov.cn/a/t_1.html'],
        ['下一页', '/list_2.html'],
      ]).next,
    ).toBeNull();
    expect(
      parts('/a/t.html', [
        ['1', 't.html'],
        ['下一页', 'javascript:;'],
      ]),
    ).toEqual({ next: null, first: null });
  });
});

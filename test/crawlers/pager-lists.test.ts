// Pagers as county and school sites print them, beside those of the other tests: VSB and WebPlus of several versions, next links made of
// pictures, arrows and attributes, pagers that a library draws from numbers in a script, and lists that grow at a press. Each list is
// crawled whole: every article once, or the reason why not.
import { describe, expect, it } from 'vitest';
import type { TestAnswer, TestRequest } from '../helpers/server.js';
import { crawlSite, expectAll, footer, nav, pathOf, range, row, rows, sidebar, titleOf } from './list-site.js';

const perPage = 5;
const count = 14;
const pages = 3;
type Answer = (request: TestRequest) => TestAnswer | undefined;

/** A list whose page n (from 1) has the address `name(n)` and shows `foot(n)`. */
const list =
  (
    name: (n: number) => string,
    foot: (n: number) => string,
    shown: (from: number, to: number) => string = rows,
  ): Answer =>
  ({ url }) => {
    const n = range(1, pages).find((each) => url === name(each));
    if (n === undefined) return undefined;
    const rowsHere = shown((n - 1) * perPage + 1, Math.min(n * perPage, count));
    return {
      body: `<html><head><title>工作动态</title></head><body>${nav}<div class="con">${rowsHere}</div>${sidebar}<div class="pager">${foot(n)}</div>${footer}</body></html>`,
    };
  };
const byQuery =
  (address: string, name: string) =>
  (n: number): string =>
    n === 1 ? address : `${address}${address.includes('?') ? '&' : '?'}${name}=${n}`;
const until = (n: number, link: string, dead = '<span>下一页</span>'): string => (n < pages ? link : dead);

/** VSB counts from the end: of three pages the first is xwdt.htm, the second xwdt/2.htm, the last xwdt/1.htm. */
const vsb = (n: number): string => (n === 1 ? '/jy/xwdt.htm' : `/jy/xwdt/${pages - n + 1}.htm`);
const vsbLink = (from: number, to: number): string =>
  from === 1 ? `xwdt/${pages - to + 1}.htm` : to === 1 ? '../xwdt.htm' : `${pages - to + 1}.htm`;

const sites: Record<string, [family: string, start: string, answer: Answer]> = {
  'VSB, numbers alone, counted from the end': [
    'vsb',
    '/jy/xwdt.htm',
    list(
      vsb,
      (n) =>
        `<!--#begineditable vsb_content--><span class="p_pages">${range(1, pages)
          .map((k) =>
            k === n
              ? `<span class="p_no_d">${k}</span>`
              : `<span class="p_no"><a href="${vsbLink(n, k)}">${k}</a></span>`,
          )
          .join('')}</span>`,
    ),
  ],
  'VSB of older make: a table with 共N条 and the page over the pages': [
    'vsb',
    '/jy/xwdt.htm',
    list(
      vsb,
      (n) =>
        `<link href="/_sitegray/_sitegray_d.css"><TABLE class="headStyle"><TR><TD>共${count}条&nbsp;&nbsp;${n}/${pages}&nbsp;</TD><TD>${n > 1 ? `<a href=${vsbLink(n, 1)} class=Next>首页</a><a href=${vsbLink(n, n - 1)} class=Next>上页</a>` : '<span class=Next>首页</span>'}${n < pages ? `<a href=${vsbLink(n, n + 1)} class=Next>下页</a><a href=${vsbLink(n, pages)} class=Next>尾页</a>` : '<span class=Next>下页</span>'}</TD></TR></TABLE>`,
    ),
  ],
  'VSB, a dynamic list with a parameter of its own name': [
    'vsb',
    '/list.jsp?urltype=tree.TreeTempUrl&wbtreeid=1021',
    list(
      (n) =>
        n === 1
          ? '/list.jsp?urltype=tree.TreeTempUrl&wbtreeid=1021'
          : `/list.jsp?a77t=3&a77p=${n}&a77c=5&urltype=tree.TreeTempUrl&wbtreeid=1021`,
      (n) =>
        `<script src="/system/resource/js/dynclicks.js"></script>${until(n, `<a class="Next" href="?a77t=3&amp;a77p=${n + 1}&amp;a77c=5&amp;urltype=tree.TreeTempUrl&amp;wbtreeid=1021">下页</a>`)}`,
    ),
  ],
  'WebPlus with counts, and a dead next at the end': [
    'webplus',
    '/s/12/t/3/list.htm',
    list(
      (n) => (n === 1 ? '/s/12/t/3/list.htm' : `/s/12/t/3/list${n}.htm`),
      (n) =>
        `<div id="wp_paging_w6"><ul class="wp_paging clearfix"><li class="pages_count"><span class="per_page">每页&nbsp;<em class="per_count">${perPage}</em>&nbsp;记录&nbsp;</span><span class="all_count">总共&nbsp;<em class="all_count">${count}</em>&nbsp;记录&nbsp;</span></li><li class="page_nav"><a class="prev" href="javascript:void(0);"><span>&lt;&lt;上一页</span></a><a class="next" href="${n < pages ? `/s/12/t/3/list${n + 1}.htm` : 'javascript:void(0);'}"><span>下一页&gt;&gt;</span></a></li><li class="page_jump"><span class="pages">页码&nbsp;<em class="curr_page">${n}</em>/<em class="all_pages">${pages}</em></span></li></ul></div>`,
    ),
  ],
  'WebPlus, .psp pages, next as a picture': [
    'webplus',
    '/dt/list.psp',
    list(
      (n) => (n === 1 ? '/dt/list.psp' : `/dt/list${n}.psp`),
      (n) =>
        `<div class="wp_paging">${until(n, `<a class='next' href='/dt/list${n + 1}.psp'><img src="/n.gif" alt="下一页"></a>`)}</div>`,
    ),
  ],
  'next as a picture with words': [
    'links',
    '/l/',
    list(byQuery('/l/', 'pn'), (n) => until(n, `<a href="?pn=${n + 1}"><img src=/r.png alt="下一页" /></a>`)),
  ],
  'next in brackets': [
    'links',
    '/l/',
    list(byQuery('/l/', 'p'), (n) => until(n, `<A HREF='?p=${n + 1}'>[下一页]</A>`, '[下一页]')),
  ],
  'next with an arrow': [
    'links',
    '/l.asp?id=3',
    list(byQuery('/l.asp?id=3', 'PageNo'), (n) => until(n, `<a href="/l.asp?id=3&PageNo=${n + 1}">下一页 →</a>`)),
  ],
  'next in traditional characters with its own number': [
    'links',
    '/l.php',
    list(byQuery('/l.php', 'page'), (n) =>
      until(n, `<a href="l.php?page=${n + 1}#top" title="下一页"><i class="icon-right"></i></a>`),
    ),
  ],
  'next whose address stands in a data attribute': [
    'links',
    '/l/index.html',
    list(
      (n) => (n === 1 ? '/l/index.html' : `/l/index_${n}.html`),
      (n) => until(n, `<a href="javascript:;" data-href="/l/index_${n + 1}.html">下一页</a>`),
    ),
  ],
  'numbers whose addresses stand in onclick, without a word for next': [
    'links',
    '/l/',
    list(byQuery('/l/', 'currentPage'), (n) =>
      range(1, pages)
        .map((k) =>
          k === n
            ? `<a class="active">${k}</a>`
            : `<a href="javascript:void(0)" onclick="location.href='/l/${k > 1 ? `?currentPage=${k}` : ''}'">${k}</a>`,
        )
        .join(''),
    ),
  ],
  'numbers in folders': [
    'links',
    '/news/',
    list(
      (n) => (n === 1 ? '/news/' : `/news/page/${n}/`),
      (n) =>
        range(1, pages)
          .map((k) =>
            k === n
              ? `<span class="current">${k}</span>`
              : `<a href="${k === 1 ? '/news/' : `/news/page/${k}/`}">${k}</a>`,
          )
          .join(''),
    ),
  ],
  'a menu to jump with': [
    'links',
    '/l/list.html',
    list(
      (n) => (n === 1 ? '/l/list.html' : `/l/list_${n}.html`),
      (n) =>
        `<select onchange="location.href=this.value">${range(1, pages)
          .map(
            (k) =>
              `<option value="${k === 1 ? 'list.html' : `list_${k}.html`}"${k === n ? ' selected' : ''}>第${k}页</option>`,
          )
          .join('')}</select>`,
    ),
  ],
  'kkpager: numbers and the parts of addresses in a script': [
    'links',
    '/zwdt/list.html',
    list(
      (n) => (n === 1 ? '/zwdt/list.html' : `/zwdt/list_${n}.html`),
      (n) =>
        `<div id="kkpager"></div><script>kkpager.generPageHtml({ pno : ${n}, total : ${pages}, totalRecords : ${count}, hrefFormer : 'list', hrefLatter : '.html', getLink : function(n){ if (n == 1) { return this.hrefFormer + this.hrefLatter; } return this.hrefFormer + '_' + n + this.hrefLatter; } });</script>`,
    ),
  ],
  'laypage: counts and an address that a jump makes': [
    'links',
    '/l/?cid=4',
    list(
      byQuery('/l/?cid=4', 'page'),
      (n) =>
        `<div id="pages"></div><script>layui.use('laypage', function(){ laypage.render({ elem: 'pages', count: ${count}, limit: ${perPage}, curr: ${n}, jump: function(obj, first){ if (!first) { window.location.href = '/l/?cid=4&page=' + obj.curr; } } }); });</script>`,
    ),
  ],
  'a pagination of jQuery with a callback': [
    'links',
    '/l/',
    list(
      byQuery('/l/', 'p'),
      (n) =>
        `<div class="M-box"></div><script>$('.M-box').pagination({ pageCount: ${pages}, current: ${n}, jump: true, callback: function (api) { location = "?p=" + api.getCurrent(); } });</script>`,
    ),
  ],
  'all rows in the page, cut into pages by a script': [
    'links',
    '/all/',
    ({ url }) =>
      url === '/all/'
        ? {
            body: `<div class="con">${rows(1, count)}</div><div>共${count}条 共${pages}页 <a href="javascript:turn(2)">下一页</a></div><script>function turn(n){ $('li').hide().slice(n*5-5, n*5).show(); }</script>`,
          }
        : undefined,
  ],
  'a button for more whose rows come as HTML': [
    'links',
    '/more/',
    ({ url }) => {
      if (url === '/more/')
        return {
          body: `<div id="list">${rows(1, perPage)}</div><button id="more">加载更多</button><script>var page = 1; $('#more').click(function(){ page++; $.get('/more/list.jsp?page=' + page, function(html){ $('#list').append(html) }) });</script>`,
        };
      const n = Number(/^\/more\/list\.jsp\?page=(\d+)$/.exec(url)?.[1] ?? 0);
      return n === 0
        ? undefined
        : {
            body:
              n <= pages
                ? range((n - 1) * perPage + 1, Math.min(n * perPage, count))
                    .map(row)
                    .join('')
                : '<!-- -->',
          };
    },
  ],
  'a button for more whose rows come as JSON without a total': [
    'links',
    '/more/',
    ({ url }) => {
      if (url === '/more/')
        return {
          body: `<ul id="list">${range(1, perPage).map(row).join('')}</ul><a id="more" href="javascript:more()">点击加载更多</a><script>let pageNo = 2; function more(){ fetch(\`/more/data.json?pageNo=\${pageNo}\`).then(draw) }</script>`,
        };
      const n = Number(/^\/more\/data\.json\?pageNo=(\d+)$/.exec(url)?.[1] ?? 0);
      if (n === 0) return undefined;
      const here = n <= pages ? range((n - 1) * perPage + 1, Math.min(n * perPage, count)) : [];
      return {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ rows: here.map((k) => ({ tt: titleOf(k), title: titleOf(k), linkUrl: pathOf(k) })) }),
      };
    },
  ],
};

describe('every article of a list arrives once', () => {
  it.each(Object.keys(sites))('%s', async (name) => {
    const [family, start, answer] = sites[name]!;
    expectAll(await crawlSite(start, answer), family, count);
  });
});

describe('a list that only a script can turn is no complete one', () => {
  it.each<[string, string]>([
    ['a postback by words', `<a href="javascript:__doPostBack('AspNetPager1','2')">下一页</a>`],
    [
      'a postback by numbers',
      `<span>1</span> <a href="javascript:__doPostBack('pager','2')">2</a> <a href="javascript:__doPostBack('pager','3')">3</a>`,
    ],
    ['a next with a number in an attribute', '<a href="javascript:;" class="nextPage" data-page="2">下一页</a>'],
    ['numbers with numbers in an attribute', '<b>1</b><a href="#" data-page="2">2</a><a href="#" data-page="3">3</a>'],
    [
      'a form',
      '<form id="f" method="post"><input name="pageNo" value="1"></form><a href="#" onclick="document.forms[0].pageNo.value=2;document.forms[0].submit()">下一页</a>',
    ],
    [
      'counts in a script',
      '<div id="pg"></div><script>new Pager({ el: "#pg", pageCount: 4, pageIndex: 1, onChange: loadRows });</script>',
    ],
    [
      'counts of a library',
      '<div id="pg"></div><script>laypage.render({ elem: "pg", count: 45, limit: 5, jump: reload });</script>',
    ],
    ['a button', '<button onclick="more()">查看更多</button>'],
    ['a print of the pages', '<div>1/4</div><div>共18条记录 1/4页</div>'],
  ])('%s', async (_, foot) => {
    const { report } = await crawlSite('/l/', ({ url }) =>
      url === '/l/' ? { body: `${nav}<div class="con">${rows(1, perPage)}</div>${foot}${footer}` } : undefined,
    );
    expect(report).toMatchObject({ end: 'partial', articles: perPage });
    expect(report.lists[0]).toMatchObject({ end: 'partial', items: perPage });
  });

  it.each<[string, string]>([
    ['a dead next', '<span class="disabled">上一页</span><b>1</b><a href="javascript:;">下一页</a>'],
    ['counts that say one page', '<script>laypage.render({ elem: "pg", count: 5, limit: 5, jump: reload });</script>'],
    [
      'a slide show with pages',
      '<script>var swiper = new Swiper(".s", { slidesPerView: 3, pagination: ".p" });</script>',
    ],
    ['a total that is there', '<div>共5条 共1页</div>'],
  ])('but %s is no sign of more', async (_, foot) => {
    const { report } = await crawlSite('/l/', ({ url }) =>
      url === '/l/' ? { body: `${nav}<div class="con">${rows(1, perPage)}</div>${foot}${footer}` } : undefined,
    );
    expect(report).toMatchObject({ end: 'complete', articles: perPage });
  });
});

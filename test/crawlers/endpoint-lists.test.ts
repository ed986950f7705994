// Lists that come from an endpoint: jpaas units, UCAP, gkmlpt and JSON of unknown systems, in the forms their pages and answers have
// beside those of the other tests. Every row once, or the reason why not.
import { describe, expect, it } from 'vitest';
import type { TestAnswer, TestRequest } from '../helpers/server.js';
import { crawlSite, expectAll, footer, json, nav, pathOf, queryOf, range, rows, titleOf } from './list-site.js';

type Answer = (request: TestRequest) => TestAnswer | undefined;
const unit = '/api-gateway/jpaas-publish-server/front/page/build/unit';
const escaped = (text: string): string => text.replaceAll('"', '&quot;');
const data = {
  webId: 'b7c',
  pageId: '90',
  parseType: 'bulidstatic',
  pageType: 'column',
  tagId: '栏目文章列表',
  tplSetId: 'x1',
};

/** A column of jpaas: the page, and a unit that tells pages by paramJson alone. */
const jpaas =
  (page: string, size: number, count: number, answer: (from: number, to: number, n: number) => unknown): Answer =>
  ({ url }) => {
    if (url === '/col/col77/index.html') return { body: `${nav}${page}${footer}` };
    if (!url.startsWith(unit)) return undefined;
    const query = queryOf(url);
    if (query.get('tagId') !== data.tagId)
      return json({ success: true, data: { html: '<ul><li><a href="/">首页</a></li></ul>' } });
    const { pageNo = 1 } = JSON.parse(query.get('paramJson') ?? '{}') as { pageNo?: number };
    return json(answer((pageNo - 1) * size + 1, Math.min(pageNo * size, count), pageNo));
  };

const jpaasSites: Record<string, [number, Answer]> = {
  'queryData as escaped JSON, the total in an attribute': [
    17,
    jpaas(
      `<div class="page-content" queryData="${escaped(JSON.stringify(data))}" url="${unit}"></div>`,
      6,
      17,
      (from, to) => ({
        code: '200',
        data: {
          html: `<div class="list">${rows(from, to)}</div><div class="pageInfo" data-total="17" data-pagesize="6"></div>`,
        },
      }),
    ),
  ],
  'queryData in single quotes, upper case tags, the unit with its host': [
    11,
    jpaas(
      `<DIV QUERYDATA='${JSON.stringify(data)}' URL='${unit}'></DIV><SCRIPT>var rows = "4"</SCRIPT>`,
      4,
      11,
      (from, to) => ({
        success: true,
        data: { html: `${rows(from, to)}<script>var totalCount = 11;</script>` },
      }),
    ),
  ],
  'a unit for the menu before the unit of the list': [
    9,
    jpaas(
      `<script url="${unit}" queryData="{'webId':'b7c','pageId':'90','tagId':'左侧导航','tplSetId':'x1'}"></script><div url="${unit}" queryData="{'webId':'b7c','pageId':'90','pageType':'column','tagId':'${data.tagId}','tplSetId':'x1'}"></div>`,
      4,
      9,
      (from, to) => ({ data: { html: `${rows(from, to)}<div>共9条</div>` } }),
    ),
  ],
  'paramJson that stands in queryData with more than the page': [
    9,
    jpaas(
      `<div url="${unit}" queryData="{'webId':'b7c','tagId':'${data.tagId}','tplSetId':'x1','paramJson':'{&quot;pageNo&quot;:1,&quot;pageSize&quot;:&quot;4&quot;,&quot;year&quot;:&quot;&quot;}'}"></div>`,
      4,
      9,
      (from, to) => ({ data: { html: `${rows(from, to)}<p>共 9 条记录</p>` } }),
    ),
  ],
  'no total anywhere: the page behind the last is empty': [
    13,
    jpaas(`<div queryData="${escaped(JSON.stringify(data))}" url="${unit}"></div>`, 5, 13, (from, to) => ({
      data: { html: from <= 13 ? rows(from, to) : '<ul></ul>' },
    })),
  ],
  'the first rows in the page and in the unit both': [
    9,
    jpaas(
      `<div class="con">${rows(1, 4)}</div><div queryData="${escaped(JSON.stringify(data))}" url="${unit}"></div>`,
      4,
      9,
      (from, to) => ({
        success: true,
        data: { html: `${rows(from, to)}<div class="pages" totalpage="3" count="9"></div>` },
      }),
    ),
  ],
};

const infos = (from: number, to: number, more: Record<string, unknown> = {}) =>
  range(from, to).map((n) => ({ id: 9000 + n, title: titleOf(n), link: pathOf(n), pubtime: '2031-05-06', ...more }));

/** A UCAP column whose endpoint gives `size` rows a page. */
const ucap =
  (
    page: string,
    count: number,
    size: number,
    wrap: (list: unknown[]) => unknown,
    path = '/szinf/info/getInfoCommon',
  ): Answer =>
  ({ url }) => {
    if (url === '/xxgk/nav_list.shtml') return { body: `<UCAPTITLE>信息</UCAPTITLE>${page}` };
    if (!url.startsWith(path)) return undefined;
    const query = queryOf(url);
    const channel = query.get('channelid') ?? query.get('channelId') ?? query.get('channel_id');
    if (channel !== '7e41ab') return json({ infolist: [] });
    const n = Number(query.get('currpage') ?? query.get('currPage') ?? 1);
    return json(wrap(infos((n - 1) * size + 1, Math.min(n * size, count))));
  };

const ucapSites: Record<string, [string, number, Answer]> = {
  'parameters as the data of a call': [
    'ucap',
    23,
    ucap(
      `<script>var channelid='7e41ab'; $.ajax({ url: "/szinf/info/getInfoCommon/", type: "get", dataType: "json", data: { pagesize: 10, currpage: 1, channelid: channelid }, success: draw });</script>`,
      23,
      10,
      (infolist) => ({ totalnum: '23', infolist }),
    ),
  ],
  'the channel in a hidden field': [
    'ucap',
    23,
    ucap(
      `<input type="hidden" value="7e41ab" id="channelid"><script>load('/szinf/info/getInfoCommon?pagesize=10&currpage='+n+'&channelid='+$('#channelid').val());</script>`,
      23,
      10,
      (infolist) => ({ page: { totalCount: 23, pageSize: 10 }, infolist }),
    ),
  ],
  'names in capitals of their own': [
    'ucap',
    12,
    ucap(
      `<script>get("/common/info/getInfoCommon?pageSize=5&currPage=1&channelId=7e41ab")</script>`,
      12,
      5,
      (infolist) => ({ total: 12, infolist }),
      '/common/info/getInfoCommon',
    ),
  ],
  'no total: the page behind the last is empty': [
    'ucap',
    10,
    ucap(
      `<script>get("/szinf/info/getInfoCommon/?channelid=7e41ab&currpage=1&pagesize=5")</script>`,
      10,
      5,
      (infolist) => ({ infolist }),
    ),
  ],
};

/** A site of Guangdong's system; `path` is where it lives, `size` what a page holds. */
const gkmlpt =
  (path: string, page: string, count: number, size: number, wrap: (list: unknown[]) => unknown): Answer =>
  ({ url }) => {
    if (url === `${path}/index`) return { body: page };
    if (!url.startsWith(`${path}/api/all/`)) return undefined;
    const query = queryOf(url);
    const category = /\/api\/all\/(\d+)\?/.exec(url)?.[1];
    if (query.get('sid') !== '755021' || category !== '3318') return json({ total: 0, articles: [] });
    const n = Number(query.get('page') ?? 1);
    return json(
      wrap(
        range((n - 1) * size + 1, Math.min(n * size, count)).map((k) => ({
          id: k,
          title: titleOf(k),
          url: pathOf(k),
          date: 1_935_000_000,
        })),
      ),
    );
  };

const gkmlptSites: Record<string, [string, number, Answer]> = {
  'a hundred on a page': [
    '/gkmlpt/index#3318',
    230,
    gkmlpt(
      '/gkmlpt',
      `<script>var _CONFIG = {"SID":"755021"}</script><div id="app" data-src="/gkmlpt/js/a.js"></div>`,
      230,
      100,
      (articles) => ({ total: 230, articles }),
    ),
  ],
  'in a folder of its own, the number without quotes': [
    '/jyj/gkmlpt/index#3318',
    8,
    gkmlpt('/jyj/gkmlpt', '<script>window._CONFIG={TYPE:1,SID:755021,NAME:"x"}</script>', 8, 5, (articles) => ({
      articles,
      total: '8',
    })),
  ],
  'the total beside the rows, in a part of its own': [
    '/gkmlpt/index#3318',
    8,
    gkmlpt('/gkmlpt', "<script>var SID = '755021';</script>", 8, 5, (data_) => ({
      data: data_,
      postMeta: { total: 8, page: 1 },
      classifies: [
        { id: 1, name: '法定主动公开内容' },
        { id: 2, name: '通知公告' },
      ],
    })),
  ],
};

/** A page whose script asks an endpoint; `answer` gives the endpoint's pages. */
const shell =
  (script: string, answer: Answer, page = '<div id="app"></div>'): Answer =>
  (request) =>
    request.url === '/news/' ? { body: `${page}<script>${script}</script>` } : answer(request);
const slice = (n: number, size: number, count: number): [number, number] => [
  (n - 1) * size + 1,
  Math.min(n * size, count),
];
const parametersOf = ({ url, body }: TestRequest): URLSearchParams =>
  new URLSearchParams(`${url.split('?')[1] ?? ''}&${body}`);

const jsonSites: Record<string, [string, number, Answer]> = {
  'the count of the page before the total': [
    'script',
    23,
    shell('fetch("/api/list?pageNo=1&pageSize=10").then(draw)', (request) => {
      const n = Number(parametersOf(request).get('pageNo'));
      const rows_ = infos(...slice(n, 10, 23));
      return request.url.startsWith('/api/list')
        ? json({ code: 0, count: rows_.length, total: 23, list: rows_ })
        : undefined;
    }),
  ],
  'parameters as an object behind the address': [
    'script',
    23,
    shell("var cid = '55'; $.getJSON('/api/article', { page: 1, size: 10, column: cid }, draw);", (request) => {
      const query = parametersOf(request);
      if (!request.url.startsWith('/api/article')) return undefined;
      if (query.get('column') !== '55') return json({ rows: [], total: 0 });
      return json({ total: 23, rows: infos(...slice(Number(query.get('page')), 10, 23)) });
    }),
  ],
  'a form sent by POST': [
    'script',
    23,
    shell(
      '$.ajax({ type: "POST", url: "/cms/queryList.do", data: { columnId: 31, curPage: 1, pageSize: 10 }, success: draw });',
      (request) => {
        if (!request.url.startsWith('/cms/queryList.do')) return undefined;
        const query = parametersOf(request);
        if (request.method !== 'POST' || query.get('columnId') !== '31') return { status: 405, body: 'x' };
        return json({ data: { records: infos(...slice(Number(query.get('curPage')), 10, 23)), totalRows: 23 } });
      },
    ),
  ],
  'pages counted from 0': [
    'script',
    13,
    shell('axios.get("/api/posts?page=0&size=5")', (request) =>
      request.url.startsWith('/api/posts')
        ? json({
            content: infos(...slice(Number(parametersOf(request).get('page')) + 1, 5, 13)),
            totalElements: 13,
            totalPages: 3,
            number: Number(parametersOf(request).get('page')),
          })
        : undefined,
    ),
  ],
  'keys of another system': [
    'script',
    7,
    shell('axios.get("/api/v2/getInfoList?pageIndex=1&pageSize=5")', (request) =>
      request.url.startsWith('/api/v2/getInfoList')
        ? json({
            Result: {
              RecordCount: 7,
              Items: range(...slice(Number(parametersOf(request).get('pageIndex')), 5, 7)).map((n) => ({
                InfoTitle: titleOf(n),
                InfoUrl: pathOf(n),
                PublishDate: '/Date(1935000000000)/',
              })),
            },
          })
        : undefined,
    ),
  ],
  'a server that clamps to the last page, with its total': [
    'script',
    13,
    shell('axios.get("/api/posts?page=1")', (request) => {
      if (!request.url.startsWith('/api/posts')) return undefined;
      const n = Math.min(3, Number(parametersOf(request).get('page')));
      return json({ list: infos(...slice(n, 5, 13)), total: 13 });
    }),
  ],
};

describe('jpaas units', () => {
  it.each(Object.keys(jpaasSites))('%s', async (name) => {
    const [count, answer] = jpaasSites[name]!;
    expectAll(await crawlSite('/col/col77/index.html', answer), 'jpaas', count);
  });
});

describe('UCAP', () => {
  it.each(Object.keys(ucapSites))('%s', async (name) => {
    const [family, count, answer] = ucapSites[name]!;
    expectAll(await crawlSite('/xxgk/nav_list.shtml', answer), family, count);
  });
});

describe('gkmlpt', () => {
  it.each(Object.keys(gkmlptSites))('%s', async (name) => {
    const [start, count, answer] = gkmlptSites[name]!;
    expectAll(await crawlSite(start, answer), 'gkmlpt', count);
  });
});

describe('JSON of an unknown system', () => {
  it.each(Object.keys(jsonSites))('%s', async (name) => {
    const [family, count, answer] = jsonSites[name]!;
    expectAll(await crawlSite('/news/', answer), family, count);
  });

  it.each<[string, (n: number) => unknown]>([
    ['declares more than it gives', (n) => ({ total: 40, list: n <= 2 ? infos(...slice(n, 5, 10)) : [] })],
    ['gives its first page again for every page', () => ({ list: infos(1, 5) })],
  ])('that %s is partial', async (_, answer) => {
    const { report } = await crawlSite(
      '/news/',
      shell('axios.get("/api/posts?page=1&size=5")', (request) =>
        request.url.startsWith('/api/posts') ? json(answer(Number(parametersOf(request).get('page')))) : undefined,
      ),
    );
    expect(report.end).toBe('partial');
    expect(report.lists[0]!.end).toBe('partial');
  });
});

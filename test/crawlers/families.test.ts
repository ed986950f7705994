// Each content system's lists on a small site of its own, in our own words: found by fingerprint from the start page, followed to the
// last page, all articles once. Shapes after what content systems write (crawling research §3.1 and §3.2).
import { describe, expect, it } from 'vitest';
import type { TestAnswer, TestRequest } from '../helpers/server.js';
import {
  crawlSite,
  expectAll,
  footer,
  json,
  nav,
  pathOf,
  queryOf,
  range,
  row,
  rows,
  sidebar,
  titleOf,
} from './list-site.js';

describe('TRS, pages drawn by createPageHTML', () => {
  const pages = (call: (n: number) => string, name: (n: number) => string) => (request: TestRequest) => {
    const n = [0, 1, 2].find((k) => request.url === `/dt/${name(k)}`);
    if (n === undefined) return undefined;
    const list = rows(n * 6 + 1, Math.min(n * 6 + 6, 16));
    return {
      body: `<html><body>${nav}${sidebar}<div class="list">${list}</div><script>${call(n)}</script>${footer}</body></html>`,
    };
  };

  it('counting from 0: second page index_1', async () => {
    const served = await crawlSite(
      '/dt/index.html',
      pages(
        (n) => `createPageHTML(3, ${n}, "index", "html");`,
        (n) => (n === 0 ? 'index.html' : `index_${n}.html`),
      ),
    );
    expectAll(served, 'trs', 16);
    expect(served.listed.every((date) => /^2031-05-\d\d$/.test(date ?? ''))).toBe(true);
  });

  it('with the div first, counting from 1: second page index_2; the count is the total', async () => {
    const served = await crawlSite(
      '/dt/index.html',
      pages(
        (n) => `createPageHTML('paging', 3, ${n + 1}, 'index', 'html', 16);`,
        (n) => (n === 0 ? 'index.html' : `index_${n + 1}.html`),
      ),
    );
    expectAll(served, 'trs', 16);
    expect(served.report.lists[0]!.total).toBe(16);
  });

  it('with names for numbers, another base name and its own definition beside the call', async () => {
    const script = (n: number): string =>
      `function createPageHTML(_nPageCount, _nCurrIndex, _sPageName, _sPageExt) { if (_nPageCount <= 1) return; }
       var countPage = 3; var currentPage = ${n}; createPageHTML(countPage, currentPage, "list", "shtml");`;
    expectAll(
      await crawlSite(
        '/dt/list.shtml',
        pages(script, (n) => (n === 0 ? 'list.shtml' : `list_${n}.shtml`)),
      ),
      'trs',
      16,
    );
  });

  it('from a folder address, and as setPage', async () => {
    const named = (n: number): string => (n === 0 ? '' : `index_${n + 1}.html`);
    const served = await crawlSite(
      '/dt/',
      pages((n) => `$(".page").pagination("setPage", ${n + 1}, 3);`, named),
    );
    expectAll(served, 'trs', 16);
  });
});

describe('JCMS', () => {
  const record = (n: number): string => `<record><![CDATA[${row(n)}]]></record>`;
  const store = (from: number, to: number, more = ''): string =>
    `<script type="text/xml"><datastore>${more}<recordset>${range(from, to).map(record).join('')}</recordset></datastore></script>`;
  const proxy = '/module/web/jpage/dataproxy.jsp';
  const answer = ({ url, method, body }: TestRequest, total: number, most: number): TestAnswer | undefined => {
    if (!url.startsWith(proxy) || method !== 'POST' || !body.includes('columnid=4227')) return undefined;
    const [from, to] = ['startrecord', 'endrecord'].map((name) => Number(queryOf(url).get(name)));
    const end = Math.min(to!, total, from! + most - 1);
    return {
      headers: { 'content-type': 'text/xml' },
      body: `<datastore><totalrecord>${total}</totalrecord><recordset>${range(from!, end).map(record).join('')}</recordset></datastore>`,
    };
  };

  it('asks dataproxy.jsp by POST for what the page does not hold, in the steps the server allows', async () => {
    const served = await crawlSite('/col/col4227/index.html', (request) =>
      request.url === '/col/col4227/index.html'
        ? {
            body: `${nav}<div id="55" class="default_pgContainer"></div>${store(1, 10, `<nextgroup><![CDATA[<a href="${proxy}?page=1&appid=1&webid=1&path=/&columnid=4227&unitid=55&permissiontype=0"></a>]]></nextgroup>`)}<script>jpage({ totalRecord: 40, perPage: 10 })</script>`,
          }
        : answer(request, 40, 12),
    );
    expectAll(served, 'jcms', 40);
  });

  it('needs no proxy where all records are in the page', async () => {
    expectAll(
      await crawlSite('/col/col4227/index.html', ({ url }) =>
        url === '/col/col4227/index.html' ? { body: store(1, 7) } : undefined,
      ),
      'jcms',
      7,
    );
  });

  it('is partial where the proxy gives less than it declares', async () => {
    const { report } = await crawlSite('/col/col4227/index.html', (request) =>
      request.url === '/col/col4227/index.html'
        ? {
            body: `${store(1, 5)}<script>var totalRecord = 9, perPage = 5, dataproxyUrl = "${proxy}?columnid=4227&unitid=55";</script>`,
          }
        : request.url.startsWith(proxy)
          ? { body: '<datastore><totalrecord>9</totalrecord><recordset></recordset></datastore>' }
          : undefined,
    );
    expect(report).toMatchObject({ end: 'partial', articles: 5 });
    expect(report.lists[0]!.reason).toBe('declares 9 records, 5 were found');
  });
});

describe('jpaas', () => {
  const unit = '/api-gateway/jpaas-publish-server/front/page/build/unit';
  const page = `<div class="page-content" url="${unit}" queryData="{'webId':'31','pageId':'774','parseType':'bulidstatic','pageType':'column','tagId':'信息列表','tplSetId':'ab12'}"></div><script>var pageSize = 5;</script>`;
  const pageNo = (url: string): number => JSON.parse(queryOf(url).get('paramJson') ?? '{}').pageNo;
  const html = (from: number, to: number, counts = ''): TestAnswer =>
    json({ success: true, data: { html: `${rows(from, to)}${counts}` } });

  it('turns pages by paramJson, with Referer and X-Requested-With', async () => {
    const served = await crawlSite('/col/col12/index.html', ({ url, headers }) => {
      if (url === '/col/col12/index.html') return { body: page };
      if (!url.startsWith(unit)) return undefined;
      if (!headers.referer || headers['x-requested-with'] !== 'XMLHttpRequest') return { status: 403, body: 'x' };
      if (queryOf(url).get('tagId') !== '信息列表') return { status: 400, body: 'x' };
      const n = pageNo(url);
      return html(n * 5 - 4, Math.min(n * 5, 13), '<div>共13条</div>');
    });
    expectAll(served, 'jpaas', 13);
  });

  it('that gives page 1 for ever stops and says so', async () => {
    const { report, server } = await crawlSite('/col/col12/index.html', ({ url }) =>
      url === '/col/col12/index.html' ? { body: page } : url.startsWith(unit) ? html(1, 5) : undefined,
    );
    expect(report).toMatchObject({ end: 'partial', articles: 5 });
    expect(report.lists[0]!.reason).toContain('repeats another page of the list');
    expect(server.asked().filter((url) => url.startsWith(unit))).toHaveLength(2);
  });
});

describe('JSON behind a list page', () => {
  const epoch = (n: number): number => Date.UTC(2031, 4, 1 + (n % 28), 16) / 1000;

  it('UCAP: getInfoCommon by channel', async () => {
    const served = await crawlSite('/xw/nav_list.shtml', ({ url }) => {
      if (url === '/xw/nav_list.shtml')
        return {
          body: `<UCAPTITLE>新闻</UCAPTITLE><script>var channelid = "9f3c"; load("/szinf/info/getInfoCommon/?pagesize=10&currpage=1&channelid=" + channelid);</script>`,
        };
      if (!url.startsWith('/szinf/info/getInfoCommon/') || queryOf(url).get('channelid') !== '9f3c') return undefined;
      const n = Number(queryOf(url).get('currpage'));
      return json({
        total: 24,
        infolist: range(n * 10 - 9, Math.min(n * 10, 24)).map((k) => ({
          title: titleOf(k),
          link: pathOf(k),
          pubtime: '2031-05-06 09:30:00',
        })),
      });
    });
    expectAll(served, 'ucap', 24);
    expect(new Set(served.listed)).toEqual(new Set(['2031-05-06']));
  });

  it('gkmlpt: the category behind #, seconds since 1970 in Beijing', async () => {
    const served = await crawlSite('/gkmlpt/index#2345', ({ url }) => {
      if (url === '/gkmlpt/index')
        return {
          body: `<script src="/gkmlpt/js/app.js"></script><script>window._CONFIG = { SID: '200016' };</script>`,
        };
      if (!url.startsWith('/gkmlpt/api/all/2345?') || queryOf(url).get('sid') !== '200016') return undefined;
      const n = Number(queryOf(url).get('page'));
      return json({
        total: 9,
        articles: range(n * 4 - 3, Math.min(n * 4, 9)).map((k) => ({
          title: titleOf(k),
          url: pathOf(k),
          date: epoch(k),
        })),
      });
    });
    expectAll(served, 'gkmlpt', 9);
    // 16:00 UTC is midnight of the next day in Beijing.
    expect(served.listed.every((date) => date! >= '2031-05-02')).toBe(true);
  });

  it('an unknown system: the address and its page stand in the script', async () => {
    const served = await crawlSite('/news/', ({ url }) => {
      if (url === '/news/')
        return {
          body: `<div id="app"></div><script>let pageNum = 1; const pageSize = 8; axios.get(\`/api/article/list?pageNum=\${pageNum}&pageSize=\${pageSize}\`).then(draw)</script>`,
        };
      if (!url.startsWith('/api/article/list')) return undefined;
      const n = Number(queryOf(url).get('pageNum'));
      return json({
        code: 0,
        data: {
          totalCount: 20,
          records: range(n * 8 - 7, Math.min(n * 8, 20)).map((k) => ({
            docTitle: titleOf(k),
            docPubUrl: pathOf(k),
            docRelTime: `2031-05-0${1 + (k % 9)}`,
          })),
        },
      });
    });
    expectAll(served, 'script', 20);
  });

  it('first rows in the page, more from JSON on a press: each counts once', async () => {
    const served = await crawlSite('/news/', ({ url }) => {
      if (url === '/news/') {
        return {
          body: `${rows(1, 6)}<button id="m">加载更多</button><script>let page = 1; m.onclick = () => fetch('/api/news.json?size=6&page=' + page).then(draw)</script>`,
        };
      }
      if (!url.startsWith('/api/news.json')) return undefined;
      const n = Number(queryOf(url).get('page'));
      const records = range(n * 6 - 5, Math.min(n * 6, 15)).map((k) => ({ title: titleOf(k), url: pathOf(k) }));
      return json({ total: 15, records });
    });
    expectAll(served, 'links', 15);
  });

  it('rows that stand in the page as JSON', async () => {
    const data = JSON.stringify(range(1, 12).map((k) => ({ title: titleOf(k), url: pathOf(k), date: '2031-05-03' })));
    expectAll(
      await crawlSite('/news/', ({ url }) =>
        url === '/news/' ? { body: `<div id="app"></div><script>const all = ${data}; slice(all)</script>` } : undefined,
      ),
      'script',
      12,
    );
  });
});

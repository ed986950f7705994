// Each list family on a small site of its own, in our own words: found by fingerprint from the start page, followed to its last
// page, all articles once. Shapes after what content systems write (crawling research §3.1 and §3.2).
import { afterEach, describe, expect, it } from 'vitest';
import { crawlTuned } from '../../crawlers/crawl.js';
import { type CrawlReport, type Source, sourceFromUrl } from '../../crawlers/index.js';
import { MemoryFrontier } from '../helpers/memory-frontier.js';
import { type TestAnswer, type TestRequest, type TestServer, testServer } from '../helpers/server.js';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const range = (from: number, to: number): number[] =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, k) => from + k);
const titleOf = (n: number): string => `青禾县教育局公布第${n}批学校建设进展`;
const pathOf = (n: number): string => `/zwgk/art_${5000 + n}.html`;
const row = (n: number): string =>
  `<li><a href="${pathOf(n)}" target="_blank">${titleOf(n)}</a><span>2031-05-${String(1 + (n % 28)).padStart(2, '0')}</span></li>`;
const rows = (from: number, to: number): string => `<ul class="news">${range(from, to).map(row).join('\n')}</ul>`;
const json = (value: unknown): TestAnswer => ({
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(value),
});
const queryOf = (url: string): URLSearchParams => new URL(url, 'http://x').searchParams;

interface Served {
  report: CrawlReport;
  server: TestServer;
  kept: string[];
  listed: (string | undefined)[];
}

/** Crawls a site whose lists `answer` gives; articles are the same for all. */
async function crawlSite(
  start: string,
  answer: (request: TestRequest) => TestAnswer | undefined,
  more: Partial<Source> = {},
): Promise<Served> {
  const server = await testServer((request) => {
    const own = answer(request);
    if (own) return own;
    if (request.url.startsWith('/zwgk/art_'))
      return { body: `<title>进展</title><p>${'学校建设进展顺利。'.repeat(20)}${request.url}</p>` };
    return { status: 404, body: 'x' };
  });
  closing.push(() => server.close());
  const kept: string[] = [];
  const listed: (string | undefined)[] = [];
  const source: Source = { ...sourceFromUrl(`${server.url}${start}`, { place: null }), browser: 'never', ...more };
  const onEvent = (event: Parameters<NonNullable<Parameters<typeof crawlTuned>[2]['onEvent']>>[0]): void => {
    if (event.type !== 'kept') return;
    kept.push(event.page.request.url.slice(server.url.length));
    listed.push(event.page.request.listed);
  };
  const report = await crawlTuned(source, new MemoryFrontier(), { allowPrivate: true, noDelay: true, onEvent }, {});
  return { report, server, kept, listed };
}

/** All articles from 1 to `count`, each once; the list of a family and complete. */
function expectAll(served: Served, family: string, count: number): void {
  expect(served.report.reasons).toEqual([]);
  expect(served.report).toMatchObject({ end: 'complete', articles: count });
  expect(served.report.lists).toMatchObject([{ family, items: count, end: 'complete' }]);
  expect([...served.kept].sort()).toEqual(range(1, count).map(pathOf).sort());
}

const nav = '<div class="nav"><a href="/">首页</a><a href="/zwgk/art_9001.html">导航里的一篇很长的文章标题</a></div>';
const sidebar = `<div class="right-hot">${range(8001, 8004).map(row).join('')}</div>`;
const footer = '<div class="footer"><a href="/about/art_7777.html">关于本网站的说明与声明文字</a></div>';

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

describe('links to further pages', () => {
  const paged =
    (more: (n: number) => string, number: (url: string) => number) =>
    ({ url }: TestRequest) => {
      const n = url.startsWith('/zwgk/art_') ? 0 : number(url);
      return n >= 1 && n <= 3
        ? {
            body: `<html><body>${nav}<div class="main">${rows(n * 5 - 4, n * 5)}</div>${sidebar}<div class="page">${more(n)}</div>${footer}</body></html>`,
          }
        : undefined;
    };
  const byQuery =
    (name: string) =>
    (url: string): number =>
      url.startsWith('/list') ? Number(queryOf(url).get(name) ?? 1) : 0;

  it('下一页', async () => {
    const next = (n: number): string =>
      `共15条 第${n}/3页 <a href="/list.html">首页</a> ${n < 3 ? `<a href="/list.html?cur_page=${n + 1}">下一页</a>` : '<a href="#">下一页</a>'} <a href="/list.html?cur_page=3">尾页</a>`;
    const served = await crawlSite('/list.html', paged(next, byQuery('cur_page')));
    expectAll(served, 'links', 15);
    expect(served.report.lists[0]).toMatchObject({ total: 15, pages: 3 });
  });

  it('?page=N by numbers alone', async () => {
    const numbers = (n: number): string =>
      [1, 2, 3].map((k) => (k === n ? `<b>${k}</b>` : `<a href="/list.php?cid=7&page=${k}">${k}</a>`)).join(' ');
    expectAll(await crawlSite('/list.php?cid=7', paged(numbers, byQuery('page'))), 'links', 15);
  });

  it('VSB: pages in a folder, counted down', async () => {
    const file = (n: number): string => (n === 1 ? '/xwdt.htm' : `/xwdt/${4 - n}.htm`);
    const more = (n: number): string =>
      n < 3
        ? `<span class="p_next"><a href="${file(n + 1)}">下页</a></span><script src="/_sitegray/a.js"></script>`
        : '<script src="/_sitegray/a.js"></script>';
    expectAll(
      await crawlSite(
        '/xwdt.htm',
        paged(more, (url) => [1, 2, 3].find((n) => file(n) === url) ?? 0),
      ),
      'vsb',
      15,
    );
  });

  it('WebPlus: list.htm, list2.psp', async () => {
    const file = (n: number): string => (n === 1 ? '/dt/list.htm' : `/dt/list${n}.psp`);
    const more = (n: number): string =>
      `<div class="wp_paging">${n < 3 ? `<a class="next" href="${file(n + 1)}">下一页&gt;&gt;</a>` : '<a class="next" href="javascript:void(0);">下一页&gt;&gt;</a>'}</div>`;
    expectAll(
      await crawlSite(
        '/dt/list.htm',
        paged(more, (url) => [1, 2, 3].find((n) => file(n) === url) ?? 0),
      ),
      'webplus',
      15,
    );
  });

  it('Ls.pagination: ?pageIndex=N from a count', async () => {
    const more = (): string => '<script>Ls.pagination("#page", { pageCount: 3, currentPage: 1 })</script>';
    expectAll(await crawlSite('/list/column/679', paged(more, byQuery('pageIndex'))), 'ls', 15);
  });

  it('pages that are promised and cannot be found: partial, and it says so', async () => {
    const { report } = await crawlSite(
      '/list.html',
      paged((n) => (n === 1 ? '共3页 <a href="javascript:go(2)">下一页</a>' : ''), byQuery('page')),
    );
    expect(report).toMatchObject({ end: 'partial', articles: 5 });
    expect(report.lists[0]!.reason).toContain('says that it has 3 pages');
  });

  it('a row that is pinned to every page counts once', async () => {
    const next = (n: number): string => `${n < 3 ? `<a href="/list.html?page=${n + 1}">下一页</a>` : ''}`;
    const pages = paged(next, byQuery('page'));
    const served = await crawlSite('/list.html', (request) => {
      const answer = pages(request);
      return answer
        ? { body: String(answer.body).replace('<ul class="news">', `<ul class="news">${row(1)}`) }
        : undefined;
    });
    expectAll(served, 'links', 15);
  });

  it('by the selectors of a source', async () => {
    const table = (n: number): string =>
      `<table>${range(n * 3 - 2, n * 3)
        .map((k) => `<tr class="r"><td><a href="${pathOf(k)}"><b>公示</b></a></td><td class="d">2031/5/${k}</td></tr>`)
        .join('')}</table>${n < 2 ? '<a class="go" href="/t?n=2">&rarr;</a>' : ''}`;
    const selectors = { item: 'tr.r', date: '.d', next: 'a.go' };
    const served = await crawlSite(
      '/t',
      ({ url }) => (url.startsWith('/t') ? { body: table(Number(queryOf(url).get('n') ?? 1)) } : undefined),
      { selectors },
    );
    expectAll(served, 'links', 6);
    expect(served.listed).toContain('2031-05-06');
  });
});

describe('lists for machines', () => {
  it('sitemap index, its sitemaps, one of them packed', async () => {
    const { gzipSync } = await import('node:zlib');
    const xml = (from: number, to: number): string =>
      `<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${range(from, to)
        .map((n) => `<url><loc>${pathOf(n)}</loc><lastmod>2031-05-01</lastmod></url>`)
        .join('')}<url><loc>/zwgk/</loc></url></urlset>`;
    const served = await crawlSite('/sitemap.xml', ({ url }) => {
      if (url === '/sitemap.xml')
        return {
          headers: { 'content-type': 'text/xml' },
          body: '<sitemapindex><sitemap><loc>/s1.xml</loc></sitemap><sitemap><loc>/s2.xml.gz</loc></sitemap></sitemapindex>',
        };
      if (url === '/s1.xml') return { headers: { 'content-type': 'text/xml' }, body: xml(1, 4) };
      return url === '/s2.xml.gz'
        ? { headers: { 'content-type': 'application/gzip' }, body: gzipSync(xml(5, 9)) }
        : undefined;
    });
    expectAll(served, 'sitemap', 9);
  });

  it('RSS, with dates that carry a zone and dates that carry none', async () => {
    const item = (n: number, date: string): string =>
      `<item><title><![CDATA[${titleOf(n)}]]></title><link>${pathOf(n)}</link><pubDate>${date}</pubDate></item>`;
    const served = await crawlSite('/rss', ({ url }) =>
      url === '/rss'
        ? {
            headers: { 'content-type': 'application/rss+xml' },
            body: `<rss version="2.0"><channel><title>x</title>${item(1, 'Thu, 01 May 2031 17:30:00 GMT')}${item(2, '2031-05-01 10:00:00')}${item(3, 'Thu, 01 May 2031 10:00:00 +0800')}</channel></rss>`,
          }
        : undefined,
    );
    expectAll(served, 'feed', 3);
    expect(served.listed).toEqual(['2031-05-02', '2031-05-01', '2031-05-01']);
  });

  it('Atom, with its next page', async () => {
    const entry = (n: number): string =>
      `<entry><title>${titleOf(n)}</title><link rel="alternate" href="${pathOf(n)}"/><updated>2031-05-02T00:00:00+08:00</updated></entry>`;
    const served = await crawlSite('/atom', ({ url }) => {
      if (url === '/atom')
        return {
          body: `<feed xmlns="http://www.w3.org/2005/Atom"><link rel="next" href="/atom?p=2"/>${entry(1)}${entry(2)}</feed>`,
        };
      return url === '/atom?p=2' ? { body: `<feed xmlns="http://www.w3.org/2005/Atom">${entry(3)}</feed>` } : undefined;
    });
    expectAll(served, 'feed', 3);
  });

  it('a sitemap of a million lines is bounded', async () => {
    const xml = `<urlset>${'<url><loc>http://127.0.0.1/zwgk/art_1.html</loc></url>\n'.repeat(1_000_000)}</urlset>`;
    const { report } = await crawlSite('/sitemap.xml', ({ url }) =>
      url === '/sitemap.xml' ? { headers: { 'content-type': 'text/xml' }, body: xml } : undefined,
    );
    expect(report.end).toBe('failed');
    expect(report.reasons[0]).toContain('bytes');
  });
});

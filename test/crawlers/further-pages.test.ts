// Lists whose pages link to each other, and lists for machines: sitemaps, RSS and Atom. Followed to their last page, all articles once.
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { TestRequest } from '../helpers/server.js';
import { crawlSite, expectAll, footer, nav, pathOf, queryOf, range, row, rows, sidebar, titleOf } from './list-site.js';

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

  it('a sitemap with a prefix, in capitals, with entities; and one that is a plain text of addresses', async () => {
    const served = await crawlSite('/sitemap.xml', ({ url, headers }) => {
      const site = `http://${headers.host}`;
      if (url === '/sitemap.xml')
        return {
          headers: { 'content-type': 'application/xml' },
          body: `<?xml version='1.0'?>\n<!-- made by hand --><s:sitemapindex xmlns:s="http://www.sitemaps.org/schemas/sitemap/0.9"><s:sitemap><s:loc> ${site}/a.xml?x=1&amp;y=2 </s:loc></s:sitemap><s:sitemap><s:loc>/b.txt</s:loc></s:sitemap></s:sitemapindex>`,
        };
      if (url === '/a.xml?x=1&y=2')
        return {
          headers: { 'content-type': 'text/xml' },
          body: `<URLSET>${range(1, 3)
            .map((n) => `<URL><LOC><![CDATA[${site}${pathOf(n)}]]></LOC></URL>`)
            .join('\n')}</URLSET>`,
        };
      return url === '/b.txt'
        ? {
            headers: { 'content-type': 'text/plain' },
            body: `\uFEFF${range(4, 6)
              .map((n) => `${site}${pathOf(n)}`)
              .join('\r\n')}\r\n`,
          }
        : undefined;
    });
    expectAll(served, 'sitemap', 6);
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

// Lists as the crawl loop meets them: lists that lie, that are empty, endless or traps, and columns found from a home page.
import { describe, expect, it } from 'vitest';
import type { TestAnswer } from '../helpers/server.js';
import { type Answers, article, crawlAt, listPage, outcomesOf, serve, site } from '../helpers/small-site.js';

describe('lists that lie', () => {
  const paged =
    (pages: number, real: number, perPage = 5): Answers =>
    ({ url }) => {
      const n = url === '/l/index.html' ? 0 : Number(/^\/l\/index_(\d+)\.html$/.exec(url)?.[1] ?? -1);
      if (n >= 0 && n < real) {
        return {
          body: listPage(
            n * perPage + 1,
            n * perPage + perPage,
            `<script>createPageHTML(${pages}, ${n}, "index", "html");</script>`,
          ),
        };
      }
      return url.startsWith('/2031/') ? { body: article(url) } : undefined;
    };

  it('declares more pages than there are: partial, and the reason names the page', async () => {
    const server = await serve(paged(4, 3));
    const { report } = await crawlAt(`${server.url}/l/index.html`);
    expect(report).toMatchObject({ end: 'partial', articles: 15 });
    expect(report.lists[0]).toMatchObject({ family: 'trs', pages: 3, items: 15, end: 'partial' });
    expect(report.lists[0]!.reason).toMatch(/index_3\.html: status 404/);
  });

  it('gives page 1 again for every page: stops and says so', async () => {
    const server = await serve(({ url }) => {
      if (url.startsWith('/l/'))
        return {
          body: listPage(1, 5, `<a href="/l/?page=${Number(/page=(\d+)/.exec(url)?.[1] ?? 1) + 1}">下一页</a>`),
        };
      return url.startsWith('/2031/') ? { body: article(url) } : undefined;
    });
    const { report } = await crawlAt(`${server.url}/l/`);
    expect(report).toMatchObject({ end: 'partial', articles: 5 });
    expect(report.lists[0]!.reason).toContain('repeats another page of the list');
    expect(server.asked().filter((url) => url.startsWith('/l/'))).toHaveLength(2);
  });

  it('has no end: the budget ends it', async () => {
    const server = await serve(({ url }) => {
      const n = Number(/page=(\d+)/.exec(url)?.[1] ?? 1);
      if (url.startsWith('/l/')) return { body: listPage(n * 5, n * 5 + 4, `<a href="/l/?page=${n + 1}">下一页</a>`) };
      return { body: article(url) };
    });
    const { report } = await crawlAt(`${server.url}/l/`, { source: { budget: { pages: 30 } } });
    expect(report.end).toBe('partial');
    expect(report.reasons[0]).toContain('budget of 30 pages used up');
    expect(server.requests.length).toBeLessThanOrEqual(31);
  });

  it('is empty: fails, and says what to do', async () => {
    const server = await serve(({ url }) => (url === '/l/' ? { body: '<title>动态</title><ul></ul>' } : undefined));
    const { report } = await crawlAt(`${server.url}/l/`, { source: { browser: 'never' } });
    expect(report.end).toBe('failed');
    expect(report.reasons[0]).toContain('give the address of a list');
  });

  it('gave 20 and gives 0: fails loudly, the old data stays', async () => {
    let empty = false;
    const server = await serve(
      site(20, ({ url }) => (empty && url === '/list.html' ? { body: '<ul></ul>' } : undefined)),
    );
    const { frontier } = await crawlAt(`${server.url}/list.html`);
    empty = true;
    const bodies = frontier.bodies.size;
    const { report } = await crawlAt(`${server.url}/list.html`, { frontier, source: { browser: 'never' } });
    expect(report.end).toBe('failed');
    expect(report.reasons[0]).toContain('the last run found 20 items here and this one found 0');
    expect(frontier.bodies.size).toBeGreaterThanOrEqual(bodies);
  });

  it('holds traps: repeated path segments are not followed', async () => {
    const server = await serve(({ url }) => {
      if (url === '/l/')
        return { body: listPage(1, 3).replace('/2031/t20310304_1001.html', '/a/a/a/t20310304_77.html') };
      return { body: article(url) };
    });
    const { report, events } = await crawlAt(`${server.url}/l/`);
    expect(report.articles).toBe(2);
    expect(outcomesOf(events, '/a/a/a/')).toEqual(['trap']);
  });

  it('has 50,000 links on a page: bounded', async () => {
    const server = await serve(({ url }) => (url === '/l/' ? { body: listPage(1, 50_000) } : { body: article(url) }));
    const { report } = await crawlAt(`${server.url}/l/`, { source: { budget: { pages: 12 } } });
    expect(report.end).toBe('partial');
    expect(report.lists[0]).toMatchObject({ items: 5000, end: 'partial' });
  });

  it('is nested a hundred thousand deep: an outcome', async () => {
    const server = await serve(({ url }) => (url === '/l/' ? { body: `${'<div>'.repeat(100_000)}x` } : undefined));
    const { report } = await crawlAt(`${server.url}/l/`, { source: { browser: 'never' } });
    expect(report.end).toBe('failed');
  });

  it('is itself an article: the article is kept', async () => {
    const server = await serve(({ url }) => ({
      body: `<title>一所学校</title><div class="content">${'<p>青禾县新建了一所学校，占地六万平方米，投资一亿二千万元。</p>'.repeat(20)}</div>${url}`,
    }));
    const { report, events } = await crawlAt(`${server.url}/2031/t20310304_1001.html`);
    const kept = events.flatMap((event) => (event.type === 'kept' ? [event.page.request] : []));
    expect(kept).toMatchObject([{ kind: 'article', url: `${server.url}/2031/t20310304_1001.html` }]);
    expect(report.end).toBe('complete');
  });
});

describe('from a home page', () => {
  const home =
    '<div class="nav"><a href="/xw/">教育新闻</a><a href="/gg/">通知公告</a><a href="/about/">走进青禾</a></div>';
  const column = (from: number, to: number): TestAnswer => ({ body: `${home}${listPage(from, to)}` });
  const answers: Answers = ({ url }) => {
    if (url === '/') return { body: home };
    if (url === '/xw/') return column(1, 4);
    if (url === '/gg/') return column(5, 7);
    return url.startsWith('/2031/') ? { body: article(url) } : undefined;
  };

  it('without a list of its own: the columns of news and notices are followed', async () => {
    const server = await serve(answers);
    const { report } = await crawlAt(server.url);
    expect(report).toMatchObject({ end: 'complete', articles: 7 });
    expect(report.lists.map((list) => list.items)).toEqual([0, 4, 3]);
    expect(server.asked()).not.toContain('/about/');
  });

  it('with topics: the columns and the articles that speak of them', async () => {
    const server = await serve(answers);
    const { report } = await crawlAt(server.url, { source: { topics: ['新闻', '第2所'] } });
    expect(report.articles).toBe(1);
    expect(server.asked().sort()).toEqual(['/', '/2031/t20310304_1002.html', '/xw/']);
  });
});

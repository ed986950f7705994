// Lists drawn by a script, through a real browser: a button for more, pages that a script turns, a list that grows on scrolling;
// and that the browser itself reaches no network. Skipped, saying so, where no Chromium can be found.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findBrowser, ListBrowser } from '../../crawlers/browser.js';
import { crawlTuned } from '../../crawlers/crawl.js';
import { sourceFromUrl } from '../../crawlers/index.js';
import { MemoryFrontier } from '../helpers/memory-frontier.js';
import { type TestServer, testServer } from '../helpers/server.js';
import { haveSharedSites, type ServedSites, serveSharedSites } from '../helpers/shared-sites.js';

const executable = await findBrowser();

const rowsScript = `
const rows = Array.from({ length: 23 }, (_, k) => ({ h: '/xw/2031/' + (100000 + k) + '.html', t: '青禾县举行第' + (k + 1) + '场校园开放活动', d: '2031-03-' + String(1 + k).padStart(2, '0') }));
const list = document.getElementById('list');
const draw = (part) => { for (const r of part) { const li = document.createElement('li'); const a = document.createElement('a'); a.href = r.h; a.textContent = r.t; const s = document.createElement('span'); s.textContent = r.d; li.append(a, s); list.append(li); } };
`;
const page = (script: string, extra = ''): string =>
  `<!DOCTYPE html><meta charset="utf-8"><title>校园新闻</title><ul id="list"></ul>${extra}<script>${rowsScript}${script}</script>`;

const more = page(
  `let n = 0; const step = () => { draw(rows.slice(n, n + 10)); n += 10; if (n >= rows.length) document.getElementById('more').style.display = 'none'; };
   document.getElementById('more').onclick = () => setTimeout(step, 60); step();`,
  '<a id="more" href="javascript:;">加载更多</a>',
);
const turned = page(
  `let n = 0; const turn = () => { list.textContent = ''; draw(rows.slice(n * 8, n * 8 + 8)); document.getElementById('next').className = (n + 1) * 8 >= rows.length ? 'disabled' : ''; };
   document.getElementById('next').onclick = () => { n += 1; setTimeout(turn, 30); }; turn();`,
  '<div class="pager"><a id="prev">上一页</a><a id="next">下一页</a></div>',
);
// Works for a while before what it put off comes, and takes longer over a click than anybody waits for one.
const busy = page(
  `const work = (ms) => { const until = performance.now() + ms; while (performance.now() < until); };
   let n = 0; const turn = () => { list.textContent = ''; draw(rows.slice(n * 8, n * 8 + 8)); document.getElementById('next').className = (n + 1) * 8 >= rows.length ? 'disabled' : ''; };
   document.getElementById('next').onclick = () => { setTimeout(() => work(700), 5); setTimeout(() => { n += 1; turn(); }, 100); if (n === 0) work(2500); }; turn();`,
  '<div class="pager"><a id="prev">上一页</a><a id="next">下一页</a></div>',
);
const scrolled = page(
  `let n = 0; const step = () => { draw(rows.slice(n, n + 6)); n += 6; }; step();
   addEventListener('scroll', () => { if (n < rows.length && scrollY + innerHeight > document.documentElement.scrollHeight - 50) step(); });`,
  '<style>li{height:200px}</style>',
);

const rowsOf = (from: number, to: number): string =>
  Array.from({ length: to - from + 1 }, (_, k) => from + k)
    .map(
      (k) =>
        `<li><a href="/xw/2031/${100000 + k}.html">青禾县举行第${k + 1}场校园开放活动</a><span>2031-03-01</span></li>`,
    )
    .join('');
const begun = page(
  'let n = 10; window.go = () => { draw(rows.slice(n, n + 10)); n += 10; if (n >= rows.length) pager.remove(); };',
  '<div id="pager"><a href="javascript:go(2)">下一页</a></div>',
).replace('<ul id="list">', `<ul id="list">${rowsOf(0, 9)}`);
const whole = page('', '<a href="javascript:" onclick="go(2)">下一页</a>').replace(
  '<ul id="list">',
  `<ul id="list">${rowsOf(0, 22)}`,
);

describe.skipIf(executable === null)('a list that a script draws (needs a Chromium)', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await testServer((request) => {
      const html = {
        '/more/': more,
        '/turned/': turned,
        '/busy/': busy,
        '/scrolled/': scrolled,
        '/begun/': begun,
        '/whole/': whole,
      }[request.url];
      if (html) return { body: html };
      if (request.url.startsWith('/xw/'))
        return { body: `<title>文章</title><p>${'青禾县的学校开放校园。'.repeat(30)}${request.url}</p>` };
      return { status: 404, body: '<h1>404</h1>' };
    });
  });
  afterAll(() => server.close());

  it.each(['more', 'turned', 'busy', 'scrolled'])('%s: all rows, each article once', async (name) => {
    const kept: string[] = [];
    const report = await crawlTuned(
      sourceFromUrl(`${server.url}/${name}/`, { place: null }),
      new MemoryFrontier(),
      {
        allowPrivate: true,
        noDelay: true,
        onEvent: (event) => event.type === 'kept' && kept.push(event.page.finalUrl),
      },
      {},
    );
    expect(report.reasons).toEqual([]);
    expect(report.lists).toMatchObject([{ family: 'browser', items: 23, end: 'complete' }]);
    expect(report.articles).toBe(23);
    expect(new Set(kept).size).toBe(23);
  });

  it.each([
    ['begun', 'browser'],
    ['whole', 'links'],
  ])('%s: rows stand in the page, and a control hints at more', async (name, family) => {
    const source = sourceFromUrl(`${server.url}/${name}/`, { place: null });
    const report = await crawlTuned(source, new MemoryFrontier(), { allowPrivate: true, noDelay: true }, {});
    expect(report).toMatchObject({ end: 'complete', articles: 23, reasons: [] });
    expect(report.lists).toMatchObject([{ family, items: 23 }]);
  });

  it('is not drawn where the source says never', async () => {
    const source = { ...sourceFromUrl(`${server.url}/more/`, { place: null }), browser: 'never' as const };
    const report = await crawlTuned(source, new MemoryFrontier(), { allowPrivate: true, noDelay: true }, {});
    expect(report.end).toBe('failed');
    expect(report.reasons[0]).toContain('no list and no article was found');
  });

  it('reaches no network by itself', async () => {
    const hits: string[] = [];
    const bait = await testServer((request) => {
      hits.push(request.url);
      return { body: 'x' };
    });
    const html = `<script>fetch('${bait.url}/fetch'); new Image().src='${bait.url}/image'; try { new WebSocket('${bait.url.replace('http', 'ws')}/ws') } catch {}
      const f = document.createElement('iframe'); f.src = '${bait.url}/frame'; document.documentElement.append(f); navigator.sendBeacon('${bait.url}/beacon'); open('${bait.url}/window')</script>`;
    const browser = await ListBrowser.start(executable!);
    const asked: string[] = [];
    try {
      await browser.draw(
        'http://list.test/',
        async (request) => {
          asked.push(request.url);
          return request.type === 'document'
            ? { status: 200, contentType: 'text/html', body: new TextEncoder().encode(html) }
            : null;
        },
        { pauseMs: () => 0, stopping: () => false },
      );
    } finally {
      await browser.close();
      await bait.close();
    }
    expect(hits).toEqual([]);
    expect(asked).toEqual(['http://list.test/', `${bait.url}/fetch`]);
  });
});

describe.skipIf(executable === null || !haveSharedSites)(
  'the shared site with a drawn list (needs ../shared/sites, a Chromium)',
  () => {
    let served: ServedSites;
    beforeAll(async () => {
      served = await serveSharedSites('/dev/null', false);
    });
    afterAll(() => served.stop());

    it('gives the same 19 articles through the browser as through its JSON', async () => {
      const site = served.sites.find((each) => each.name === 'zichuan')!;
      const source = { ...sourceFromUrl(site.start, { place: site.place }), browser: 'always' as const };
      const report = await crawlTuned(source, new MemoryFrontier(), { allowPrivate: true, noDelay: true }, {});
      expect(report).toMatchObject({ end: 'complete', articles: site.listed });
      expect(report.lists).toMatchObject([{ family: 'browser', items: site.listed }]);
    });
  },
);

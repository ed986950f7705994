// The crawl loop against servers that behave and misbehave: robots.txt, outcomes, attachments, interruption and kill, recrawls.
// Storage is the frontier in memory. Lists are in lists.test.ts, patience is in patience.test.ts.
import { describe, expect, it } from 'vitest';
import type { CrawlOptions } from '../../crawlers/index.js';
import type { Tuning } from '../../crawlers/run.js';
import { MemoryFrontier } from '../helpers/memory-frontier.js';
import type { TestAnswer } from '../helpers/server.js';
import { type Answers, article, crawlAt, listPage, outcomesOf, serve, site } from '../helpers/small-site.js';

describe('robots.txt', () => {
  const withRobots = (answer: TestAnswer): Answers =>
    site(2, ({ url }) => (url === '/robots.txt' ? answer : undefined));

  it('denies, and the report says so', async () => {
    const server = await serve(withRobots({ body: 'User-agent: *\nDisallow: /2031/t20310304_1001' }));
    const { report, events } = await crawlAt(`${server.url}/list.html`);
    expect(report).toMatchObject({ end: 'partial', articles: 1 });
    expect(report.reasons[0]).toMatch(/^1 article denied: .*_1001\.html \(robots\.txt: Disallow: /);
    expect(outcomesOf(events, '_1001')).toEqual(['denied']);
    expect(server.asked().some((url) => url.includes('_1001'))).toBe(false);
  });

  it.each<[string, TestAnswer]>([
    ['404', { status: 404, body: 'x' }],
    ['403', { status: 403, body: 'x' }],
    ['an HTML page with 200', { body: '<html><body>Disallow: / everything</body></html>' }],
    ['an empty file', { body: '' }],
  ])('%s means that all is allowed', async (_, answer) => {
    const server = await serve(withRobots(answer));
    expect((await crawlAt(`${server.url}/list.html`)).report).toMatchObject({ end: 'complete', articles: 2 });
  });

  it.each<[string, TestAnswer]>([
    ['500', { status: 500, body: 'x' }],
    ['429', { status: 429, body: 'x' }],
    ['a challenge page', { status: 412, body: '<script>$_ts=window["$_ts"]</script>' }],
    ['a dropped connection', { raw: (_response, socket) => socket.destroy() }],
  ])('%s closes the host: nothing else is asked', async (_, answer) => {
    const server = await serve(withRobots(answer));
    const { report } = await crawlAt(`${server.url}/list.html`);
    expect(report).toMatchObject({ end: 'failed', articles: 0 });
    expect(report.reasons[0]).toContain('robots.txt');
    expect(server.asked()).toEqual([]);
    expect(server.requests.length).toBe(3);
  });

  it('behind a redirect to another host binds the host that was asked', async () => {
    const other = await serve(
      ({ url }) => (url === '/rules' ? { body: 'User-agent: *\nDisallow: /2031/t20310304_1001' } : undefined),
      '127.0.0.2',
    );
    const server = await serve(withRobots({ status: 302, headers: { location: `${other.url}/rules` }, body: '' }));
    const { report, events } = await crawlAt(`${server.url}/list.html`);
    expect(report).toMatchObject({ end: 'partial', articles: 1 });
    expect(outcomesOf(events, '_1001')).toEqual(['denied']);
  });

  it('that redirects without end is none', async () => {
    const server = await serve(
      site(2, ({ url }) =>
        url.startsWith('/robots') ? { status: 302, headers: { location: `${url}x` }, body: '' } : undefined,
      ),
    );
    expect((await crawlAt(`${server.url}/list.html`)).report).toMatchObject({ end: 'complete', articles: 2 });
    expect(server.asked().filter((url) => url.startsWith('/robots'))).toHaveLength(5);
  });

  it('is asked once more when it fails once', async () => {
    let asked = 0;
    const server = await serve(
      site(2, ({ url }) => (url === '/robots.txt' && ++asked === 1 ? { status: 502, body: '' } : undefined)),
    );
    expect((await crawlAt(`${server.url}/list.html`)).report.end).toBe('complete');
  });

  it('can be ignored for a reason, which is recorded', async () => {
    const server = await serve(withRobots({ body: 'User-agent: *\nDisallow: /' }));
    const { report, frontier } = await crawlAt(`${server.url}/list.html`, {
      source: { ignoreRobots: 'written permission of the county' },
    });
    expect(report.articles).toBe(2);
    expect(frontier.runs[0]!.snapshots.at(-1)!.settings).toMatchObject({
      robots: 'ignored: written permission of the county',
    });
  });
});

describe('a site on http whose lists print https links', () => {
  const links: Answers = site(3, ({ url, headers }) =>
    url === '/list.html' ? { body: listPage(1, 3).replaceAll('href="/', `href="https://${headers.host}/`) } : undefined,
  );

  it('gives its articles over http, and the snapshots say so', async () => {
    const server = await serve(links);
    const { report, frontier } = await crawlAt(`${server.url}/list.html`);
    expect(report).toMatchObject({ end: 'complete', articles: 3 });
    const articles = frontier.runs[0]!.snapshots.filter(({ request }) => request.kind === 'article');
    expect(articles.map(({ settings }) => settings?.tls)).toEqual(['plain', 'plain', 'plain']);
    expect(articles.map(({ request }) => request.url.slice(0, 6))).toEqual(['https:', 'https:', 'https:']);
  });
});

describe('outcomes', () => {
  it('a host that is not there fails at once and says why', async () => {
    const { report } = await crawlAt('http://127.0.0.1:9/list.html');
    expect(report).toMatchObject({ end: 'failed', articles: 0 });
    expect(report.reasons[0]).toContain('connection refused');
    expect(report.failures).toMatchObject([{ url: 'http://127.0.0.1:9/list.html', outcome: 'unreachable' }]);
  });

  it('articles that are gone, soft 404 and broken are counted; the others arrive', async () => {
    const server = await serve(
      site(5, ({ url }) => {
        if (url.includes('_1001')) return { status: 404, body: 'x' };
        if (url.includes('_1002')) return { body: '<title>提示</title><p>对不起，您访问的页面不存在</p>' };
        if (url.includes('_1003')) return { status: 500, body: 'x' };
        return undefined;
      }),
    );
    const { report, events } = await crawlAt(`${server.url}/list.html`, { tuning: { patience: { retryMs: 10 } } });
    expect(report).toMatchObject({ end: 'partial', articles: 2 });
    expect(report.failures.map((each) => each.outcome).sort()).toEqual(['gone', 'server_error', 'soft404']);
    expect(outcomesOf(events, '_1003')).toHaveLength(5);
    const [counts] = Object.values(report.hosts);
    expect(counts).toMatchObject({ ok: 3, gone: 1, soft404: 1, server_error: 5 });
  });

  it('a challenge page is evidence, no article, and leaves the good copy alone', async () => {
    let walled = false;
    const server = await serve(
      site(1, ({ url }) =>
        walled && url.startsWith('/2031/')
          ? { body: '<html><script>var wzws_challenge="x"</script>请开启JavaScript并刷新该页.</html>' }
          : undefined,
      ),
    );
    const first = await crawlAt(`${server.url}/list.html`);
    expect(first.report.articles).toBe(1);
    walled = true;
    const { report, events, frontier } = await crawlAt(`${server.url}/list.html`, { frontier: first.frontier });
    expect(report).toMatchObject({ end: 'partial', articles: 0 });
    expect(report.failures).toMatchObject([{ outcome: 'blocked', reason: 'blocked: wzws' }]);
    expect(events.filter((event) => event.type === 'kept')).toEqual([]);
    const evidence = frontier.runs[1]!.snapshots.filter((page) => page.outcome === 'blocked');
    expect(evidence[0]!.body!.length).toBeGreaterThan(0);
    const key = [...frontier.pages.keys()].find((each) => each.includes('_1001'))!;
    expect(frontier.pages.get(key)!.sha256).toBe(frontier.runs[0]!.snapshots.at(-1)!.sha256);
  });

  it('a second crawl tells not_modified, same bytes, same text and new text apart', async () => {
    let second = false;
    const server = await serve(
      site(4, ({ url, headers }) => {
        if (url.includes('_1001'))
          return headers['if-none-match'] === '"v1"'
            ? { status: 304 }
            : { headers: { etag: '"v1"' }, body: article(url) };
        if (url.includes('_1003')) return { body: article(url, second ? 2 : 1) };
        if (url.includes('_1004')) return { body: article(second ? 'new words' : url) };
        return undefined;
      }),
    );
    const fingerprint: CrawlOptions['fingerprint'] = (page) =>
      Buffer.from(page.body!)
        .toString()
        .replace(/<i>.*?<\/i>/, '');
    const { frontier } = await crawlAt(`${server.url}/list.html`, { options: { fingerprint } });
    second = true;
    const { report, events } = await crawlAt(`${server.url}/list.html`, { frontier, options: { fingerprint } });
    expect(report).toMatchObject({ end: 'complete', articles: 4 });
    expect([1, 2, 3, 4].flatMap((n) => outcomesOf(events, `_100${n}`))).toEqual(['not_modified', 'same', 'same', 'ok']);
  });

  it('does not ask again for what was kept a moment ago, where the source says so', async () => {
    const server = await serve(site(3));
    const { frontier } = await crawlAt(`${server.url}/list.html`);
    const before = server.requests.length;
    await crawlAt(`${server.url}/list.html`, { frontier, source: { revisit: 24 } });
    expect(server.requests.slice(before).map((each) => each.url)).toEqual(['/list.html']);
  });

  it('follows meta refresh and a script that only sends its reader on', async () => {
    const server = await serve(
      site(3, ({ url }) => {
        if (url.includes('_1001'))
          return { body: '<html><head><meta http-equiv="refresh" content="0; url=/a/1.html"></head></html>' };
        if (url.includes('_1002')) return { body: '<script>window.location.href="/a/2.html";</script>' };
        if (url.startsWith('/a/')) return { body: article(url) };
        return undefined;
      }),
    );
    const { report, events } = await crawlAt(`${server.url}/list.html`);
    expect(report).toMatchObject({ end: 'complete', articles: 3 });
    expect(outcomesOf(events, '_1001')).toEqual(['moved']);
    expect(outcomesOf(events, '/a/1.html')).toEqual(['ok']);
  });

  it('never asks a private address that a public site names', async () => {
    const inner = await serve(() => ({ body: 'secret' }));
    const server = await serve(
      site(1, ({ url }) =>
        url.startsWith('/2031/') ? { body: `${article(url)}<a href="${inner.url}/a.pdf">附件</a>` } : undefined,
      ),
    );
    // The name stands for a public host; the resolver lets it, and only it, reach the test's own server.
    const tuning: Tuning = {
      resolve: async () => [{ address: '127.0.0.1', family: 4 }],
      patience: { floorMs: 0, factor: 0, retryMs: 20 },
    };
    const { report } = await crawlAt(`http://county.test:${server.port}/list.html`, {
      options: { allowPrivate: false, noDelay: false },
      tuning,
    });
    expect(report.end).toBe('failed');
    expect(report.reasons[0]).toContain('no public address');
    expect([...server.requests, ...inner.requests]).toEqual([]);
  });

  it('are no reason to let their host rest: a run that may ask them begins at once', async () => {
    const server = await serve(site(2));
    const refused = await crawlAt(`${server.url}/list.html`, { options: { allowPrivate: false, noDelay: false } });
    expect(refused.report.end).toBe('failed');
    expect(server.requests).toEqual([]);
    const { frontier } = refused;
    const { report, events } = await crawlAt(`${server.url}/list.html`, { frontier });
    expect(report).toMatchObject({ end: 'complete', articles: 2 });
    expect(events.filter(({ type }) => type === 'waiting')).toEqual([]);
  });
});

describe('attachments', () => {
  it('are fetched once, as a kind of their own, whatever their type says', async () => {
    const links =
      '<a href="/f/P0203.pdf">附件1</a><a href="/module/download/downfile.jsp?classid=0&filename=ab12.doc">附件2</a><a href="/f/P0203.pdf">下载</a>';
    const server = await serve(
      site(2, ({ url }) => {
        if (url.startsWith('/2031/')) return { body: article(url).replace('</body>', `${links}</body>`) };
        if (url.startsWith('/f/') || url.startsWith('/module/'))
          return { headers: { 'content-type': 'text/html' }, body: Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0, 0, 1]) };
        return undefined;
      }),
    );
    const { report } = await crawlAt(`${server.url}/list.html`);
    expect(report).toMatchObject({ end: 'complete', articles: 2, attachments: 2 });
    expect(server.asked().filter((url) => url.startsWith('/f/'))).toHaveLength(1);
    expect(server.asked()).toContain('/module/download/downfile.jsp?classid=0&filename=ab12.doc');
  });

  it('that are too large are an outcome, and the article stays', async () => {
    const server = await serve(
      site(1, ({ url }) => {
        if (url.startsWith('/2031/')) return { body: `${article(url)}<a href="/f/big.zip">附件</a>` };
        return url === '/f/big.zip' ? { body: Buffer.alloc(300_000) } : undefined;
      }),
    );
    const { report } = await crawlAt(`${server.url}/list.html`, {
      tuning: { limits: { maxAttachmentBytes: 100_000 } },
    });
    expect(report).toMatchObject({ end: 'partial', articles: 1, attachments: 0 });
    expect(report.failures).toMatchObject([{ kind: 'attachment', outcome: 'too_big' }]);
  });
});

describe('interruption', () => {
  it('Ctrl-C finishes the page in hand; the same command goes on; nothing is asked twice', async () => {
    const server = await serve(site(30));
    const stop = new AbortController();
    const frontier = new MemoryFrontier();
    let kept = 0;
    const first = await crawlAt(`${server.url}/list.html`, {
      frontier,
      options: {
        signal: stop.signal,
        onEvent: (event) => {
          if (event.type === 'kept' && ++kept === 7) stop.abort();
        },
      },
    });
    expect(first.report).toMatchObject({ end: 'interrupted', articles: 7 });
    const { report } = await crawlAt(`${server.url}/list.html`, { frontier });
    expect(report).toMatchObject({ end: 'complete', resumed: true, articles: 30, run: first.report.run });
    const asked = server.asked();
    expect(new Set(asked).size).toBe(asked.length);
  });

  it('a kill with requests in flight loses nothing and keeps nothing twice', async () => {
    for (let round = 0; round < 10; round++) {
      const server = await serve(site(20));
      const frontier = new MemoryFrontier();
      const dying = new DyingFrontier(frontier, 5 + 4 * round);
      await expect(
        crawlAt(`${server.url}/list.html`, { frontier: dying as unknown as MemoryFrontier }),
      ).rejects.toThrow('killed');
      frontier.releaseAll();
      const { report } = await crawlAt(`${server.url}/list.html`, { frontier });
      expect(report).toMatchObject({ end: 'complete', articles: 20 });
      const kept = frontier.runs[0]!.snapshots.filter(
        (page) => page.request.kind === 'article' && page.outcome === 'ok',
      );
      expect(kept).toHaveLength(20);
      expect(new Set(kept.map((page) => page.request.url)).size).toBe(20);
    }
  });
});

/** A frontier whose process dies at its n-th call: from then on no call does anything but throw. */
class DyingFrontier {
  constructor(inner: MemoryFrontier, calls: number) {
    let left = calls;
    // biome-ignore lint/correctness/noConstructorReturn: the proxy is the object
    return new Proxy(inner, {
      get(target, name) {
        const method = target[name as keyof MemoryFrontier];
        if (typeof method !== 'function') return method;
        return async (...given: unknown[]) => {
          if (left-- <= 0) throw new Error('killed');
          return (method as (...args: unknown[]) => unknown).apply(target, given);
        };
      },
    }) as unknown as DyingFrontier;
  }
}

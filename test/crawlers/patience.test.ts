// Patience, measured at the server: the gaps between requests, Retry-After in both forms, one worker or two, and that no host waits for
// another.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { crawlTuned } from '../../crawlers/crawl.js';
import { sourceFromUrl } from '../../crawlers/index.js';
import { openCorpus } from '../../db/open.js';
import { MemoryFrontier } from '../helpers/memory-frontier.js';
import type { TestServer } from '../helpers/server.js';
import { crawlAt, listPage, outcomesOf, serve, site } from '../helpers/small-site.js';

describe('gaps, measured at the server', () => {
  const gaps = (server: TestServer): number[] =>
    server.requests.slice(1).map((each, k) => each.at - server.requests[k]!.at);

  it('keep the crawl-delay of robots.txt between all requests', async () => {
    const server = await serve(
      site(4, ({ url }) => (url === '/robots.txt' ? { body: 'User-agent: *\nCrawl-delay: 0.3' } : undefined)),
    );
    const { report } = await crawlAt(`${server.url}/list.html`, { options: { noDelay: false } });
    expect(report).toMatchObject({ end: 'complete', articles: 4 });
    expect(server.requests).toHaveLength(6);
    // The pause runs from the end of one fetch, so the gap at the server is no shorter; the first follows robots.txt itself.
    expect(Math.min(...gaps(server))).toBeGreaterThanOrEqual(295);
  });

  it('of one host are never shorter than the delay, and two hosts run side by side', async () => {
    const answers = site(5);
    const [one, two] = [await serve(answers), await serve(answers, '127.0.0.2')];
    const frontier = new MemoryFrontier();
    const tuning = { patience: { floorMs: 200, factor: 0 } };
    const options = { noDelay: false };
    const source = { start: [`${one.url}/list.html`, `${two.url}/list.html`] };
    const { report } = await crawlAt(`${one.url}/list.html`, { frontier, tuning, options, source });
    expect(report.articles).toBe(10);
    for (const server of [one, two]) expect(Math.min(...gaps(server))).toBeGreaterThanOrEqual(195);
    // Neither waits for the other: each is asked for its second address before the other is asked for its last.
    expect(one.requests[1]!.at).toBeLessThan(two.requests.at(-1)!.at);
    expect(two.requests[1]!.at).toBeLessThan(one.requests.at(-1)!.at);
  });

  it('of two crawls that work on one run at the same time are never shorter either', async () => {
    const server = await serve(site(12));
    const folder = mkdtempSync(join(tmpdir(), 'xianjian-patience-'));
    const file = join(folder, 'corpus.sqlite');
    const corpora = [await openCorpus(file, { create: true }), await openCorpus(file)];
    try {
      const crawls = corpora.map((corpus) =>
        crawlAt(`${server.url}/list.html`, {
          frontier: corpus.frontier,
          tuning: { patience: { floorMs: 150, factor: 0 } },
          options: { noDelay: false },
        }),
      );
      const reports = (await Promise.all(crawls)).map(({ report }) => report);
      expect(reports.some(({ end, articles }) => end === 'complete' && articles === 12)).toBe(true);
      const asked = server.asked();
      expect(asked).toHaveLength(13);
      expect(new Set(asked).size).toBe(13);
      expect(Math.min(...gaps(server))).toBeGreaterThanOrEqual(145);
    } finally {
      for (const corpus of corpora) await corpus.close();
      rmSync(folder, { recursive: true });
    }
  });

  it.each<[string, number, () => Record<string, string>, number]>([
    ['429 with seconds', 429, () => ({ 'retry-after': '1' }), 995],
    ['503 with a date', 503, () => ({ 'retry-after': new Date(Date.now() + 2000).toUTCString() }), 995],
    ['429 with 0', 429, () => ({ 'retry-after': '0' }), 0],
    ['429 with a negative number', 429, () => ({ 'retry-after': '-4' }), 0],
    ['429 without: one step of backoff', 429, () => ({}), 1995],
    ['503 without: one step of backoff', 503, () => ({}), 1995],
  ])('%s is waited for, and the other host is asked meanwhile', async (_, status, headers, least) => {
    let refused = 0;
    let refuse = () => {};
    const refusal = new Promise<void>((resolve) => {
      refuse = resolve;
    });
    const bad = await serve(
      site(2, ({ url }) => {
        if (!url.includes('_1001')) return undefined;
        refused += 1;
        refuse();
        return refused === 1 ? { status, headers: headers(), body: 'x' } : undefined;
      }),
    );
    // The list of the other comes when this one has refused.
    const good = await serve(
      site(3, ({ url }) =>
        url === '/list.html'
          ? {
              raw: (response) =>
                void refusal.then(() =>
                  response.setHeader('content-type', 'text/html; charset=utf-8').end(listPage(1, 3)),
                ),
            }
          : undefined,
      ),
      '127.0.0.2',
    );
    const { report, events } = await crawlAt(`${bad.url}/list.html`, {
      source: { start: [`${bad.url}/list.html`, `${good.url}/list.html`] },
      options: { noDelay: false },
      tuning: { patience: { floorMs: 20, factor: 0, retryMs: 1000 } },
    });
    expect(report).toMatchObject({ end: 'complete', articles: 5 });
    const asked = bad.requests.filter((each) => each.url.includes('_1001'));
    expect(asked).toHaveLength(2);
    expect(asked[1]!.at - asked[0]!.at).toBeGreaterThanOrEqual(least);
    expect(asked[1]!.at - asked[0]!.at).toBeLessThan(least + 60_000);
    expect(outcomesOf(events, `${bad.port}/2031/t20310304_1001`)).toEqual([
      status === 503 && headers()['retry-after'] === undefined ? 'server_error' : 'rate_limited',
      'ok',
    ]);
    if (least > 0) {
      const article = good.requests.find(({ url }) => url.startsWith('/2031/'))!;
      expect(article.at).toBeGreaterThanOrEqual(asked[0]!.at);
      expect(article.at).toBeLessThan(asked[1]!.at);
    }
  });

  it('refuses to ask a public address without delay', async () => {
    const source = sourceFromUrl('http://county.test/', { place: null });
    await expect(crawlTuned(source, new MemoryFrontier(), { allowPrivate: true, noDelay: true }, {})).rejects.toThrow(
      'public hosts are not asked without delay',
    );
  });

  it('records that there was no delay', async () => {
    const server = await serve(site(1));
    const { frontier } = await crawlAt(`${server.url}/list.html`);
    for (const page of frontier.runs[0]!.snapshots) expect(page.settings).toEqual({ delay: 'none' });
  });
});

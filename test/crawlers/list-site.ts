// A small site whose lists a test gives, crawled: what was kept, and whether every article came, once.
import { afterEach, expect } from 'vitest';
import { crawlTuned } from '../../crawlers/crawl.js';
import { type CrawlReport, type Source, sourceFromUrl } from '../../crawlers/index.js';
import { MemoryFrontier } from '../helpers/memory-frontier.js';
import { type TestAnswer, type TestRequest, type TestServer, testServer } from '../helpers/server.js';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

export const range = (from: number, to: number): number[] =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, k) => from + k);
export const titleOf = (n: number): string => `青禾县教育局公布第${n}批学校建设进展`;
export const pathOf = (n: number): string => `/zwgk/art_${5000 + n}.html`;
export const row = (n: number): string =>
  `<li><a href="${pathOf(n)}" target="_blank">${titleOf(n)}</a><span>2031-05-${String(1 + (n % 28)).padStart(2, '0')}</span></li>`;
export const rows = (from: number, to: number): string =>
  `<ul class="news">${range(from, to).map(row).join('\n')}</ul>`;
export const json = (value: unknown): TestAnswer => ({
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(value),
});
export const queryOf = (url: string): URLSearchParams => new URL(url, 'http://x').searchParams;

interface Served {
  report: CrawlReport;
  server: TestServer;
  kept: string[];
  listed: (string | undefined)[];
}

/** Crawls a site whose lists `answer` gives; articles are the same for all. */
export async function crawlSite(
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
export function expectAll(served: Served, family: string, count: number): void {
  expect(served.report.reasons).toEqual([]);
  expect(served.report).toMatchObject({ end: 'complete', articles: count });
  expect(served.report.lists).toMatchObject([{ family, items: count, end: 'complete' }]);
  expect([...served.kept].sort()).toEqual(range(1, count).map(pathOf).sort());
}

export const nav =
  '<div class="nav"><a href="/">首页</a><a href="/zwgk/art_9001.html">导航里的一篇很长的文章标题</a></div>';
export const sidebar = `<div class="right-hot">${range(8001, 8004).map(row).join('')}</div>`;
export const footer = '<div class="footer"><a href="/about/art_7777.html">关于本网站的说明与声明文字</a></div>';

// A site with a list and its articles on loopback, and a crawl of it with the frontier in memory: what tests of the crawl loop share.
import { afterEach } from 'vitest';
import { crawlTuned } from '../../crawlers/crawl.js';
import type { CrawlEvent, CrawlOptions, CrawlReport, Source } from '../../crawlers/index.js';
import { sourceFromUrl } from '../../crawlers/index.js';
import type { Tuning } from '../../crawlers/run.js';
import type { Frontier } from '../../src/model/frontier.js';
import { MemoryFrontier } from './memory-frontier.js';
import { type TestAnswer, type TestRequest, type TestServer, testServer } from './server.js';

/** What is closed at the end of the test. */
export const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

export type Answers = (request: TestRequest, count: number) => TestAnswer | undefined;
const missing: TestAnswer = { status: 404, body: '<h1>没有这个地址</h1>' };

/** Serves until the end of the test; what `answer` leaves open is a 404. */
export async function serve(answer: Answers, address?: string): Promise<TestServer> {
  const server = await testServer((request, count) => answer(request, count) ?? missing, address);
  closing.push(() => server.close());
  return server;
}

/** A list page with rows for articles `from` to `to`. */
export function listPage(from: number, to: number, more = ''): string {
  const rows = Array.from({ length: to - from + 1 }, (_, k) => {
    const n = from + k;
    return `<li><a href="/2031/t20310304_${1000 + n}.html">青禾县第${n}所学校建成投用</a><span>2031-03-04</span></li>`;
  });
  return `<html><head><title>工作动态</title></head><body><ul class="list">${rows.join('')}</ul>${more}</body></html>`;
}

/** An article; a second fetch may show another count of visits. */
export const article = (url: string, visits = 0): string =>
  `<html><head><title>学校建成</title></head><body><p>${'青禾县的学校建成了。'.repeat(20)}${url}</p><i>${visits}</i></body></html>`;

/** A site with one list and its articles. */
export const site =
  (count: number, more?: Answers): Answers =>
  (request, n) => {
    const own = more?.(request, n);
    if (own) return own;
    if (request.url === '/list.html') return { body: listPage(1, count) };
    if (request.url.startsWith('/2031/')) return { body: article(request.url) };
    return undefined;
  };

export interface Crawled<Kept> {
  report: CrawlReport;
  events: CrawlEvent[];
  frontier: Kept;
}

/** What of a crawl is other than usual: no delay, private addresses allowed, nothing stored before. */
export interface CrawlParts<Kept> {
  source?: Partial<Source>;
  options?: Partial<CrawlOptions>;
  tuning?: Tuning;
  frontier?: Kept;
}

export async function crawlAt<Kept extends Frontier = MemoryFrontier>(
  url: string,
  parts: CrawlParts<Kept> = {},
): Promise<Crawled<Kept>> {
  const frontier = parts.frontier ?? (new MemoryFrontier() as Frontier as Kept);
  const events: CrawlEvent[] = [];
  const report = await crawlTuned(
    { ...sourceFromUrl(url, { place: null, id: 's' }), ...parts.source },
    frontier,
    { allowPrivate: true, noDelay: true, onEvent: (event) => events.push(event), ...parts.options },
    parts.tuning ?? {},
  );
  return { report, events, frontier };
}

/** Outcomes of addresses that hold a part, in order. */
export const outcomesOf = (events: CrawlEvent[], part: string): string[] =>
  events.flatMap((event) =>
    event.type === 'outcome' && event.page.request.url.includes(part) ? [event.page.outcome] : [],
  );

// How far a crawl is: counts, rate and estimate from its events alone.
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import type { CrawlEvent } from '../../crawlers/index.js';
import { CrawlProgress } from '../../src/cli/crawl-progress.js';
import type { Outcome, Page, RequestKind } from '../../src/model/page.js';

function outcome(outcome: Outcome, kind: RequestKind, more: { added?: number; retryAt?: number } = {}): CrawlEvent {
  const url = `http://one.test/${kind}`;
  const request = { url, kind, source: 's', depth: 0 };
  const page: Page = {
    request,
    finalUrl: url,
    fetchedAt: '2031-03-04T00:00:00Z',
    status: 200,
    headers: {},
    body: null,
    sha256: null,
    outcome,
    tookMs: 1,
  };
  return { type: 'outcome', host: 'one.test', page, ...more };
}

describe('the progress of a crawl', () => {
  it('counts what is done of what is known, and estimates from the last fetches', () => {
    const progress = new CrawlProgress('en');
    progress.take({ type: 'run', run: 1, source: 's', resumed: false, waiting: 1 }, 0);
    progress.take(outcome('gone', 'robots'), 1000);
    progress.take(outcome('ok', 'list', { added: 40 }), 2000);
    expect(progress.line()).toBe('1 of 41 known addresses · one.test: gone 1, ok 1');
    for (const second of [3, 4]) progress.take(outcome('ok', 'article'), second * 1000);
    // One a second: 38 are left, and one that is tried again is none of those that are done.
    progress.take(outcome('timeout', 'article', { retryAt: 9000 }), 5000);
    expect(progress.line()).toBe(
      '3 of 41 known addresses · 60 a minute · under a minute for what is known · one.test: gone 1, ok 3, timeout 1',
    );
    progress.take(outcome('ok', 'list', { added: 300 }), 6000);
    expect(progress.line()).toContain('4 of 341 known addresses · 60 a minute · about 6 min for what is known');
  });

  it('goes on from what waited, and its bar fits the terminal', () => {
    const progress = new CrawlProgress('en');
    progress.take({ type: 'run', run: 1, source: 's', resumed: true, waiting: 4 }, 0);
    for (const second of [1, 2]) progress.take(outcome('ok', 'article'), second * 1000);
    expect(progress.bar(200)).toBe('[##########..........] 2 of 4 known addresses · ok http://one.test/article');
    for (const width of [10, 30, 60]) expect(progress.bar(width).length).toBeLessThan(width);
    const chinese = new CrawlProgress('zh');
    chinese.take(outcome('ok', 'article'), 1000);
    for (const width of [10, 30, 60]) expect(stringWidth(chinese.bar(width))).toBeLessThan(width);
    for (const second of [3, 4, 5]) progress.take(outcome('ok', 'article'), second * 1000);
    // An attachment may come that no list had named.
    expect(progress.bar(200)).toContain('[####################] 5 of 5 known addresses');
  });
});

// Patience: pauses, Retry-After, backoff, the breaker, and what becomes of an address after an outcome.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  breakerPatience,
  breakerThreshold,
  clockAfter,
  disposition,
  freshClock,
  longestCrawlDelayMs,
  longestRetryAfterMs,
  nextAtAfter,
  type Patience,
  pauseMs,
  publicPatience,
  retryAfterMs,
} from '../../crawlers/pace.js';
import { outcomes } from '../../src/model/page.js';

const patience: Patience = { ...publicPatience, crawlDelayMs: null };
const now = Date.UTC(2031, 2, 4);

describe('the pause', () => {
  it('is the largest of floor, crawl-delay and five times the last fetch, which alone is capped', () => {
    expect(pauseMs(patience, { backoff: 0, tookMs: 100 }, 0)).toBe(3000);
    expect(pauseMs(patience, { backoff: 0, tookMs: 2000 }, 0)).toBe(10_000);
    expect(pauseMs(patience, { backoff: 0, tookMs: 60_000 }, 0)).toBe(30_000);
    expect(pauseMs({ ...patience, crawlDelayMs: 45_000 }, { backoff: 0, tookMs: 100 }, 0)).toBe(45_000);
    expect(pauseMs({ ...patience, crawlDelayMs: 9e9 }, { backoff: 0, tookMs: 100 }, 0)).toBe(longestCrawlDelayMs);
  });

  it('doubles with each step of backoff up to ten minutes', () => {
    const steps = [1, 2, 3].map((backoff) => pauseMs(patience, { backoff, tookMs: 0 }, 0));
    expect(steps).toEqual([6000, 12_000, 24_000]);
    expect(pauseMs(patience, { backoff: 10, tookMs: 0 }, 0)).toBe(600_000);
  });

  it('jitter never makes it shorter', () => {
    fc.assert(
      fc.property(
        fc.nat(10),
        fc.nat(100_000),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (backoff, tookMs, random) => {
          const least = pauseMs(patience, { backoff, tookMs }, 0);
          expect(pauseMs(patience, { backoff, tookMs }, random)).toBeGreaterThanOrEqual(least);
        },
      ),
    );
  });
});

describe('Retry-After (RFC 9110 10.2.3)', () => {
  it.each<[string | undefined, number | null]>([
    ['3', 3000],
    ['0', 0],
    ['-5', 0],
    ['864000', longestRetryAfterMs],
    ['Tue, 04 Mar 2031 00:00:20 GMT', 20_000],
    ['Mon, 03 Mar 2031 00:00:00 GMT', 0],
    ['Fri, 14 Mar 2031 00:00:00 GMT', longestRetryAfterMs],
    ['+3', 3000],
    ['3, 3', 3000],
    ['Tuesday, 04-Mar-31 00:00:20 GMT', 20_000],
    ['Tue Mar  4 00:00:20 2031', 20_000],
    ['2031-03-04T08:00:20+08:00', 20_000],
    ['Tue, 04 Mar 2031', null],
    ['soon', null],
    ['', null],
    [undefined, null],
  ])('%s', (header, ms) => {
    expect(retryAfterMs(header, now)).toBe(ms);
  });

  it.each<[string, string, string, number]>([
    ['a year ahead', 'Wed, 03 Mar 2032 23:59:55 GMT', 'Wed, 03 Mar 2032 23:59:50 GMT', 5000],
    ['a year behind', 'Mon, 04 Mar 2030 10:00:07 GMT', 'Mon, 04 Mar 2030 10:00:00 GMT', 7000],
    ['that cannot be read', 'Tue, 04 Mar 2031 00:00:20 GMT', 'some day', 20_000],
  ])('a date is measured by the clock that wrote it: one %s', (_, header, date, ms) => {
    expect(retryAfterMs(header, now, date)).toBe(ms);
  });

  it('wins over the pause where it is longer, and replaces the doubling', () => {
    const clock = { ...freshClock, backoff: 3 };
    expect(nextAtAfter(patience, clock, 60_000, now, 0) - now).toBe(60_000);
    expect(nextAtAfter(patience, clock, 0, now, 0) - now).toBe(3000);
    expect(nextAtAfter(patience, clock, null, now, 0) - now).toBe(24_000);
  });
});

describe('the clock', () => {
  it('backs off on 429, 503 and challenge pages, and recovers one step a success', () => {
    let clock = freshClock;
    for (const outcome of ['rate_limited', 'server_error', 'blocked'] as const) clock = clockAfter(clock, outcome, 10);
    expect(clock.backoff).toBe(3);
    expect(clockAfter(clock, 'ok', 10).backoff).toBe(2);
    expect(clockAfter(freshClock, 'gone', 10).backoff).toBe(0);
  });

  it('opens the breaker after connection failures in a row and forgets them with the first answer', () => {
    let clock = freshClock;
    for (let k = 0; k < breakerThreshold; k++) clock = clockAfter(clock, 'unreachable', 10);
    expect(clock.opened).toBe(1);
    expect(nextAtAfter(patience, clock, null, now, 0) - now).toBe(60_000);
    expect(clockAfter(clock, 'gone', 10)).toMatchObject({ fails: 0, opened: 0 });
    // Once open, each further failure opens it wider, until the host counts as dead.
    for (let k = 0; k < breakerPatience; k++) clock = clockAfter(clock, 'timeout', 10);
    expect(clock.opened).toBeGreaterThan(breakerPatience);
  });
});

describe('what becomes of an address', () => {
  it.each(outcomes)('%s never waits for ever', (outcome) => {
    const last = disposition(patience, outcome, 99, null, now, 0);
    expect(['done', 'failed']).toContain(last.state);
  });

  it('waits longer with each try', () => {
    const waits = [1, 2, 3].map((attempts) => disposition(patience, 'server_error', attempts, null, now, 0));
    expect(waits.map((each) => (each.state === 'waiting' ? each.notBefore - now : null))).toEqual([1000, 3000, 9000]);
  });

  it('does not try again what will not change', () => {
    for (const outcome of [
      'gone',
      'denied',
      'soft404',
      'refused',
      'unsafe',
      'trap',
      'too_big',
      'unsupported',
    ] as const) {
      expect(disposition(patience, outcome, 1, null, now, 0)).toEqual({ state: 'failed' });
    }
  });
});

// Patience: pure functions from what a host answered to when it may be asked again. After Heritrix (delay by the last fetch),
// with Retry-After, doubling and a breaker. Times in milliseconds; randomness comes in as a number from 0 to 1.

import type { Disposition, HostClock } from '../src/model/frontier.js';
import type { Outcome } from '../src/model/page.js';

export interface Patience {
  /** Least pause between two requests to one host group. */
  floorMs: number;
  /** What robots.txt asks, null where it asks nothing. */
  crawlDelayMs: number | null;
  /** Pause as a multiple of the last fetch: a slow host is asked less. */
  factor: number;
  /** Upper end for everything but a crawl-delay. */
  capMs: number;
  /** Wait before the second try of an address that failed; the third waits three times as long, and so on. */
  retryMs: number;
  /** Wait when the breaker opens for the first time; it doubles. */
  breakerMs: number;
}

/** For public hosts, where neither source nor robots.txt says otherwise. */
export const publicPatience: Omit<Patience, 'crawlDelayMs'> = {
  floorMs: 3000,
  factor: 5,
  capMs: 30_000,
  retryMs: 1000,
  breakerMs: 60_000,
};
/** For loopback and private hosts: demos, tests, intranets. */
export const privatePatience: typeof publicPatience = { ...publicPatience, floorMs: 10, factor: 1, capMs: 5000 };
/** Where a run asks for no delay, which only private hosts are given. */
export const noPatience: typeof publicPatience = { floorMs: 0, factor: 0, capMs: 0, retryMs: 100, breakerMs: 300 };
/** No pause that a robots.txt asks for is longer than this. */
export const longestCrawlDelayMs = 300_000;
/** No pause that Retry-After asks for is longer than this within a run. */
export const longestRetryAfterMs = 3600_000;
const longestBackoffMs = 600_000;
/** Connection failures in a row that open the breaker. */
export const breakerThreshold = 5;
/** Times the breaker may open before the host counts as dead for this run. */
export const breakerPatience = 3;

export const freshClock: HostClock = { nextAt: 0, backoff: 0, fails: 0, opened: 0, tookMs: 0 };

/** The pause before the next request: max(floor, crawl-delay, factor × last fetch), doubled by backoff, jittered upwards. */
export function pauseMs(patience: Patience, clock: Pick<HostClock, 'backoff' | 'tookMs'>, random: number): number {
  const asked = Math.min(patience.crawlDelayMs ?? 0, longestCrawlDelayMs);
  const own = Math.min(
    Math.max(patience.floorMs, patience.factor * clock.tookMs),
    Math.max(patience.capMs, patience.floorMs),
  );
  const base = Math.max(asked, own);
  if (clock.backoff === 0) return Math.round(base * (1 + 0.25 * random));
  const backed = Math.max(base, patience.retryMs) * 2 ** Math.min(clock.backoff, 20);
  return Math.round(Math.max(base, Math.min(backed, longestBackoffMs)) * (1 + 0.25 * random));
}

/**
 * Milliseconds that a Retry-After header asks for: seconds or an HTTP date (RFC 9110 10.2.3), never less than 0, capped. A date is
 * measured from the answer's own Date header where it has one: the host's clock may be wrong, its arithmetic is not.
 * Null where the header is missing or says nothing that can be read.
 */
export function retryAfterMs(header: string | undefined, now: number, answeredAt?: string): number | null {
  // A header that was sent twice is joined by a comma, as is the weekday of a date.
  const value = /^\s*\d+\s*,/.test(header ?? '') ? header!.split(',', 1)[0]!.trim() : header?.trim();
  if (!value) return null;
  if (/^[+-]?\d+(?:\.\d+)?$/.test(value)) return clampRetry(Number(value) * 1000);
  const date = httpDate(value);
  return date === null ? null : clampRetry(date - (httpDate(answeredAt ?? '') ?? now));
}

/** The time that a date in one of HTTP's three forms, or in ISO's, names; null for anything else. All of HTTP's are GMT. */
function httpDate(value: string): number | null {
  if (!/\d{2}:\d{2}/.test(value)) return null;
  const zoned = /(?:GMT|UTC|Z|[+-]\d{2}:?\d{2})\s*$/i.test(value) ? value : `${value} GMT`;
  const time = Date.parse(zoned);
  return Number.isNaN(time) ? null : time;
}

function clampRetry(ms: number): number {
  return Math.min(Math.max(0, Math.ceil(ms)), longestRetryAfterMs);
}

/** The host answered but wants to be left alone. */
const pushedBack: ReadonlySet<Outcome> = new Set<Outcome>(['rate_limited', 'blocked', 'server_error']);
/** No answer came. */
const noAnswer: ReadonlySet<Outcome> = new Set<Outcome>(['unreachable', 'timeout']);
/** Worth another try in the same run. */
const passing: ReadonlySet<Outcome> = new Set<Outcome>([
  'timeout',
  'unreachable',
  'server_error',
  'rate_limited',
  'cut_short',
  'blocked',
  'tls',
]);

/** Whether the page is here: new, or as it was. */
export function isGood(outcome: Outcome): boolean {
  return outcome === 'ok' || outcome === 'same' || outcome === 'not_modified';
}

/** What an outcome did to the clock, without the pause: backoff up or down, failures in a row, the breaker. */
export function clockAfter(clock: HostClock, outcome: Outcome, tookMs: number): HostClock {
  if (noAnswer.has(outcome)) {
    const fails = clock.fails + 1;
    const opens = fails % breakerThreshold === 0 || (clock.opened > 0 && fails > breakerThreshold);
    return { ...clock, fails, opened: clock.opened + (opens ? 1 : 0), tookMs };
  }
  const backoff = pushedBack.has(outcome) ? Math.min(clock.backoff + 1, 10) : Math.max(0, clock.backoff - 1);
  return { ...clock, backoff, fails: 0, opened: 0, tookMs };
}

/** When the host may be asked again after this outcome. Retry-After wins where it asks for more; an open breaker waits minutes. */
export function nextAtAfter(
  patience: Patience,
  clock: HostClock,
  retryAfter: number | null,
  now: number,
  random: number,
): number {
  const breaker = clock.opened > 0 ? Math.min(patience.breakerMs * 2 ** (clock.opened - 1), longestBackoffMs) : 0;
  const pause =
    retryAfter === null ? pauseMs(patience, clock, random) : pauseMs(patience, { ...clock, backoff: 0 }, random);
  return now + Math.max(pause, breaker, retryAfter ?? 0);
}

/** Tries of one address in one run, the first included. */
const mostTries: Partial<Record<Outcome, number>> = { blocked: 3, tls: 2, unreachable: 4, rate_limited: 8 };
const usualTries = 5;

/** What becomes of an address after an outcome: done, failed for this run, or waiting for another try. */
export function disposition(
  patience: Pick<Patience, 'retryMs'>,
  outcome: Outcome,
  attempts: number,
  retryAfter: number | null,
  now: number,
  random: number,
): Disposition {
  if (isGood(outcome) || outcome === 'moved') return { state: 'done' };
  if (!passing.has(outcome) || attempts >= (mostTries[outcome] ?? usualTries)) return { state: 'failed' };
  const wait = retryAfter ?? Math.min(patience.retryMs * 3 ** (attempts - 1), 60_000) * (1 + 0.5 * random);
  return { state: 'waiting', notBefore: now + Math.round(wait) };
}

// What a host's robots.txt is after a fetch: judged, kept for a while, replaced by its last good copy where it cannot be had. Pure.
import type { KeptRobots } from '../src/model/frontier.js';
import type { Page } from '../src/model/page.js';
import { challengeKind } from './blocked.js';
import { reasons } from './reasons.js';
import { robotsLifetime, robotsStateOf, robotsText } from './robots.js';

/** A robots.txt that could once be read stands in for this long where it cannot be read again. */
const staleRobotsMs = 3600_000;

/** robots.txt behind a gate-keeper is no robots.txt. */
export function robotsPage(page: Page): Page {
  if (!page.body) return page;
  const kind = challengeKind(page.status, page.headers, robotsText(page));
  return kind === null ? page : { ...page, outcome: 'blocked', reason: reasons.challenge({ kind }) };
}

/** What is kept of a fetch of robots.txt; a copy that could once be read stands in for one that cannot be read again. */
export function keptRobots(
  page: Page,
  retryAfter: number | null,
  before: KeptRobots | null,
  retryMs: number,
): KeptRobots {
  const now = Date.now();
  const state = robotsStateOf(page.outcome, page.status);
  if (state !== 'unavailable') {
    const text = state === 'rules' ? robotsText(page) : null;
    return { text, state, outcome: page.outcome, fetchedAt: now, expiresAt: now + robotsLifetime(state, 0), tries: 0 };
  }
  const reason = page.reason ?? page.outcome;
  if (before?.state === 'rules')
    return { ...before, expiresAt: now + staleRobotsMs, reason: reasons.keptCopy({ reason }) };
  const tries = (before?.tries ?? 0) + 1;
  const quick = page.outcome === 'unreachable' || page.outcome === 'cut_short' || retryMs < 1000;
  const again = quick ? retryMs * 3 ** Math.min(tries - 1, 5) : robotsLifetime(state, tries);
  // What the guard refused was never asked: another run may be told otherwise.
  const wait = page.outcome === 'unsafe' ? 0 : (retryAfter ?? again);
  return { text: null, state, reason, outcome: page.outcome, fetchedAt: now, expiresAt: now + wait, tries };
}

// A host slice: one worker holds one host for a while and fetches what is due there with that host's patience. robots.txt first,
// then one address after the other; each outcome is settled in one transaction before the next request goes out.
import type { Claim, Disposition, FrontierRequest, HostClock, HostSlice, KeptRobots } from '../src/model/frontier.js';
import type { Outcome, Page } from '../src/model/page.js';
import type { SubAnswer, SubFetch, SubRequest } from './browser.js';
import {
  documentAnswer,
  drawnPage,
  drawnReading,
  mayAskOutside,
  subAnswer,
  wantsDrawing,
  withColumnsInstead,
  withoutDrawing,
  withProblem,
} from './draw.js';
import { agentName, type Fetched, fetchPage } from './fetch.js';
import { keptRobots, robotsPage } from './kept-robots.js';
import { breakerPatience, clockAfter, disposition, isGood, nextAtAfter, pauseMs } from './pace.js';
import { reasons } from './reasons.js';
import { askRobots, crawlDelayOf, parseRobots, type Robots } from './robots.js';
import type { RunState } from './run.js';
import { groupOf, hostOf, trapReason } from './url.js';
import { listVisit, movedRequest, type Visit, type VisitContext, visit } from './visit.js';

/** Fetches in one slice, so that a long host gives others their turn. */
const fetchesPerSlice = 200;
/** A slice waits this long for its host's clock before it lets the host go. */
const longestHold = 20_000;
/** Failed fetches of robots.txt after which a host counts as closed for this run. */
const robotsTries = 3;

/** Works on a host until nothing is due, the slice is used up, its time is over or the run stops. */
export async function workSlice(run: RunState, slice: HostSlice, until = Number.POSITIVE_INFINITY): Promise<void> {
  const worker = new SliceWorker(run, slice);
  try {
    for (let fetches = 0; fetches < fetchesPerSlice; fetches++) {
      if (Date.now() >= until || !(await worker.step())) return;
    }
  } finally {
    await run.frontier.releaseHost(slice);
  }
}

class SliceWorker {
  readonly #run: RunState;
  readonly #slice: HostSlice;
  readonly #leaseMs: number;
  #clock: HostClock;
  #kept: KeptRobots | null;
  #robots: Robots | null = null;
  #tls: string | null;

  constructor(run: RunState, slice: HostSlice) {
    this.#run = run;
    this.#slice = slice;
    this.#leaseMs = Math.max(run.limits.totalMs, run.limits.maxAttachmentMs) + longestHold + 30_000;
    this.#clock = slice.clock;
    this.#kept = slice.robots;
    this.#tls = slice.tlsProfile;
  }

  /** One request; false where the slice has to end. */
  async step(): Promise<boolean> {
    if (this.#run.stopping || !(await this.#waitForClock())) return false;
    const now = Date.now();
    const nextAt = now + pauseMs(this.#patience(`http://${this.#slice.host}/`), this.#clock, Math.random());
    const claim = await this.#run.frontier.claim(this.#run.run.id, this.#slice, nextAt, this.#leaseMs, now);
    if (!claim) return false;
    if (!(await this.#haveRobots(claim))) return false;
    const refused = this.#refusal(claim);
    if (refused) await this.#settleUnasked(claim, refused.outcome, refused.reason);
    else return this.#fetch(claim);
    return true;
  }

  /** Waits until the host may be asked; false where that is too long to hold it, or the run stops. */
  async #waitForClock(): Promise<boolean> {
    const wait = this.#clock.nextAt - Date.now();
    if (wait <= 0) return true;
    if (wait > longestHold) return false;
    if (wait > 2000)
      this.#run.emit({ type: 'waiting', host: this.#slice.host, until: this.#clock.nextAt, why: reasons.patience() });
    await this.#run.sleep(wait);
    return !this.#run.stopping;
  }

  #patience(url: string) {
    return this.#run.patienceFor(url, this.#robots ? crawlDelayOf(this.#robots, agentName) : null);
  }

  /** Makes sure that the host's robots.txt is known. False where it is not to be had now: the claim was given back. */
  async #haveRobots(claim: Claim): Promise<boolean> {
    for (;;) {
      const stale = !this.#kept || this.#kept.expiresAt <= Date.now();
      if (stale) await this.#fetchRobots(claim);
      const kept = this.#kept!;
      const open = kept.state !== 'unavailable';
      if (!open && stale && (kept.tries >= robotsTries || kept.outcome === 'unsafe'))
        return this.#closeHost(claim, kept);
      if (!open) {
        const { expiresAt: until } = kept;
        this.#run.emit({
          type: 'waiting',
          host: this.#slice.host,
          until,
          why: reasons.robots({ reason: kept.reason ?? kept.outcome }),
        });
      }
      if (!(await this.#waitForClock())) return this.#giveBack(claim);
      if (open) {
        this.#robots ??= parseRobots(kept.text ?? '');
        return true;
      }
    }
  }

  /** Nothing of a host whose robots.txt stays away is asked for in this run. */
  async #closeHost(claim: Claim, kept: KeptRobots): Promise<false> {
    await this.#giveBack(claim);
    await this.#giveUpHost(kept.outcome, reasons.robots({ reason: kept.reason ?? kept.outcome }));
    return false;
  }

  async #giveBack(claim: Claim): Promise<false> {
    await this.#run.frontier.unclaim(claim);
    return false;
  }

  async #fetchRobots(claim: Claim): Promise<void> {
    const url = new URL('/robots.txt', claim.request.url).href;
    const request: FrontierRequest = {
      url,
      kind: 'robots',
      source: this.#run.source.id,
      depth: 0,
      ...(claim.request.referrer === undefined ? {} : { referrer: claim.request.referrer }),
      host: this.#slice.host,
      group: this.#slice.group,
    };
    const fetched = await this.#ask(request, null);
    const page = robotsPage(fetched.page);
    const kept = keptRobots(page, fetched.retryAfter, this.#kept, this.#patience(url).retryMs);
    this.#kept = kept;
    this.#robots = kept.state === 'unavailable' ? null : parseRobots(kept.text ?? '');
    this.#advance(page, fetched.retryAfter, url);
    if (kept.state === 'unavailable')
      this.#clock = { ...this.#clock, nextAt: Math.max(this.#clock.nextAt, kept.expiresAt) };
    await this.#settle(null, page, { state: 'done' }, { robots: kept });
  }

  /** Why an address is not asked, null where it is. */
  #refusal({ request }: Claim): { outcome: 'denied' | 'trap'; reason: string } | null {
    const trap = trapReason(request.url);
    if (trap !== null) return { outcome: 'trap', reason: trap };
    if (request.depth > this.#run.budget.depth)
      return { outcome: 'trap', reason: reasons.deep({ count: request.depth }) };
    const denied = this.#deniedBy(request.url);
    return denied === null ? null : { outcome: 'denied', reason: denied };
  }

  #deniedBy = (url: string): string | null => {
    if (this.#run.source.ignoreRobots || !this.#robots) return null;
    const verdict = askRobots(this.#robots, agentName, url);
    return verdict.allowed ? null : reasons.robots({ reason: verdict.rule! });
  };

  async #fetch(claim: Claim): Promise<boolean> {
    const { request } = claim;
    const fetched = await this.#ask(request, claim);
    let seen = await this.#visit(fetched, claim);
    this.#advance(seen.page, fetched.retryAfter, request.url);
    let next = this.#disposition(seen, claim, fetched.retryAfter);
    if (
      wantsDrawing(this.#run.source, claim, seen, next.state === 'failed') &&
      this.#run.drawOnce(request.list ?? request.url)
    ) {
      seen = await this.#draw(seen, claim);
      if (seen.listPage && seen.listPage.items > 0) next = { state: 'done' };
    }
    seen = withColumnsInstead(seen);
    await this.#settle(claim, seen.page, next, { visit: seen });
    if (this.#clock.opened > breakerPatience) {
      const { outcome, reason = outcome } = seen.page;
      await this.#giveUpHost(outcome, reasons.failedInRow({ count: this.#clock.fails, reason }));
    }
    return this.#clock.opened === 0;
  }

  #disposition(seen: Visit, claim: Claim, retryAfter: number | null): Disposition {
    if (seen.page.outcome === 'moved' && seen.found.length === 0) return { state: 'failed' };
    const patience = this.#patience(claim.request.url);
    return disposition(patience, seen.page.outcome, claim.attempts + 1, retryAfter, Date.now(), Math.random());
  }

  /** The list of a claim as a browser draws it; what HTTP gave stays where the browser has nothing to add. */
  async #draw(seen: Visit, claim: Claim): Promise<Visit> {
    const browser = await this.#run.browser.get();
    if (typeof browser === 'string') return withProblem(seen, claim, reasons.drawnByScript({ reason: browser }));
    const list = claim.request.list ?? claim.request.url;
    const first = claim.request.kind === 'list' && seen.page.body !== null ? documentAnswer(seen.page) : null;
    let turn: Promise<unknown> = Promise.resolve();
    const ask: SubFetch = (request) => {
      if (first && request.type === 'document' && request.url === list) return Promise.resolve(first);
      const mine = turn.then(() => this.#askForPage(request));
      turn = mine.catch(() => null);
      return mine;
    };
    const drawn = await browser.draw(list, ask, {
      pauseMs: () => Math.max(0, this.#clock.nextAt - Date.now()),
      stopping: () => this.#run.stopping,
    });
    if (drawn.items.length <= (seen.listPage?.items ?? 0) && drawn.next.length === 0)
      return withoutDrawing(seen, claim, drawn);
    const page =
      isGood(seen.page.outcome) && claim.request.kind === 'list'
        ? drawnPage(seen.page, drawn.html, browser.version)
        : seen.page;
    return listVisit(page, drawnReading(drawn), this.#visitContext(claim, null));
  }

  /** A request that a page makes while it is drawn: guarded, allowed by robots.txt, counted, and after the host's pause. */
  async #askForPage(request: SubRequest): Promise<SubAnswer | null> {
    const known = this.#run.scripts.get(request.url);
    if (known !== undefined) return known;
    const host = safeHost(request.url);
    if (host === null || (host !== this.#slice.host && !mayAskOutside(request))) return null;
    if (
      host === this.#slice.host
        ? this.#deniedBy(request.url) !== null
        : !(await this.#run.allowedElsewhere(request.url))
    )
      return null;
    if (this.#run.stopping || !(await this.#waitForClock())) return null;
    const asked: FrontierRequest = {
      url: request.url,
      kind: 'data',
      source: this.#run.source.id,
      depth: 0,
      ...(request.method === 'POST' ? { form: request.body ?? '' } : {}),
      host,
      group: groupOf(host),
    };
    const fetched = await this.#ask(asked, null, request.contentType);
    this.#advance(fetched.page, fetched.retryAfter, request.url);
    this.#run.count(fetched.page);
    this.#run.emit({ type: 'outcome', host, page: fetched.page });
    const answer = subAnswer(fetched.page);
    if (request.type === 'script') this.#run.scripts.set(request.url, answer);
    return answer;
  }

  async #giveUpHost(outcome: Outcome, reason: string): Promise<void> {
    await this.#run.frontier.failHost(this.#run.run.id, this.#slice.host, outcome, reason);
    this.#run.emit({ type: 'note', message: reasons.hostGivenUp({ host: this.#slice.host, reason }) });
  }

  async #visit(fetched: Fetched, claim: Claim): Promise<Visit> {
    const { page } = fetched;
    if (fetched.movedTo !== undefined) {
      const found = movedRequest(page, fetched.movedTo, { claim, scope: this.#run.scope });
      for (const each of found) if (each.kind === 'list') this.#run.scope.add(each.group);
      return { page, textHash: null, found, notes: [] };
    }
    const compares = page.body !== null && page.sha256 !== claim.sha256 && claim.textHash === null;
    const keptBody =
      claim.sha256 !== null && (page.outcome === 'not_modified' || (compares && this.#run.options.fingerprint))
        ? await this.#run.frontier.body(claim.sha256)
        : null;
    const seen = visit(page, this.#visitContext(claim, keptBody));
    for (const each of seen.found) {
      if (each.kind === 'list' && each.depth === 0) this.#run.scope.add(groupOf(hostOf(each.url)));
    }
    return seen;
  }

  #visitContext(claim: Claim, keptBody: Uint8Array | null): VisitContext {
    return {
      source: this.#run.source,
      claim,
      keptBody,
      fingerprint: this.#run.options.fingerprint,
      nextPart: this.#run.options.nextPart,
      scope: this.#run.scope,
      listMemory: this.#run.listMemory,
    };
  }

  #ask(request: FrontierRequest, claim: Claim | null, contentType: string | null = null): Promise<Fetched> {
    return fetchPage(request, {
      ...this.#run.fetchContext(),
      limits: request.kind === 'robots' ? { ...this.#run.limits, redirects: 5 } : this.#run.limits,
      knownTls: this.#tls,
      ...(claim?.sha256 ? { validators: { etag: claim.etag, lastModified: claim.lastModified } } : {}),
      ...(request.kind === 'robots' ? {} : { forbidsHop: this.#deniedBy }),
      ...(contentType ? { contentType } : {}),
      settings: this.#run.settings(),
    }).then((fetched) => {
      if (fetched.tlsProfile !== null && fetched.page.status > 0) this.#tls = fetched.tlsProfile;
      return fetched;
    });
  }

  /** Moves the clock by what the host answered. */
  #advance(page: Page, retryAfter: number | null, url: string): void {
    // The guard refused it: nobody was asked, and nobody is to be left alone.
    if (page.outcome === 'unsafe' && page.status === 0) return;
    const after = clockAfter(this.#clock, page.outcome, page.tookMs);
    this.#clock = { ...after, nextAt: nextAtAfter(this.#patience(url), after, retryAfter, Date.now(), Math.random()) };
  }

  async #settleUnasked(claim: Claim, outcome: 'denied' | 'trap', reason: string): Promise<void> {
    const page: Page = {
      request: claim.request,
      finalUrl: claim.request.url,
      fetchedAt: new Date().toISOString(),
      status: 0,
      headers: {},
      body: null,
      sha256: null,
      outcome,
      reason,
      tookMs: 0,
    };
    await this.#settle(claim, page, { state: 'failed' }, {});
  }

  async #settle(
    claim: Claim | null,
    page: Page,
    next: Disposition,
    more: { visit?: Visit; robots?: KeptRobots },
  ): Promise<void> {
    const { visit: seen, robots } = more;
    const run = this.#run;
    run.count(page);
    const result = await run.frontier.settle(
      {
        run: run.run.id,
        claim,
        page,
        disposition: next,
        textHash: seen?.textHash ?? null,
        clock: this.#clock,
        host: this.#slice.host,
        ...(robots ? { robots } : {}),
        ...(this.#tls !== null && this.#tls !== 'strict' ? { tlsProfile: this.#tls } : {}),
        found: seen?.found ?? [],
        ...(seen?.listPage ? { listPage: seen.listPage } : {}),
      },
      Date.now(),
      run.revisitBefore,
    );
    this.#tell(page, next, seen, result.snapshotId, result.added);
  }

  #tell(page: Page, next: Disposition, seen: Visit | undefined, snapshotId: number | null, added: number): void {
    const run = this.#run;
    const retry = next.state === 'waiting' ? { retryAt: next.notBefore } : {};
    run.emit({ type: 'outcome', host: this.#slice.host, page, ...retry, added });
    const listPage = seen?.listPage;
    if (listPage) {
      const total = listPage.total === undefined ? {} : { total: listPage.total };
      run.emit({ type: 'list', url: listPage.url, family: listPage.family, items: listPage.items, added, ...total });
    }
    for (const message of seen?.notes ?? []) run.emit({ type: 'note', message });
    const leaf = page.request.kind === 'article' || page.request.kind === 'attachment';
    if (leaf && snapshotId !== null && (page.outcome === 'ok' || page.outcome === 'same')) {
      run.emit({ type: 'kept', run: run.run.id, snapshotId, page });
    }
  }
}

function safeHost(url: string): string | null {
  try {
    return hostOf(url);
  } catch {
    return null;
  }
}

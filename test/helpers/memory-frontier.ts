// A frontier in memory, for tests of the crawl loop: the contract of src/model/frontier.ts with nothing stored. It outlives a
// crawl, so that a second crawl with the same object goes on where the first ended, as with a database. Leases end by the clock;
// `releaseAll` does what a database does when it notices that the process of a lease is dead.
import {
  type Claim,
  type Frontier,
  type FrontierRequest,
  furtherPage,
  type HostClock,
  type HostSlice,
  type KeptRobots,
  type ListPage,
  type Run,
  type RunSummary,
  type Settlement,
} from '../../src/model/frontier.js';
import type { Outcome, Page, RequestKind } from '../../src/model/page.js';

interface Entry {
  id: number;
  run: number;
  request: FrontierRequest;
  state: 'waiting' | 'claimed' | 'done' | 'failed' | 'dropped';
  notBefore: number;
  leaseUntil: number;
  attempts: number;
  outcome: Outcome | null;
  reason: string | null;
}

interface StoredRun extends Run {
  source: string;
  end: string | null;
  endReason: string | null;
  listPages: ListPage[];
  snapshots: Page[];
}

interface KnownPage {
  etag: string | null;
  lastModified: string | null;
  sha256: string | null;
  textHash: string | null;
  lastSeen: number | null;
}

const priorities: Record<RequestKind, number> = { robots: 0, list: 1, data: 1, sitemap: 2, article: 3, attachment: 4 };
const good = new Set<Outcome>(['ok', 'same', 'not_modified']);
const keyOf = (request: FrontierRequest): string => `${request.url}\n${request.form ?? ''}`;

export class MemoryFrontier implements Frontier {
  readonly runs: StoredRun[] = [];
  readonly entries: Entry[] = [];
  readonly clocks = new Map<string, HostClock & { owner: string | null; leaseUntil: number }>();
  readonly robots = new Map<string, KeptRobots>();
  readonly tls = new Map<string, string>();
  readonly pages = new Map<string, KnownPage>();
  readonly bodies = new Map<string, Uint8Array>();
  readonly #known = new Map<string, Entry>();

  /** Gives back what a killed process held. */
  releaseAll(): void {
    for (const entry of this.entries) if (entry.state === 'claimed') entry.state = 'waiting';
    for (const clock of this.clocks.values()) clock.owner = null;
  }

  async openRun(source: { id: string }, now: number): Promise<Run> {
    const open = this.runs.find((run) => run.source === source.id && run.end === null);
    if (open) return { id: open.id, resumed: true, startedAt: open.startedAt, pages: open.pages, bytes: open.bytes };
    const run: StoredRun = {
      id: this.runs.length + 1,
      source: source.id,
      resumed: false,
      startedAt: now,
      pages: 0,
      bytes: 0,
      end: null,
      endReason: null,
      listPages: [],
      snapshots: [],
    };
    this.runs.push(run);
    return { id: run.id, resumed: false, startedAt: now, pages: 0, bytes: 0 };
  }

  async lastYield(source: string, beforeRun: number): Promise<number | null> {
    const before = this.runs.filter((run) => run.source === source && run.id < beforeRun && run.end !== null).at(-1);
    return before ? before.listPages.reduce((sum, page) => sum + page.items, 0) : null;
  }

  async endRun(run: number, end: string, reason: string | null): Promise<void> {
    const stored = this.#run(run);
    stored.end = end;
    stored.endReason = reason;
  }

  async add(run: number, requests: FrontierRequest[], _now: number, revisitBefore: number): Promise<number> {
    let added = 0;
    for (const request of requests) {
      const key = `${run}\n${keyOf(request)}`;
      const lastSeen = this.pages.get(keyOf(request))?.lastSeen ?? null;
      const leaf = request.kind === 'article' || request.kind === 'attachment';
      if (this.#known.has(key) || (leaf && lastSeen !== null && lastSeen > revisitBefore)) continue;
      const entry: Entry = {
        id: this.entries.length + 1,
        run,
        request,
        state: 'waiting',
        notBefore: 0,
        leaseUntil: 0,
        attempts: 0,
        outcome: null,
        reason: null,
      };
      this.entries.push(entry);
      this.#known.set(key, entry);
      added += 1;
    }
    return added;
  }

  async takeHost(run: number, owner: string, leaseMs: number, now: number, host?: string): Promise<HostSlice | null> {
    const due = this.#open(run, now)
      .filter((entry) => entry.notBefore <= now && (host === undefined || entry.request.host === host))
      .filter((entry) => this.#clock(entry.request.group).nextAt <= now && this.#isFree(entry.request.group, now))
      .sort((a, b) => this.#clock(a.request.group).nextAt - this.#clock(b.request.group).nextAt || a.id - b.id)[0];
    if (!due) return null;
    const { group } = due.request;
    const clock = this.#clock(group);
    Object.assign(clock, { owner, leaseUntil: now + leaseMs });
    const { nextAt, backoff, fails, opened, tookMs } = clock;
    return {
      host: due.request.host,
      group,
      owner,
      clock: { nextAt, backoff, fails, opened, tookMs },
      robots: this.robots.get(due.request.host) ?? null,
      tlsProfile: this.tls.get(due.request.host) ?? null,
    };
  }

  openHosts(): never {
    throw new Error('a frontier in memory has one crawl');
  }

  async freeGone(): Promise<boolean> {
    return false;
  }

  unfinished(): never {
    throw new Error('a frontier in memory has one crawl');
  }

  async nextDue(run: number, now: number): Promise<number | null> {
    let next: number | null = null;
    for (const entry of this.entries) {
      if (entry.run !== run || (entry.state !== 'waiting' && entry.state !== 'claimed')) continue;
      const clock = this.#clock(entry.request.group);
      const at = Math.max(
        entry.state === 'claimed' ? entry.leaseUntil : entry.notBefore,
        clock.nextAt,
        clock.owner !== null && clock.leaseUntil > now ? clock.leaseUntil : 0,
      );
      if (next === null || at < next) next = at;
    }
    return next;
  }

  async claim(run: number, slice: HostSlice, nextAt: number, leaseMs: number, now: number): Promise<Claim | null> {
    const clock = this.#clock(slice.group);
    if (clock.owner !== slice.owner) return null;
    const entry = this.#open(run, now)
      .filter((each) => each.request.host === slice.host && each.notBefore <= now)
      .sort((a, b) => priorityOf(a.request) - priorityOf(b.request) || a.id - b.id)[0];
    if (!entry) return null;
    Object.assign(entry, { state: 'claimed', leaseUntil: now + leaseMs });
    Object.assign(clock, { nextAt, leaseUntil: now + leaseMs });
    const known = this.pages.get(keyOf(entry.request));
    return {
      id: entry.id,
      request: entry.request,
      attempts: entry.attempts,
      etag: known?.etag ?? null,
      lastModified: known?.lastModified ?? null,
      sha256: known?.sha256 ?? null,
      textHash: known?.textHash ?? null,
    };
  }

  async unclaim(claim: Claim): Promise<void> {
    this.entries[claim.id - 1]!.state = 'waiting';
  }

  async settle(
    settlement: Settlement,
    now: number,
    revisitBefore: number,
  ): Promise<{ snapshotId: number | null; added: number }> {
    const run = this.#run(settlement.run);
    const { page, claim } = settlement;
    const entry = claim && this.entries[claim.id - 1]!;
    if (entry && entry.state !== 'claimed') return { snapshotId: null, added: 0 };
    Object.assign(this.#clock(settlement.claim?.request.group ?? this.#groupOf(settlement.host)), settlement.clock);
    if (settlement.robots) this.robots.set(settlement.host, settlement.robots);
    if (settlement.tlsProfile) this.tls.set(settlement.host, settlement.tlsProfile);
    if (page.body && page.sha256) this.bodies.set(page.sha256, page.body);
    run.snapshots.push(page);
    run.pages += 1;
    run.bytes += page.body?.length ?? 0;
    if (settlement.listPage) run.listPages.push(settlement.listPage);
    if (entry) this.#move(entry, settlement, now);
    const added = await this.add(settlement.run, settlement.found, now, revisitBefore);
    return { snapshotId: run.id * 1_000_000 + run.snapshots.length, added };
  }

  #move(entry: Entry, { page, disposition, textHash }: Settlement, now: number): void {
    entry.state = disposition.state;
    entry.notBefore = disposition.state === 'waiting' ? disposition.notBefore : 0;
    entry.attempts += 1;
    // A list may turn out to be an article.
    entry.request = { ...entry.request, kind: page.request.kind };
    entry.outcome = page.outcome;
    entry.reason = page.reason ?? null;
    if (!good.has(page.outcome)) return;
    const known = this.pages.get(keyOf(entry.request));
    this.pages.set(keyOf(entry.request), {
      etag: page.headers.etag ?? known?.etag ?? null,
      lastModified: page.headers['last-modified'] ?? known?.lastModified ?? null,
      sha256: page.sha256 ?? known?.sha256 ?? null,
      textHash: textHash ?? known?.textHash ?? null,
      lastSeen: now,
    });
  }

  async failHost(run: number, host: string, outcome: Outcome, reason: string): Promise<number> {
    const left = this.entries.filter(
      (entry) => entry.run === run && entry.request.host === host && entry.state === 'waiting',
    );
    for (const entry of left) Object.assign(entry, { state: 'failed', outcome, reason });
    return left.length;
  }

  async releaseHost(slice: HostSlice): Promise<void> {
    const clock = this.#clock(slice.group);
    if (clock.owner === slice.owner) clock.owner = null;
  }

  async drop(run: number, reason: string): Promise<number> {
    const left = this.entries.filter((entry) => entry.run === run && entry.state === 'waiting');
    for (const entry of left) Object.assign(entry, { state: 'dropped', reason });
    return left.length;
  }

  async summary(run: number): Promise<RunSummary> {
    const stored = this.#run(run);
    const mine = this.entries.filter((entry) => entry.run === run);
    const outcomes = new Map<string, RunSummary['outcomes'][number]>();
    for (const page of stored.snapshots) {
      const host = new URL(page.request.url).host;
      const key = `${host} ${page.request.kind} ${page.outcome}`;
      const row = outcomes.get(key) ?? { host, kind: page.request.kind, outcome: page.outcome, count: 0 };
      row.count += 1;
      outcomes.set(key, row);
    }
    const arrived = (kind: RequestKind, isFurther = false): number =>
      mine.filter(
        ({ request, outcome }) =>
          request.kind === kind &&
          (request.family === furtherPage) === isFurther &&
          outcome !== null &&
          good.has(outcome),
      ).length;
    return {
      pages: stored.pages,
      bytes: stored.bytes,
      outcomes: [...outcomes.values()],
      listPages: stored.listPages,
      failures: mine
        .filter((entry) => entry.state === 'failed' || entry.state === 'dropped')
        .map(({ request, outcome, reason }) => ({
          url: request.url,
          kind: request.kind,
          outcome: outcome ?? 'denied',
          reason,
          list: request.list ?? null,
        })),
      waiting: mine.filter((entry) => entry.state === 'waiting' || entry.state === 'claimed').length,
      articles: arrived('article'),
      furtherPages: arrived('article', true),
      attachments: arrived('attachment'),
    };
  }

  async body(sha256: string): Promise<Uint8Array | null> {
    return this.bodies.get(sha256) ?? null;
  }

  #run(id: number): StoredRun {
    return this.runs[id - 1]!;
  }

  #open(run: number, now: number): Entry[] {
    return this.entries.filter(
      (entry) =>
        entry.run === run && (entry.state === 'waiting' || (entry.state === 'claimed' && entry.leaseUntil <= now)),
    );
  }

  #isFree(group: string, now: number): boolean {
    const clock = this.#clock(group);
    return clock.owner === null || clock.leaseUntil <= now;
  }

  #groupOf(host: string): string {
    return this.entries.find((entry) => entry.request.host === host)!.request.group;
  }

  #clock(group: string): HostClock & { owner: string | null; leaseUntil: number } {
    const known = this.clocks.get(group);
    if (known) return known;
    const fresh = { nextAt: 0, backoff: 0, fails: 0, opened: 0, tookMs: 0, owner: null, leaseUntil: 0 };
    this.clocks.set(group, fresh);
    return fresh;
  }
}

const priorityOf = (request: FrontierRequest): number => request.priority ?? priorities[request.kind];

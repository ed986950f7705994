// The state of one run in this process: what all its host slices share. Nothing here outlives the process; what must is in the
// frontier.
import type { Frontier, FrontierRequest, Run } from '../src/model/frontier.js';
import type { CrawlRequest, Page } from '../src/model/page.js';
import { Agents, type TlsChoice } from './agents.js';
import type { SubAnswer } from './browser.js';
import { Cookies } from './cookies.js';
import { BrowserKeeper } from './draw.js';
import type { CrawlEvent, CrawlOptions } from './events.js';
import { agentName, type FetchContext, type FetchLimits, fetchPage, usualLimits } from './fetch.js';
import { type Guard, isPrivateLiteral } from './guard.js';
import { noPatience, type Patience, privatePatience, publicPatience } from './pace.js';
import { reasons } from './reasons.js';
import { askRobots, type Robots, robotsOf } from './robots.js';
import type { Source } from './source.js';
import { canonicalUrl, groupOf, hostOf } from './url.js';

/** What tests may set. */
export interface Tuning {
  limits?: Partial<FetchLimits>;
  resolve?: Guard['resolve'];
  /** Pauses in place of those for public, private and no-delay hosts. */
  patience?: Partial<typeof publicPatience>;
}

/** Ends of a run where the source names none. */
const usualBudget = { pages: 20_000, megabytes: 4096, minutes: 24 * 60, depth: 12 };

export class RunState {
  readonly source: Source;
  readonly frontier: Frontier;
  readonly options: CrawlOptions;
  readonly run: Run;
  readonly guard: Guard;
  readonly limits: FetchLimits;
  readonly agents: Agents;
  readonly cookies = new Cookies();
  readonly tls: TlsChoice;
  readonly scope: Set<string>;
  readonly budget: typeof usualBudget;
  readonly revisitBefore: number;
  readonly startedAt = Date.now();
  pages: number;
  bytes: number;
  readonly #listMemories = new Map<string, Set<string>>();
  readonly #drawnLists = new Set<string>();
  readonly #otherRobots = new Map<string, Promise<Robots | null>>();
  readonly browser = new BrowserKeeper();
  readonly #tuning: Tuning;

  constructor(source: Source, frontier: Frontier, options: CrawlOptions, run: Run, tuning: Tuning) {
    this.source = source;
    this.frontier = frontier;
    this.options = options;
    this.run = run;
    this.#tuning = tuning;
    this.guard = { allowPrivate: options.allowPrivate, ...(tuning.resolve ? { resolve: tuning.resolve } : {}) };
    this.limits = { ...usualLimits, ...tuning.limits };
    this.agents = new Agents(this.guard, this.limits);
    this.tls = { legacy: source.tls?.legacy ?? false, anyCertificate: source.tls?.anyCertificate ?? false };
    this.scope = new Set(source.start.map((start) => groupOf(hostOf(canonicalUrl(start)))));
    const budget = { ...usualBudget };
    for (const key of Object.keys(budget) as (keyof typeof budget)[]) budget[key] = source.budget?.[key] ?? budget[key];
    this.budget = budget;
    this.revisitBefore = this.startedAt - (source.revisit ?? 0) * 3600_000;
    this.pages = run.pages;
    this.bytes = run.bytes;
  }

  /** Counts a fetch against the budget. */
  count(page: Page): void {
    this.pages += 1;
    this.bytes += page.body?.length ?? 0;
  }

  /** Whether a list has not been drawn in this run yet; from now on it has. */
  drawOnce(list: string): boolean {
    if (this.#drawnLists.has(list)) return false;
    this.#drawnLists.add(list);
    return true;
  }

  /** Answers to scripts that drawn pages asked for, by address: each is asked for once a run. */
  readonly scripts = new Map<string, SubAnswer | null>();

  /** Whether the robots.txt of a host outside the slice allows an address; asked once a host. */
  async allowedElsewhere(url: string): Promise<boolean> {
    const { origin } = new URL(url);
    const known = this.#otherRobots.get(origin) ?? this.#fetchRobots(origin);
    this.#otherRobots.set(origin, known);
    const robots = await known;
    return robots !== null && askRobots(robots, agentName, url).allowed;
  }

  async #fetchRobots(origin: string): Promise<Robots | null> {
    const request: CrawlRequest = { url: `${origin}/robots.txt`, kind: 'robots', source: this.source.id, depth: 0 };
    const { page } = await fetchPage(request, { ...this.fetchContext(), settings: this.settings() });
    this.count(page);
    this.emit({ type: 'outcome', host: hostOf(page.request.url), page });
    return robotsOf(page);
  }

  /** What all fetches of the run have in common. */
  fetchContext(): FetchContext {
    const { agents, guard, limits, tls, cookies } = this;
    const { contact } = this.options;
    return { agents, guard, limits, tls, cookies, knownTls: null, ...(contact ? { contact } : {}) };
  }

  /** What was read of a list in this run: addresses of its items, and hashes of its pages. */
  listMemory = (list: string): Set<string> => {
    const known = this.#listMemories.get(list) ?? new Set<string>();
    this.#listMemories.set(list, known);
    return known;
  };

  get interrupted(): boolean {
    return this.options.signal?.aborted ?? false;
  }

  /** Which budget is used up, null while there is some left. */
  exhausted(): string | null {
    if (this.pages >= this.budget.pages) return reasons.pagesUsed({ most: this.budget.pages });
    if (this.bytes >= this.budget.megabytes * 1e6) return reasons.megabytesUsed({ most: this.budget.megabytes });
    if (Date.now() - this.startedAt >= this.budget.minutes * 60_000)
      return reasons.minutesUsed({ most: this.budget.minutes });
    return null;
  }

  get stopping(): boolean {
    return this.interrupted || this.exhausted() !== null;
  }

  /** How patiently a host is asked. `crawlDelay` in seconds is what its robots.txt wants. */
  patienceFor(url: string, crawlDelay: number | null): Patience {
    const isPrivate = this.options.allowPrivate && isPrivateLiteral(url);
    if (this.options.noDelay && isPrivate) return { ...noPatience, ...this.#tuning.patience, crawlDelayMs: null };
    const usual = { ...(isPrivate ? privatePatience : publicPatience), ...this.#tuning.patience };
    const { delay } = this.source;
    return {
      ...usual,
      ...(delay === undefined ? {} : { floorMs: delay * 1000 }),
      crawlDelayMs: crawlDelay === null ? null : crawlDelay * 1000,
    };
  }

  /** Recorded with every snapshot: where the run was told to be other than usual. */
  settings(): Record<string, string> {
    return {
      ...(this.options.noDelay
        ? { delay: 'none' }
        : this.source.delay === undefined
          ? {}
          : { delay: `${this.source.delay} s` }),
      ...(this.source.ignoreRobots ? { robots: `ignored: ${this.source.ignoreRobots}` } : {}),
    };
  }

  emit(event: CrawlEvent): void {
    this.options.onEvent?.(event);
  }

  /** The requests a run begins with. */
  startRequests(): FrontierRequest[] {
    return this.source.start.map((start) => {
      const url = canonicalUrl(start);
      const host = hostOf(url);
      return { url, kind: 'list', source: this.source.id, depth: 0, host, group: groupOf(host) };
    });
  }

  /** Waits, at most until the run is interrupted or `wake` is called; `wake` is handed out before the waiting begins. */
  sleep(ms: number, handOut?: (wake: () => void) => void): Promise<void> {
    const { signal } = this.options;
    if (ms <= 0 || signal?.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      signal?.addEventListener('abort', done);
      handOut?.(done);
    });
  }
}

// The port between the crawl loop and its storage: the few methods the loop needs of a frontier, and the values they trade. The
// database implements it (db/frontier.ts), the crawl loop uses it (crawlers/crawl.ts), and neither knows the other. Every method is
// one transaction. Times are milliseconds since 1970.
import type { CrawlRequest, Outcome, Page, RequestKind } from './page.js';

/** In place of a list family: the page goes on an article that began on another. */
export const furtherPage = 'further page';

/** A request as the frontier keeps it: with the list family that reads the answer and the list it belongs to. */
export interface FrontierRequest extends CrawlRequest {
  /** Name of the list family that reads the answer, where the page before it told; {@link furtherPage} where an article goes on. */
  family?: string;
  /** Address of the first page of the list that this page continues. */
  list?: string;
  /** Lower is sooner. Default by kind: robots 0, list and data 1, sitemap 2, article 3, attachment 4. */
  priority?: number;
  /** Host with port, and the key under which hosts share one clock; the loop fills both. */
  host: string;
  group: string;
}

/** What a host's politeness needs between two requests. Shared by all hosts of one group. */
export interface HostClock {
  /** No request before this time. */
  nextAt: number;
  /** Times the delay has been doubled by 429, 503 and blocks; falls by success. */
  backoff: number;
  /** Connection failures in a row. */
  fails: number;
  /** Times the breaker opened since the last success. */
  opened: number;
  /** Milliseconds that the last fetch took. */
  tookMs: number;
}

/** A kept robots.txt: text is null where the answer gave no rules. */
export interface KeptRobots {
  text: string | null;
  /** `rules`, `none` (4xx: all allowed) or `unavailable` (5xx, network, challenge: nothing allowed for now). */
  state: 'rules' | 'none' | 'unavailable';
  reason?: string;
  /** The outcome of the fetch. */
  outcome: Outcome;
  fetchedAt: number;
  expiresAt: number;
  /** Failed tries in a row. */
  tries: number;
}

/** A host held by one worker for a while. */
export interface HostSlice {
  host: string;
  group: string;
  owner: string;
  clock: HostClock;
  robots: KeptRobots | null;
  tlsProfile: string | null;
}

/** A request in hand, with what is known from earlier fetches of the same address. */
export interface Claim {
  id: number;
  request: FrontierRequest;
  /** Which claim of the request this is, where the frontier counts them: a settlement of any but the newest changes nothing. */
  claims?: number;
  /** Fetches tried in this run before this one. */
  attempts: number;
  etag: string | null;
  lastModified: string | null;
  /** SHA-256 of the last good body and the fingerprint of its main text. */
  sha256: string | null;
  textHash: string | null;
}

/** What becomes of the claimed address. */
export type Disposition = { state: 'done' } | { state: 'failed' } | { state: 'waiting'; notBefore: number };

/** One page of a list as read: what it gave, for the list's end state. */
export interface ListPage {
  list: string;
  url: string;
  family: string;
  items: number;
  /** Hash of the item addresses, to notice a page that repeats another. */
  itemsHash: string;
  /** Records and pages that the list declares, where it does. */
  total?: number;
  pages?: number;
  /** Why the list is known to be incomplete after this page. */
  problem?: string;
}

/** All that one outcome changes; stored in one transaction. */
export interface Settlement {
  run: number;
  claim: Claim | null;
  /** For a fetch without a claim (robots.txt): the request itself. */
  page: Page;
  disposition: Disposition;
  /** Fingerprint of the main text, null where none was made. */
  textHash: string | null;
  clock: HostClock;
  host: string;
  robots?: KeptRobots;
  tlsProfile?: string;
  found: FrontierRequest[];
  listPage?: ListPage;
}

export interface SettleResult {
  /** Null where no snapshot was made: the claim had run out and somebody else has the request now. */
  snapshotId: number | null;
  /** Found requests that were new to this run. */
  added: number;
}

export interface Run {
  id: number;
  resumed: boolean;
  startedAt: number;
  pages: number;
  bytes: number;
}

/** A run as the corpus keeps it. */
export interface KeptRun {
  id: number;
  source: string;
  /** ISO 8601 in UTC. */
  startedAt: string;
  /** Null while it goes on or can be resumed. */
  endedAt: string | null;
  /** complete, partial, failed; null while it can be resumed. */
  end: string | null;
  reason: string | null;
  /** Outcomes stored, and bytes of all answers. */
  pages: number;
  bytes: number;
}

export interface RunSummary {
  pages: number;
  bytes: number;
  /** Counts by host, kind and outcome of this run's snapshots. */
  outcomes: { host: string; kind: RequestKind; outcome: Outcome; count: number }[];
  listPages: ListPage[];
  /** Requests that ended without their page, at most 200. */
  failures: { url: string; kind: RequestKind; outcome: Outcome; reason: string | null; list: string | null }[];
  /** Requests still waiting. */
  waiting: number;
  /** Articles of this run that arrived, each once however many pages it has. */
  articles: number;
  /** Pages behind the first of an article. */
  furtherPages: number;
  attachments: number;
}

/** A host with something open in a run. */
export interface OpenHost {
  run: number;
  host: string;
  group: string;
  /** When it may be asked next, as far as its clock and its requests tell; null where all that is open is in hand. */
  at: number | null;
  /** Somebody holds its group now. */
  held: boolean;
}

export interface Frontier {
  /** Opens the source's unfinished run or a new one. */
  openRun(source: { id: string; name: string; place: string | null; definition: string }, now: number): Promise<Run>;
  /** Items that the last finished run of this source found, null where there was none. */
  lastYield(source: string, beforeRun: number): Promise<number | null>;
  endRun(run: number, end: string, reason: string | null, now: number): Promise<void>;
  /** Adds requests that this run does not know yet; returns how many were new. `revisitBefore`: an article fetched later than
   * this time is not asked for again. */
  add(run: number, requests: FrontierRequest[], now: number, revisitBefore: number): Promise<number>;
  /** A free host of this run with a request due, leased; null where there is none now. `host`: only this one. */
  takeHost(run: number, owner: string, leaseMs: number, now: number, host?: string): Promise<HostSlice | null>;
  /** Hosts with something open in a run, or those of a group in all unfinished runs, the first due first. */
  openHosts(of: { run: number } | { group: string }, now: number): Promise<OpenHost[]>;
  /** An unfinished run with the definition of its source, to go on with; null where it has ended. */
  unfinished(run: number): Promise<(Run & { definition: string }) | null>;
  /** Ends what processes of this machine hold that are gone; what those of other machines hold ends by its time. */
  freeGone(): Promise<boolean>;
  /** When the next host of this run becomes due; null where nothing waits any more. */
  nextDue(run: number, now: number): Promise<number | null>;
  /** The next due request of a held host; moves the host's clock to `nextAt` in the same transaction. */
  claim(run: number, slice: HostSlice, nextAt: number, leaseMs: number, now: number): Promise<Claim | null>;
  /** Gives a claimed request back as it was. */
  unclaim(claim: Claim): Promise<void>;
  settle(settlement: Settlement, now: number, revisitBefore: number): Promise<SettleResult>;
  /** Ends all waiting requests of a host in this run: the host is dead or its robots.txt stays away. */
  failHost(run: number, host: string, outcome: Outcome, reason: string): Promise<number>;
  releaseHost(slice: HostSlice): Promise<void>;
  /** Ends everything that still waits in this run without a fetch (budget). */
  drop(run: number, reason: string): Promise<number>;
  summary(run: number): Promise<RunSummary>;
  /** Bytes by hash, null where unknown. */
  body(sha256: string): Promise<Uint8Array | null>;
}

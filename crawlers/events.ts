// What a crawl is asked for, what it tells while it runs, and what it reports at its end.
import type { FrontierRequest } from '../src/model/frontier.js';
import type { Outcome, Page } from '../src/model/page.js';

export interface CrawlOptions {
  /** Private and loopback addresses may be asked (demo, tests, intranets). */
  allowPrivate: boolean;
  /** Abort: the page in hand is finished, then the crawl returns with `end: 'interrupted'`. */
  signal?: AbortSignal;
  onEvent?: (event: CrawlEvent) => void;
  /** What a new run begins with in place of the source's start pages: addresses to be asked for once more. */
  requests?: FrontierRequest[];
  /** Hosts worked on side by side, default 16. */
  hosts?: number;
  /** Asks for no delay between requests; recorded with every snapshot. Refused for public addresses. */
  noDelay?: boolean;
  /** Fingerprint of the main text of a page, so that a changed visit counter is no new version. */
  fingerprint?: (page: Page) => string | null;
  /** Where an article that is spread over several pages goes on after this one, null at its end. */
  nextPart?: (page: Page) => string | null;
  /** Where the owner of a site can write to: goes into the User-Agent header. */
  contact?: string;
}

export type CrawlEvent =
  /** `waiting` addresses are known before the first is asked for. */
  | { type: 'run'; run: number; source: string; resumed: boolean; waiting: number }
  | { type: 'list'; url: string; family: string; items: number; added: number; total?: number }
  /** An article or attachment whose bytes are in the corpus. `page.outcome` is `ok` (new content) or `same`. */
  | { type: 'kept'; run: number; snapshotId: number; page: Page }
  /** Every outcome, kept or not; `retryAt` (ms since 1970) where it will be tried again, `added` addresses that it led to anew. */
  | { type: 'outcome'; host: string; page: Page; retryAt?: number; added?: number }
  | { type: 'waiting'; host: string; until: number; why: string }
  | { type: 'note'; message: string };

export interface CrawlReport {
  run: number;
  source: string;
  resumed: boolean;
  end: 'complete' | 'partial' | 'failed' | 'interrupted';
  /** Why it is not `complete`, one sentence each. */
  reasons: string[];
  lists: ListReport[];
  /** Distinct articles and attachments whose bytes the corpus has from this run (ok, same, not_modified). */
  articles: number;
  /** Pages behind the first of an article; they are counted here and not as articles. */
  furtherPages: number;
  attachments: number;
  pages: number;
  bytes: number;
  /** Counts of outcomes by host: { host: { ok: 23, gone: 1 } }. */
  hosts: Record<string, Record<string, number>>;
  failures: { url: string; kind: string; outcome: string; reason: string | null }[];
  tookMs: number;
}

export interface ListReport {
  url: string;
  family: string;
  pages: number;
  items: number;
  total?: number;
  end: 'complete' | 'partial';
  reason?: string;
}

/** What a crawl would do with one address; nothing is stored. */
export interface Inspection {
  url: string;
  /** `outcome`: of asking for robots.txt. */
  robots: { state: string; outcome: Outcome; allowed: boolean; rule: string | null; crawlDelay: number | null };
  page: Page | null;
  family: string | null;
  items: { url: string; title: string; date: string | null }[];
  next: string[];
  total: number | null;
  notes: string[];
}

// What a crawl asks for and what one fetch gave. The crawlers make these values, the database keeps them, reading takes them;
// none of the three knows another.

/** What one request was for. Lists lead to articles, articles to attachments; robots, sitemap and data serve the crawl itself. */
export type RequestKind = 'list' | 'article' | 'attachment' | 'robots' | 'sitemap' | 'data';

/**
 * How a request ended. A value and no exception: it alone drives retry, delay and report.
 * `ok` new content · `same` fetched, bytes or main text as before · `not_modified` 304 · `gone` 404/410 · `denied` by robots ·
 * `blocked` a challenge page · `soft404` a 200 that says "not found" · `tls` · `too_big` · `timeout` · `unreachable` DNS or
 * connection · `server_error` 5xx · `refused` 401/403/405 and other 4xx · `rate_limited` 429/503 with Retry-After ·
 * `cut_short` the body ended early · `moved` redirected to another host, asked for there · `unsafe` the guard forbids the
 * address · `trap` a crawl trap · `unsupported` scheme or type.
 */
export const outcomes = [
  'ok',
  'same',
  'not_modified',
  'gone',
  'denied',
  'blocked',
  'soft404',
  'tls',
  'too_big',
  'timeout',
  'unreachable',
  'server_error',
  'refused',
  'rate_limited',
  'cut_short',
  'moved',
  'unsafe',
  'trap',
  'unsupported',
] as const;
export type Outcome = (typeof outcomes)[number];

/** One request of a crawl, before it is made. */
export interface CrawlRequest {
  /** Absolute http(s) URL, query bytes untouched. */
  url: string;
  kind: RequestKind;
  /** The id of the source that asked. */
  source: string;
  /** Links followed from the start page to here. */
  depth: number;
  /** The page that named it. */
  referrer?: string;
  /** The words of the link or of the list's row. */
  anchor?: string;
  /** The date the list printed beside the link, ISO 8601 date in Beijing time. */
  listed?: string;
  /** Body of a POST: JSON where it begins with a brace, else application/x-www-form-urlencoded; absent for a GET. */
  form?: string;
}

/** What one fetch gave. The bytes are kept as the server sent them; a Content-Encoding that was undone is named in the header
 * `x-orig-content-encoding`. */
export interface Page {
  request: CrawlRequest;
  /** The address that answered, after redirects. */
  finalUrl: string;
  /** ISO 8601 in UTC. */
  fetchedAt: string;
  /** HTTP status, 0 where no answer came. */
  status: number;
  /** Lower-case names. */
  headers: Record<string, string>;
  /** The bytes with transfer and content encodings undone, or null where none came or none were kept. */
  body: Uint8Array | null;
  /** Hex SHA-256 of the bytes, null where there are none. */
  sha256: string | null;
  outcome: Outcome;
  /** What was met, for people: `blocked: jiasule`, `tls: certificate expired`. */
  reason?: string;
  /** Milliseconds from request to last byte. */
  tookMs: number;
  /** How it was fetched: robots overridden, TLS profile, browser. Recorded with the snapshot. */
  settings?: Record<string, string>;
}

// An exchange with a server as an archive keeps it: what was asked for, and the bytes that came. The corpus gives and takes these
// values, the archive writes and reads them; neither knows the other.
import type { Outcome, RequestKind } from './page.js';

/** One good answer of a server, or a file that was brought in by hand (`status` null). */
export interface Exchange {
  kind: RequestKind;
  /** The address that was asked for, or the absolute path of a file. */
  url: string;
  /** Body of a POST in application/x-www-form-urlencoded; empty for a GET. */
  form: string;
  /** The address that answered, after redirects. */
  finalUrl: string;
  /** ISO 8601 in UTC. */
  fetchedAt: string;
  status: number | null;
  contentType: string | null;
  /** Lower-case names. */
  headers: Record<string, string>;
  /** The body, transfer and content encodings undone. */
  bytes: Uint8Array;
  /** The place of its source or the one the user named, the words of the link that led to it, the date the list printed beside
   * it, and the page that named it; null where unknown. */
  place: string | null;
  anchor: string | null;
  listed: string | null;
  referrer: string | null;
  /** How it was fetched: robots overridden, TLS profile, browser. */
  settings: Record<string, string>;
}

/** An exchange of the corpus: any answer with a body, also a challenge or an error page. */
export interface KeptExchange extends Exchange {
  outcome: Outcome;
  /** Hex SHA-256 of the bytes. */
  sha256: string;
  /** When the same address gave the same bytes before, null where it did not. */
  repeats: string | null;
}

// A source: what to crawl and how. Read from crawlers/sources/*.yaml or made from one address.

export interface Source {
  /** Short name: letters, digits and hyphens. */
  id: string;
  name: string;
  /** GB/T 2260 code of the county it speaks for, null where it speaks for many. */
  place: string | null;
  /** Start pages: lists, a home page, a sitemap or a feed. */
  start: string[];
  /** Name of the list family; found by fingerprint where absent. */
  family?: string;
}

// Types of many-hosts.mjs.
export interface ManyHosts {
  /** From the article after so many on no article is answered, until `release`. */
  hold(count: number): void;
  release(): void;
  /** Addresses without port of what was asked for and waits for its answer. */
  held(): string[];
  /** Every request in the order it came; `at` in milliseconds of this process. */
  asked: { host: string; url: string; at: number }[];
  /** The list of each host. */
  starts: string[];
  close(): Promise<void>;
}
export function manyHosts(hosts: number, articles: number, tookMs?: number): Promise<ManyHosts>;

// Types of many-hosts.mjs.
export interface ManyHosts {
  /** Every request in the order it came; `at` in milliseconds of this process. */
  asked: { host: string; url: string; at: number }[];
  /** The list of each host. */
  starts: string[];
  close(): Promise<void>;
}
export function manyHosts(hosts: number, articles: number, tookMs?: number): Promise<ManyHosts>;

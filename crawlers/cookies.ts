// Cookies of one crawl, in memory: what a host set goes back to that host and to no other. Enough for sites that set a session
// and redirect to themselves; attributes other than expiry at once are not read.

export class Cookies {
  readonly #byHost = new Map<string, Map<string, string>>();

  /** Keeps what an answer set. */
  keep(url: string, header: string | string[] | undefined): void {
    if (header === undefined) return;
    const host = new URL(url).hostname;
    const jar = this.#byHost.get(host) ?? new Map<string, string>();
    for (const line of Array.isArray(header) ? header : [header]) {
      const [pair = '', ...attributes] = line.split(';');
      const at = pair.indexOf('=');
      if (at <= 0 || /[\r\n\u0080-\uffff]/.test(pair)) continue;
      const name = pair.slice(0, at).trim();
      const removed = attributes.some((each) => /^\s*max-age\s*=\s*(?:0|-\d+)\s*$/i.test(each));
      if (removed) jar.delete(name);
      else if (jar.size < 50) jar.set(name, pair.slice(at + 1).trim());
    }
    this.#byHost.set(host, jar);
  }

  /** The Cookie header for an address, null where there is nothing to send. */
  for(url: string): string | null {
    const jar = this.#byHost.get(new URL(url).hostname);
    return jar && jar.size > 0 ? [...jar].map(([name, value]) => `${name}=${value}`).join('; ') : null;
  }
}

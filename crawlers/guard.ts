// The guard against requests into private networks: http and https only, and no address outside the public internet, whether
// it stands in the URL, hides behind a name, or comes with a redirect. The address that was checked is the address that is
// connected to (pinned), so a name cannot answer twice. A name resolves here and nowhere else.
import { lookup as systemLookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import { reasons } from './reasons.js';

export interface Guard {
  allowPrivate: boolean;
  /** Resolves a name to all its addresses; tests put their own here. */
  resolve?: (name: string) => Promise<{ address: string; family: number }[]>;
}

/** Why the guard forbids an address. */
class UnsafeAddress extends Error {
  readonly code = 'XIANJIAN_UNSAFE';
}

/**
 * Of the public range, and yet answered by the machine's own host: settings and certificates of Azure
 * (https://learn.microsoft.com/azure/virtual-network/what-is-ip-address-168-63-129-16).
 */
const hostServices: ReadonlySet<string> = new Set(['168.63.129.16']);

/** Whether an IP address (any textual form ipaddr.js reads) belongs to the public internet. */
function isPublicAddress(address: string): boolean {
  let parsed: ipaddr.IPv4 | ipaddr.IPv6;
  try {
    parsed = ipaddr.process(address);
  } catch {
    return false;
  }
  if (parsed.range() !== 'unicast' || hostServices.has(parsed.toString())) return false;
  // Addresses that carry an IPv4 address inside: the one inside counts.
  const inner = parsed.kind() === 'ipv6' ? innerAddress(parsed as ipaddr.IPv6) : null;
  return inner === null || inner.range() === 'unicast';
}

function innerAddress(address: ipaddr.IPv6): ipaddr.IPv4 | null {
  const bytes = address.toByteArray();
  const range = address.range() as string;
  if (range === 'rfc6052' || bytes.slice(0, 12).every((byte) => byte === 0)) return new ipaddr.IPv4(bytes.slice(12));
  return null;
}

/** Whether the host of an address is itself private, loopback or another address without a public route. Names are public. */
export function isPrivateLiteral(address: string): boolean {
  const literal = literalAddress(new URL(address).hostname);
  return literal !== null ? !isPublicAddress(literal) : isLocalName(new URL(address).hostname);
}

/** The IP address that a URL's host name is, null for a name. WHATWG URL has already turned 2130706433 and 0x7f.1 into one. */
function literalAddress(hostname: string): string | null {
  const bare = hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  return ipaddr.isValid(bare) ? bare : null;
}

function isLocalName(hostname: string): boolean {
  return /(?:^|\.)(?:localhost|local|internal|lan|home\.arpa)\.?$/i.test(hostname);
}

/** The reason why `address` may not be asked, judged by its text alone; null where the text is no obstacle. */
export function forbiddenUrl(address: string, guard: Guard): string | null {
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    return reasons.invalid();
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return reasons.scheme({ scheme: url.protocol });
  if (guard.allowPrivate) return null;
  const literal = literalAddress(url.hostname);
  if (literal !== null && !isPublicAddress(literal)) return reasons.notPublic({ host: url.hostname });
  if (literal === null && isLocalName(url.hostname)) return reasons.localName({ host: url.hostname });
  return null;
}

/**
 * A lookup for `net.connect` that resolves a name, refuses it when any of its addresses is not public, and gives exactly the
 * addresses that were checked. undici does not call it for literal addresses: {@link forbiddenUrl} must come first.
 */
export function guardedLookup(guard: Guard): LookupFunction {
  return (hostname, options, callback) => {
    resolveAll(hostname, guard).then(
      (found) => {
        const family = options.family === 4 || options.family === 6 ? options.family : 0;
        const usable = family ? found.filter((each) => each.family === family) : found;
        const refused = guard.allowPrivate ? undefined : found.find((each) => !isPublicAddress(each.address));
        if (refused) {
          callback(new UnsafeAddress(reasons.resolvesInside({ host: hostname, address: refused.address })), '', 4);
        } else if (usable.length === 0) {
          callback(Object.assign(new Error(reasons.noAddress({ host: hostname })), { code: 'ENOTFOUND' }), '', 4);
        } else if (options.all) {
          (callback as unknown as (error: null, all: typeof usable) => void)(null, usable);
        } else {
          callback(null, usable[0]!.address, usable[0]!.family);
        }
      },
      (error: NodeJS.ErrnoException) => callback(error, '', 4),
    );
  };
}

function resolveAll(name: string, guard: Guard): Promise<{ address: string; family: number }[]> {
  if (guard.resolve) return guard.resolve(name);
  return new Promise((resolve, reject) => {
    systemLookup(name, { all: true }, (error, found) => (error ? reject(error) : resolve(found)));
  });
}
